package dev.hearth.app.ui.shell;

import dev.hearth.app.service.SettingsService;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;

/**
 * A split in which one side keeps its size in pixels when the window grows or shrinks, can be
 * hidden, and is remembered. The other side takes the rest.
 */
final class SizedSplit {
  /** The side that takes the rest never gets smaller than this. */
  private static final double LEAST_REST = 160;

  private final SplitPane pane;
  private final Node sized;
  private final Spec spec;
  private final SettingsService settings;
  private double size;

  /**
   * @param key of the remembered size
   * @param first whether the sized side is left or on top
   * @param initial pixels until the user drags
   * @param largestShare of the whole, so that a small window keeps room for the rest
   */
  record Spec(
      String key, Orientation orientation, boolean first, double initial, double largestShare) {}

  SizedSplit(Node sized, Node rest, Spec spec, SettingsService settings) {
    this.sized = sized;
    this.spec = spec;
    this.settings = settings;
    pane = spec.first() ? new SplitPane(sized, rest) : new SplitPane(rest, sized);
    pane.setOrientation(spec.orientation());
    pane.setMinSize(0, 0);
    size = read();
    pane.widthProperty().addListener(o -> apply());
    pane.heightProperty().addListener(o -> apply());
    pane.addEventFilter(MouseEvent.MOUSE_RELEASED, this::remember);
  }

  SplitPane pane() {
    return pane;
  }

  boolean shown() {
    return pane.getItems().contains(sized);
  }

  void setShown(boolean shown) {
    if (shown == shown()) {
      return;
    }
    if (shown) {
      pane.getItems().add(spec.first() ? 0 : 1, sized);
      apply();
    } else {
      pane.getItems().remove(sized);
    }
    settings.put(spec.key() + ".shown", String.valueOf(shown));
  }

  /** Shows or hides as remembered. */
  void restoreShown() {
    setShown(!settings.get(spec.key() + ".shown").equals(java.util.Optional.of("false")));
  }

  /** Back to the first size, and shown. */
  void reset() {
    size = spec.initial();
    settings.remove(spec.key());
    setShown(true);
    apply();
  }

  private double read() {
    try {
      return Double.parseDouble(settings.get(spec.key()).orElse(""));
    } catch (NumberFormatException e) {
      return spec.initial();
    }
  }

  private double total() {
    return spec.orientation() == Orientation.HORIZONTAL ? pane.getWidth() : pane.getHeight();
  }

  private void apply() {
    double total = total();
    if (total <= 0 || !shown()) {
      return;
    }
    double room = Math.max(0, Math.min(total - LEAST_REST, total * spec.largestShare()));
    double share = Math.min(size, room) / total;
    pane.setDividerPositions(spec.first() ? share : 1 - share);
  }

  private void remember(MouseEvent event) {
    boolean divider =
        event.getTarget() instanceof Node node
            && (node.getStyleClass().contains("split-pane-divider")
                || node.getParent() != null
                    && node.getParent().getStyleClass().contains("split-pane-divider"));
    if (divider && shown() && !pane.getDividers().isEmpty()) {
      double position = pane.getDividerPositions()[0];
      double share = spec.first() ? position : 1 - position;
      size = Math.round(share * total());
      settings.put(spec.key(), String.valueOf(size));
    }
  }
}
