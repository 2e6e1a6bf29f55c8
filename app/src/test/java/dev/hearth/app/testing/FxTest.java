package dev.hearth.app.testing;

import dev.hearth.app.ui.kit.Themes;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * Base of the headless UI tests: starts the toolkit once, runs code on the FX thread, waits by
 * pulses instead of sleeping, and sends keys and clicks straight to the nodes, because the headless
 * platform has no working focus between windows and no full key map.
 */
public abstract class FxTest {
  private static final long LIMIT_SECONDS = 60;
  private static boolean started;
  private static FxWatchdog watchdog;
  private static StyleWarnings styleWarnings;

  @BeforeAll
  static synchronized void startToolkit() throws InterruptedException {
    if (started) {
      return;
    }
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    styleWarnings = new StyleWarnings();
    CountDownLatch up = new CountDownLatch(1);
    Platform.startup(up::countDown);
    if (!up.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The JavaFX toolkit did not start");
    }
    Platform.setImplicitExit(false);
    fx(Themes::loadFonts);
    watchdog = fxGet(() -> new FxWatchdog(FxWatchdog.WARM_NANOS));
    started = true;
  }

  @BeforeEach
  void startWatching() {
    startCounting();
  }

  @AfterEach
  void nothingHeldUpTheFxThread() {
    List<String> late = fxGet(watchdog::takeLate);
    if (!late.isEmpty()) {
      throw new AssertionError("The FX thread was held up: " + String.join("\n", late));
    }
  }

  /** What JavaFX complained of in style sheets since the last call, with the place it did so. */
  protected static List<String> takeStyleWarnings() {
    return styleWarnings.take();
  }

  /** What was done up to now does not count as something that a user waits for. */
  public static void startCounting() {
    fx(watchdog::restart);
    fx(watchdog::takeLate);
  }

  /** Runs on the FX thread something that the test itself needs and no user ever waits for. */
  public static <T> T unwatched(Callable<T> code) {
    return fxGet(
        () -> {
          try {
            return code.call();
          } finally {
            watchdog.restart();
          }
        });
  }

