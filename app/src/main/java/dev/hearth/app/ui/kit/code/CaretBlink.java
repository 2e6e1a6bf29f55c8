package dev.hearth.app.ui.kit.code;

import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.fxmisc.richtext.CaretNode;

/**
 * Lets the caret stand still once nothing has been entered for a while, as GTK does: JavaFX makes
 * frames for as long as anything blinks, so that a window that nobody uses would never rest. While
 * the window or the editor has no focus, RichTextFX hides the caret.
 */
final class CaretBlink implements AutoCloseable {
  /** How often the caret comes and goes without input: ten seconds, GTK's cursor-blink-timeout. */
  static final int CHANGES = 20;

  private static final Duration RATE = Duration.millis(500);

  /** RichTextFX's own style sheet takes back what is not set by style, too. */
  private static final String STILL = "-rtfx-blink-rate: 0ms;";

  private final CaretNode caret;
  private final PulseTask rest;
  private final Subscription blinking;
  private int left;

  CaretBlink(CodePane pane) {
    caret = pane.getCaretSelectionBind().getUnderlyingCaret();
    // Not within the blink itself: its stream may not end while it tells of a change.
    rest = new PulseTask(this::stand);
    blinking = caret.visibleProperty().subscribe((old, now) -> blinked(now));
    pane.focusedProperty().addListener((source, old, now) -> restart());
    pane.caretPositionProperty().addListener((source, old, now) -> restart());
    pane.addEventFilter(KeyEvent.KEY_PRESSED, event -> restart());
    pane.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> restart());
    restart();
  }

  private void blinked(boolean visible) {
    left--;
    if (left <= 0 && visible) {
      rest.request();
    }
  }

  private void stand() {
    caret.setStyle(STILL);
    caret.setBlinkRate(Duration.ZERO);
  }

  private void restart() {
    rest.cancel();
    left = CHANGES;
    caret.setStyle("");
    caret.setBlinkRate(RATE);
  }

  @Override
  public void close() {
    blinking.unsubscribe();
    rest.cancel();
  }
}
