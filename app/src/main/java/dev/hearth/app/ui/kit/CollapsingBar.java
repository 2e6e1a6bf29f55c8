package dev.hearth.app.ui.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.layout.HBox;

/**
 * A bar that gives up less important parts one after the other until the rest fits, instead of
 * clipping what is at its end.
 */
public class CollapsingBar extends HBox {
  private final List<Consumer<Boolean>> steps = new ArrayList<>();

  /** The width that each level wanted when it last did not fit. */
  private double[] needed = new double[0];

  private int level;

  public CollapsingBar() {
    // The height stands in em in the style sheets: it tells of another text size, at which the
    // widths that were measured so far mean nothing.
    minHeightProperty().addListener((source, old, now) -> refit());
  }

  /** Adds what is given up next; called with true to give it up, with false to take it back. */
  public final void addStep(Consumer<Boolean> collapse) {
    steps.add(collapse);
    needed = Arrays.copyOf(needed, steps.size());
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  /** Tries again from the full bar, after its content has changed. */
  public final void refit() {
    set(0);
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    // Steps are only taken when something has to change: each one asks for another layout.
    while (level > 0 && getWidth() >= needed[level - 1]) {
      set(level - 1);
    }
    double wanted = super.computePrefWidth(-1);
    while (wanted > getWidth() && level < steps.size()) {
      needed[level] = wanted;
      set(level + 1);
      wanted = super.computePrefWidth(-1);
    }
    super.layoutChildren();
  }

  private void set(int wanted) {
    while (level < wanted) {
      steps.get(level++).accept(true);
    }
    while (level > wanted) {
      steps.get(--level).accept(false);
    }
  }

  /** How many steps are given up at present. */
  public final int level() {
    return level;
  }
}