  @AfterEach
  void closeWindows() {
    fx(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
  }

  /** Starts the toolkit for code that is no JUnit test. */
  public static void start() {
    try {
      startToolkit();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs on the FX thread and waits for the value. */
  public static <T> T fxGet(Callable<T> code) {
    FutureTask<T> task = new FutureTask<>(code);
    if (Platform.isFxApplicationThread()) {
      task.run();
    } else {
      Platform.runLater(task);
    }
    try {
      return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException("The FX thread did not answer", e);
    }
  }

  /** Runs on the FX thread and waits until it is done. */
  public static void fx(Runnable code) {
    fxGet(
        () -> {
          code.run();
          return true;
        });
  }

  /** Shows content in a window at 0,0 with the theme; sizes up to 1000 by 980 are safe. */
  public static Stage show(Parent root, double width, double height, boolean dark) {
    Stage stage =
        unwatched(
            () -> {
              Stage made = new Stage();
              Scene scene = new Scene(root, width, height);
              Themes.style(scene, dark, Themes.DEFAULT_FONT_SIZE);
              made.setScene(scene);
              made.setX(0);
              made.setY(0);
              made.show();
              return made;
            });
    settle();
    return stage;
  }

  /** Shows content in the dark theme. */
  public static Stage show(Parent root) {
    return show(root, 980, 900, true);
  }

  /** Waits until everything that is queued has run and two pulses have laid out the windows. */
  public static void settle() {
    for (int i = 0; i < 2; i++) {
      pulse();
    }
  }

  private static void pulse() {
    CountDownLatch done = new CountDownLatch(1);
    Scene scene =
        fxGet(
            () ->
                Window.getWindows().stream()
                    .map(Window::getScene)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElse(null));
    if (scene == null) {
      fx(() -> {});
      return;
    }
    Runnable listener = done::countDown;
    fx(
        () -> {
          scene.addPostLayoutPulseListener(listener);
          Platform.requestNextPulse();
        });
    try {
      // A scene whose window was hidden meanwhile gets no pulse: that is no failure.
      done.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    fx(() -> scene.removePostLayoutPulseListener(listener));
  }

  /** Waits, pulse by pulse, until a condition (evaluated on the FX thread) holds. */
  public static void waitUntil(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!fxGet(condition::getAsBoolean)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Did not happen within " + LIMIT_SECONDS + " s: " + what);
      }
      settle();
    }
  }

  /** Clicks the middle of a node with the primary button. */
  public static void click(Node node) {
    click(node, MouseButton.PRIMARY, 1);
  }

  /** Clicks the middle of a node. */
  public static void click(Node node, MouseButton button, int count) {
    fx(
        () -> {
          for (int i = 1; i <= count; i++) {
            Event.fireEvent(node, mouse(MouseEvent.MOUSE_PRESSED, node, button, i));
            Event.fireEvent(node, mouse(MouseEvent.MOUSE_RELEASED, node, button, i));
            Event.fireEvent(node, mouse(MouseEvent.MOUSE_CLICKED, node, button, i));
          }
        });
    settle();
  }

  private static MouseEvent mouse(
      javafx.event.EventType<MouseEvent> type, Node node, MouseButton button, int count) {
    Bounds local = node.getBoundsInLocal();
    double x = local.getCenterX();
    double y = local.getCenterY();
    var inScene = node.localToScene(x, y);
    var onScreen = node.localToScreen(x, y);
    boolean down = type == MouseEvent.MOUSE_PRESSED;
    return new MouseEvent(
        node,
        node,
        type,
        inScene.getX(),
        inScene.getY(),
        onScreen == null ? inScene.getX() : onScreen.getX(),
        onScreen == null ? inScene.getY() : onScreen.getY(),
        button,
        count,
        false,
        false,
        false,
        false,
        down && button == MouseButton.PRIMARY,
        down && button == MouseButton.MIDDLE,
        down && button == MouseButton.SECONDARY,
        false,
        button == MouseButton.SECONDARY,
        true,
        null);
  }

  /** Presses and releases a key, e.g. {@code key(scene, "Ctrl+Enter")}, at the focus owner. */
  public static void key(Scene scene, String combination) {
    KeyCombination parsed =
        KeyCombination.valueOf(combination.replace("Ctrl", "Shortcut").replace("Esc", "Escape"));
    fx(() -> pressKey(scene, combination, parsed));
    settle();
  }

  private static void pressKey(Scene scene, String text, KeyCombination parsed) {
    String last = text.substring(text.lastIndexOf('+', text.length() - 2) + 1);
    KeyCode code = code(last);
    boolean shift = parsed.getShift() == KeyCombination.ModifierValue.DOWN;
    boolean ctrl = text.contains("Ctrl");
    boolean alt = parsed.getAlt() == KeyCombination.ModifierValue.DOWN;
    Node focused = scene.getFocusOwner();
    javafx.event.EventTarget target = focused == null ? scene : focused;
    Event.fireEvent(
        target, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, ctrl, alt, false));
    Event.fireEvent(
        target, new KeyEvent(KeyEvent.KEY_RELEASED, "", "", code, shift, ctrl, alt, false));
  }

  private static KeyCode code(String name) {
    for (KeyCode code : KeyCode.values()) {
      if (code.getName().equalsIgnoreCase(name)
          || code.name().equals(name.toUpperCase(Locale.ROOT))) {
        return code;
      }
    }
    return switch (name) {
      case "Enter" -> KeyCode.ENTER;
      case "Esc" -> KeyCode.ESCAPE;
      default -> throw new IllegalArgumentException("Unknown key " + name);
    };
  }

  /** Types text at the focus owner, one key typed after the other. */
  public static void type(Scene scene, String text) {
    fx(
        () ->
            text.codePoints()
                .forEach(
                    c -> {
                      Node owner = scene.getFocusOwner();
                      String typed = Character.toString(c);
                      Event.fireEvent(
                          owner == null ? scene : owner,
                          new KeyEvent(
                              KeyEvent.KEY_TYPED,
                              typed,
                              "",
                              KeyCode.UNDEFINED,
                              false,
                              false,
                              false,
                              false));
                    }));
    settle();
  }

  /** Finds a node by CSS selector. */
  public static <T extends Node> T find(Node root, String selector, Class<T> type) {
    Node found = fxGet(() -> root.lookup(selector));
    if (found == null) {
      throw new AssertionError("No node " + selector);
    }
    return type.cast(found);
  }
}
