package dev.hearth.app.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FxTest;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OnePerPulseTest extends FxTest {
  private final List<String> done = new ArrayList<>();
  private Stage stage;
  private int pulse;

  private final AnimationTimer counter =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          pulse++;
        }
      };

  @BeforeEach
  void count() {
    stage = show(new StackPane(), 100, 100, true);
    fx(counter::start);
  }

  @AfterEach
  void stop() {
    fx(counter::stop);
    fx(stage::hide);
  }

  @Test
  void eachPieceHasAPulseOfItsOwn() {
    OnePerPulse work =
        fxGet(
            () -> {
              OnePerPulse made = new OnePerPulse(List.of(note("a"), note("b"), note("c")), 2);
              made.start();
              pulse = 0;
              return made;
            });
    waitUntil("all done", () -> work.doneProperty().get());
    assertThat(done).containsExactly("a in 3", "b in 4", "c in 5");
  }

  @Test
  void whatHasNotBegunIsLeftOutAtTheEnd() {
    OnePerPulse[] work = new OnePerPulse[1];
    fx(
        () -> {
          pulse = 0;
          work[0] = new OnePerPulse(List.of(note("a"), () -> work[0].close(), note("b")), 0);
          work[0].start();
        });
    settle();
    settle();
    assertThat(done).containsExactly("a in 1");
  }

  private Runnable note(String piece) {
    return () -> done.add(piece + " in " + pulse);
  }
}
