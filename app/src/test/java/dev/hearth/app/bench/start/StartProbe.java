package dev.hearth.app.bench.start;

import dev.hearth.app.Main;
import java.util.Arrays;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * Starts a program within this process and prints what has passed on the monotonic clock since its
 * parent started it, up to {@code main}, to the first window, to the window that can be used, and
 * to that with all of its panels. Arguments: {@code hello} or {@code hearth}, and the parent's
 * {@link System#nanoTime()}.
 */
public final class StartProbe {
  /** What was changed in one pulse is on the screen after the next. */
  private static final int PULSES = 2;

  private static final String FX_THREAD = "JavaFX Application Thread";
  private static final int MOST_THREADS = 100;

  private final boolean hello;
  private final long begin;
  private boolean shown;
  private int pulses;

  private StartProbe(boolean hello, long begin) {
    this.hello = hello;
    this.begin = begin;
  }

  public static void main(String[] arguments) {
    StartProbe probe = new StartProbe(arguments[0].equals("hello"), Long.parseLong(arguments[1]));
    probe.tell("main");
    Thread.ofPlatform().daemon().start(probe::waitForToolkit);
    if (probe.hello) {
      HelloStage.main(new String[0]);
    } else {
      Main.main(new String[0]);
    }
  }

  /** To ask JavaFX itself would initialise it before the program has made its choices. */
  private void waitForToolkit() {
    while (!toolkitRuns()) {
      pause();
    }
    Platform.runLater(this::watch);
  }

  private static boolean toolkitRuns() {
    Thread[] threads = new Thread[MOST_THREADS];
    int count = Thread.enumerate(threads);
    return Arrays.stream(threads, 0, count).anyMatch(t -> t.getName().equals(FX_THREAD));
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void tell(String what) {
    System.out.printf("%s %.0f%n", what, (System.nanoTime() - begin) / 1e6);
  }

  private void watch() {
    new Watch().start();
  }

  /** Looks once in each pulse. */
  final class Watch extends AnimationTimer {
    @Override
    public void handle(long now) {
      if (look()) {
        stop();
      }
    }
  }

  /** True when there is nothing more to wait for. */
  private boolean look() {
    if (Window.getWindows().isEmpty()) {
      return false;
    }
    Stage stage = (Stage) Window.getWindows().getFirst();
    if (!shown && stage.isShowing()) {
      shown = true;
      tell("window");
    }
    if (usable(stage.getScene())) {
      pulses++;
    }
    if (pulses == PULSES + 1) {
      tell("usable");
    }
    if (pulses > PULSES && complete(stage.getScene())) {
      tell("complete");
      return true;
    }
    return false;
  }

  /** Every region shows its panel. */
  private boolean complete(Scene scene) {
    return hello || scene.lookup(".timeline") != null;
  }

  /** Somebody could type into the handler of the open project. */
  private boolean usable(Scene scene) {
    return scene != null
        && (hello
            || (scene.getFocusOwner() != null
                && scene.getFocusOwner().getStyleClass().contains("code-pane")));
  }
}
