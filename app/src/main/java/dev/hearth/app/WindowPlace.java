package dev.hearth.app;

import dev.hearth.app.service.SettingsService;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** Where the window stood last, so that it opens there again, if there is still a screen. */
final class WindowPlace {
  static final int WIDTH = 1440;
  static final int HEIGHT = 900;

  /** Room for the frame that the system draws around the window. */
  private static final int FRAME = 48;

  private static final String KEY = "window.place";

  private final SettingsService settings;
  private final Stage stage;

  WindowPlace(SettingsService settings, Stage stage) {
    this.settings = settings;
    this.stage = stage;
  }

  void restore() {
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    stage.setWidth(Math.min(WIDTH, screen.getWidth()));
    stage.setHeight(Math.min(HEIGHT, screen.getHeight()));
    // With its frame it would not fit: what is cut is the title.
    stage.setMaximized(screen.getWidth() <= WIDTH || screen.getHeight() < HEIGHT + FRAME);
    settings.get(KEY).ifPresent(this::apply);
  }

  private void apply(String text) {
    String[] parts = text.split(" ");
    if (parts.length != 5) {
      return;
    }
    try {
      double x = Double.parseDouble(parts[0]);
      double y = Double.parseDouble(parts[1]);
      double width = Double.parseDouble(parts[2]);
      double height = Double.parseDouble(parts[3]);
      if (!Screen.getScreensForRectangle(x, y, width, height).isEmpty()) {
        stage.setX(x);
        stage.setY(y);
        stage.setWidth(width);
        stage.setHeight(height);
      }
      stage.setMaximized(Boolean.parseBoolean(parts[4]));
    } catch (NumberFormatException e) {
      settings.remove(KEY);
    }
  }

  void remember() {
    settings.put(
        KEY,
        stage.getX()
            + " "
            + stage.getY()
            + " "
            + stage.getWidth()
            + " "
            + stage.getHeight()
            + " "
            + stage.isMaximized());
  }
}
