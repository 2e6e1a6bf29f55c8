package dev.hearth.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventTarget;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * What a user does first, by command and in the window, in one process that ends by itself: the
 * build of the runnable image lets the JVM watch it and keep the classes that it needs, so that the
 * real start finds them ready.
 */
final class Rehearsal {
  private static final long INVOKE_AFTER = TimeUnit.MILLISECONDS.toNanos(1500);
  private static final long STAYS = TimeUnit.SECONDS.toNanos(2);
  private static final long GIVE_UP_AFTER = TimeUnit.MINUTES.toNanos(4);

  private Rehearsal() {}

  /**
   * Arguments: {@code commands} or {@code window}, then a folder for all that is written, settings
   * included.
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    System.setProperty("hearth.config.dir", folder.toString());
    if (arguments[0].equals("window")) {
      Platform.startup(() -> new Script().start());
      Main.main(new String[0]);
    } else {
      commands(folder);
    }
    System.exit(0);
  }

  private static void commands(Path folder) {
    String project = folder.resolve("rehearsal.hearth").toString();
    List<List<String>> commands =
        List.of(
            List.of("--version"),
            List.of("new", project, "--template", "sample"),
            List.of("list", "--project", project),
            List.of("runtimes", "--json"),
            List.of("invoke", "edge-rewrite", "--project", project),
            List.of("invoke", "orders-api", "--project", project, "--count", "2", "--json"),
            List.of("history", "--project", project));
    for (List<String> command : commands) {
      int exit = Main.runCommand(command.toArray(String[]::new));
      System.out.println(command + " ended with " + exit);
    }
  }

  /** Presses Invoke some time after the window has come up, and ends some time after the answer. */
  private static final class Script extends AnimationTimer {
    private long shown;
    private long answered;
    private long pressed;

    @Override
    public void handle(long now) {
      List<Window> windows = Window.getWindows();
      if (windows.isEmpty() || !(windows.getFirst() instanceof Stage stage)) {
        return;
      }
      if (shown == 0) {
        shown = now;
        pressed = now;
      } else if (answered == 0 && hasAnswer(stage)) {
        answered = now;
      } else if (answered == 0 && now - pressed > INVOKE_AFTER) {
        // Again, as the key does nothing while the project is still being opened.
        pressed = now;
        pressInvoke(stage);
      } else if (answered != 0 && now - answered > STAYS) {
        stop();
        Platform.exit();
      } else if (now - shown > GIVE_UP_AFTER) {
        System.err.println("The window shows no answer");
        Runtime.getRuntime().halt(1);
      }
    }

    private static void pressInvoke(Stage stage) {
      EventTarget target = stage.getScene().getFocusOwner();
      Event.fireEvent(
          target == null ? stage.getScene() : target,
          new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, true, false, false));
    }

    private static boolean hasAnswer(Stage stage) {
      return stage.getScene().lookup(".response-status") instanceof Labeled status
          && status.getText().matches("\\d{3}.*");
    }
  }
}
