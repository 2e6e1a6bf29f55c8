package dev.hearth.app.ui.kit;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.hearth.app.service.SettingsService;
import dev.hearth.resources.Fonts;
import dev.hearth.resources.Stylesheets;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import javafx.stage.Window;

/**
 * Keeps every window in the theme and font size that the user chose, dialogs and popups included,
 * and follows the system while the choice is {@link ThemeMode#SYSTEM}. FX thread only.
 */
public final class Themes implements AutoCloseable {
  public static final int MIN_FONT_SIZE = 10;
  public static final int MAX_FONT_SIZE = 24;
  public static final int DEFAULT_FONT_SIZE = 13;

  private static final double ICON_EM = 1.15;
  private static final double RAIL_ICON_EM = 1.3;
  private static final String MODE_KEY = "theme";
  private static final String FONT_SIZE_KEY = "font.size";

  private final SettingsService settings;
  private final ObservableValue<ColorScheme> systemScheme;
  private final ObjectProperty<ThemeMode> mode;
  private final IntegerProperty fontSize;
  private final ThemeColors colors;
  private final ChangeListener<Object> onChange = (source, old, now) -> apply();
  private final ListChangeListener<Window> onWindows = this::windowsChanged;

  /** Follows the operating system's colour scheme. */
  public Themes(SettingsService userSettings) {
    this(userSettings, Platform.getPreferences().colorSchemeProperty());
  }

  Themes(SettingsService userSettings, ObservableValue<ColorScheme> systemScheme) {
    this.settings = userSettings;
    this.systemScheme = systemScheme;
    mode = new SimpleObjectProperty<>(ThemeMode.parse(userSettings.get(MODE_KEY)));
    fontSize = new SimpleIntegerProperty(readFontSize(userSettings.get(FONT_SIZE_KEY)));
    colors = new ThemeColors(Palette.load(dark()));
    loadFonts();
    mode.addListener(onChange);
    fontSize.addListener(onChange);
    systemScheme.addListener(onChange);
    Window.getWindows().addListener(onWindows);
    apply();
  }

  /** The user's choice; setting it takes effect at once and is remembered. */
  public ObjectProperty<ThemeMode> modeProperty() {
    return mode;
  }

  /** The base font size in pixels, {@link #MIN_FONT_SIZE} to {@link #MAX_FONT_SIZE}. */
  public IntegerProperty fontSizeProperty() {
    return fontSize;
  }

  /** The colours in force. */
  public ThemeColors colors() {
    return colors;
  }

  /** Whether the dark theme is in force. */
  public boolean dark() {
    return switch (mode.get()) {
      case DARK -> true;
      case LIGHT -> false;
      case SYSTEM -> systemScheme.getValue() == ColorScheme.DARK;
    };
  }

  /** Makes the bundled fonts known to JavaFX. Done by the constructor; harmless to repeat. */
  public static void loadFonts() {
    for (URL file : Fonts.files()) {
      Font.loadFont(file.toExternalForm(), DEFAULT_FONT_SIZE);
    }
  }

  /** Styles one scene, whatever the rest of the program looks like. */
  public static void style(Scene scene, boolean dark, int fontSize) {
    scene.setUserAgentStylesheet(
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    List<String> sheets = List.of(Stylesheets.of(dark).toExternalForm(), fontSheet(fontSize));
    if (!scene.getStylesheets().equals(sheets)) {
      scene.getStylesheets().setAll(sheets);
    }
  }

  private void apply() {
    settings.put(MODE_KEY, mode.get().id());
    settings.put(FONT_SIZE_KEY, String.valueOf(fontSize.get()));
    boolean dark = dark();
    if (colors.paletteProperty().get().dark() != dark) {
      colors.set(Palette.load(dark));
    }
    Window.getWindows().forEach(this::style);
  }

  private void windowsChanged(ListChangeListener.Change<? extends Window> change) {
    while (change.next()) {
      change.getAddedSubList().forEach(this::style);
    }
  }

  private void style(Window window) {
    Scene scene = window.getScene();
    if (scene != null) {
      style(scene, dark(), fontSize.get());
    }
  }

  /** Icons take their size in pixels only, so it follows the font size here. */
  private static String fontSheet(int fontSize) {
    String css =
        ".root { -fx-font-size: %dpx; }".formatted(fontSize)
            + ".ikonli-font-icon { -fx-icon-size: %dpx; }".formatted(Math.round(fontSize * ICON_EM))
            + ".rail-button .ikonli-font-icon { -fx-icon-size: %dpx; }"
                .formatted(Math.round(fontSize * RAIL_ICON_EM));
    return "data:text/css;base64,"
        + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
  }

  private static int readFontSize(Optional<String> stored) {
    try {
      int size = Integer.parseInt(stored.orElse(""));
      return Math.clamp(size, MIN_FONT_SIZE, MAX_FONT_SIZE);
    } catch (NumberFormatException e) {
      return DEFAULT_FONT_SIZE;
    }
  }

  @Override
  public void close() {
    mode.removeListener(onChange);
    fontSize.removeListener(onChange);
    systemScheme.removeListener(onChange);
    Window.getWindows().removeListener(onWindows);
  }
}
