package dev.hearth.app.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.MapSettings;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThemesTest extends FxTest {
  private final MapSettings settings = new MapSettings();
  private final SimpleObjectProperty<ColorScheme> system =
      new SimpleObjectProperty<>(ColorScheme.LIGHT);
  private Themes themes;
  private StackPane root;
  private Stage stage;

  @BeforeEach
  void open() {
    fx(
        () -> {
          themes = new Themes(settings, system);
          root = new StackPane(new Label("x"));
          stage = new Stage();
          stage.setScene(new Scene(root, 200, 100));
          stage.show();
        });
    settle();
  }

  @AfterEach
  void close() {
    fx(themes::close);
  }

  @Test
  void followsTheSystemWhileItIsRunning() {
    assertThat(ground()).isEqualTo(themes.colors().get(HearthColor.BG));
    Color light = ground();

    fx(() -> system.set(ColorScheme.DARK));
    settle();

    assertThat(ground()).isNotEqualTo(light).isEqualTo(Palette.load(true).get(HearthColor.BG));
    assertThat(themes.colors().get(HearthColor.BG)).isEqualTo(ground());
  }

  @Test
  void theUsersChoiceWinsAndIsRemembered() {
    fx(() -> themes.modeProperty().set(ThemeMode.DARK));
    settle();

    assertThat(ground()).isEqualTo(Palette.load(true).get(HearthColor.BG));
    assertThat(settings.get("theme")).contains("dark");
  }

  @Test
  void anOpenPopupChangesToo() {
    ContextMenu menu =
        fxGet(
            () -> {
              ContextMenu made = new ContextMenu(new MenuItem("Copy"));
              made.show(root, 10, 10);
              return made;
            });
    settle();

    fx(() -> themes.modeProperty().set(ThemeMode.DARK));
    settle();

    assertThat(fxGet(() -> menu.getScene().getStylesheets()))
        .isEqualTo(fxGet(() -> stage.getScene().getStylesheets()));
    assertThat(fxGet(() -> menu.getScene().getStylesheets().getFirst())).endsWith("/dark.css");
  }

  @Test
  void fontSizeReachesTheLabels() {
    fx(() -> themes.fontSizeProperty().set(20));
    settle();

    Label label = (Label) root.getChildren().getFirst();
    assertThat(fxGet(() -> label.getFont().getSize())).isEqualTo(20);
    assertThat(fxGet(() -> label.getFont().getFamily())).isEqualTo("Inter");
    assertThat(settings.get("font.size")).contains("20");
  }

  private Color ground() {
    return fxGet(() -> (Color) root.getBackground().getFills().getFirst().getFill());
  }
}
