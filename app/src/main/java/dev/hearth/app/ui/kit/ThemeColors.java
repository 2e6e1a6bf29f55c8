package dev.hearth.app.ui.kit;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.paint.Color;

/**
 * The colours in force, for canvas code: it reads tokens here and repaints when {@link
 * #paletteProperty()} changes, so that it follows the theme like everything that CSS draws. FX
 * thread only.
 */
public final class ThemeColors {
  private final ReadOnlyObjectWrapper<Palette> palette;

  public ThemeColors(Palette initial) {
    palette = new ReadOnlyObjectWrapper<>(initial);
  }

  /** Changes when the theme does. */
  public ReadOnlyObjectProperty<Palette> paletteProperty() {
    return palette.getReadOnlyProperty();
  }

  /** The colour of a token in the theme in force. */
  public Color get(HearthColor token) {
    return palette.get().get(token);
  }

  /** Called by the theme switch. */
  void set(Palette other) {
    palette.set(other);
  }
}
