package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.Animations;
import dev.hearth.app.testing.FakeProjects;
import dev.hearth.app.testing.FxTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A window in which nothing happens makes no frames, so that it takes no processor time. */
class AtRestTest extends FxTest {
  /** What windows of other tests have left behind. */
  private List<String> others;

  @BeforeEach
  void lookAround() {
    others = fxGet(Animations::running);
  }

  private List<String> running() {
    List<String> all = new ArrayList<>(Animations.running());
    all.removeAll(others);
    return all;
  }

  private void waitForRest(String what) {
    try {
      waitUntil(what + " at rest", () -> running().isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError("Still running: " + fxGet(this::running), e);
    }
  }

  @Test
  void nothingMovesOnceNobodyTypes() {
    try (AssembledWindow window = new AssembledWindow(new FakeProjects()).open(Optional.empty())) {
      fx(window.stage()::requestFocus);
      waitForRest("the workbench");
      window.press("Ctrl+Enter");
      waitUntil("counted", () -> window.state().totals().invocations() == 1);
      waitForRest("the workbench after a call");
      window.press("F1");
      waitForRest("the guide");
    }
  }

  @Test
  void seesWhatMoves() {
    AnimationTimer timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {}
        };
    fx(timer::start);
    assertThat(fxGet(Animations::running)).contains(String.valueOf(timer));
    fx(timer::stop);
    assertThat(fxGet(Animations::running)).doesNotContain(String.valueOf(timer));
  }
}
