package dev.hearth.app.ui.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.SyntheticHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class ComparisonModelTest extends FxTest {
  /** Works at once, but tells of it when asked to. */
  private static final class HeldTasks implements TaskRunner {
    private final List<Runnable> held = new ArrayList<>();

    @Override
    public <T> void run(
        String name, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
      try {
        T value = work.call();
        held.add(() -> onSuccess.accept(value));
      } catch (Exception e) {
        held.add(() -> onFailure.accept(e));
      }
    }

    @Override
    public void onFx(Runnable action) {
      action.run();
    }

    @Override
    public void close() {}
  }

  private final HeldTasks tasks = new HeldTasks();
  private final InMemorySession session = InMemorySession.sample();
  private final ComparisonModel model =
      fxGet(() -> new ComparisonModel(session.history(), tasks, new SimpleObjectProperty<>()));

  @Test
  void aLateFailureOfAnOlderQuestionChangesNothing() {
    new SyntheticHistory().fill(session);
    fx(
        () -> {
          model.compareGroups("function:nobody", "function:resize", null);
          model.compareGroups("function:orders", "function:resize", null);
          tasks.held.get(1).run();
        });
    String sentence = fxGet(() -> model.sentenceProperty().get());
    assertThat(sentence).contains("function:orders");
    assertThat(fxGet(() -> model.groupsProperty().get())).hasSize(2);

    fx(() -> tasks.held.getFirst().run());

    assertThat(fxGet(() -> model.sentenceProperty().get())).isEqualTo(sentence);
    assertThat(fxGet(() -> model.groupsProperty().get())).hasSize(2);
  }

  @Test
  void aFailureOfTheNewestQuestionIsSaid() {
    fx(
        () -> {
          model.compareGroups("function:nobody", "", null);
          tasks.held.getFirst().run();
        });
    assertThat(fxGet(() -> model.sentenceProperty().get())).contains("function:nobody");
  }
}
