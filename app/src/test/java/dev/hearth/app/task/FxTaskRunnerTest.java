package dev.hearth.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FxTest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FxTaskRunnerTest extends FxTest {
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private final List<Object> answers = new CopyOnWriteArrayList<>();
  private final FxTaskRunner tasks = new FxTaskRunner(uncaught::add);

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void worksElsewhereAndAnswersOnTheFxThread() {
    tasks.run(
        "sum",
        () -> Thread.currentThread().isVirtual() && !Platform.isFxApplicationThread(),
        background -> answers.add(background && Platform.isFxApplicationThread()),
        answers::add);

    waitUntil("answer", () -> !answers.isEmpty());
    assertThat(answers).containsExactly(true);
  }

  @Test
  void aFailureOfTheWorkGoesToItsOwnHandler() {
    tasks.run(
        "fail",
        () -> {
          throw new IOException("no disk");
        },
        answers::add,
        failure -> answers.add(failure.getMessage() + Platform.isFxApplicationThread()));

    waitUntil("answer", () -> !answers.isEmpty());
    assertThat(answers).containsExactly("no disktrue");
    assertThat(uncaught).isEmpty();
  }

  @Test
  void aFailureOfAHandlerIsNotLost() {
    tasks.run(
        "fail twice",
        () -> 1,
        value -> {
          throw new IllegalStateException("handler");
        },
        answers::add);

    waitUntil("reported", () -> !uncaught.isEmpty());
    assertThat(uncaught).singleElement().hasToString("java.lang.IllegalStateException: handler");
  }

  @Test
  void answersAreDroppedAfterTheEnd() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    tasks.run(
        "slow",
        () -> {
          running.countDown();
          go.await();
          return 1;
        },
        answers::add,
        answers::add);
    running.await();
    // On the FX thread, so that the answer can only be delivered after the end.
    fx(
        () -> {
          go.countDown();
          tasks.close();
        });
    settle();
    tasks.run("late", () -> 2, answers::add, answers::add);
    settle();

    assertThat(answers).isEmpty();
  }
}
