package dev.hearth.app.ui.settings;

import dev.hearth.app.service.ApiSettings;
import dev.hearth.app.service.IdleTimeout;
import dev.hearth.app.service.SettingsService;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.Focus;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.ThemeMode;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.AccessKey;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.Interpreter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Theme, text size, the interpreters that were found, and where Hearth keeps its files. */
public final class SettingsPanel implements Panel {
  private static final int ORDER = 1010;

  private final Texts texts = Texts.of("settings");
  private final Subscriptions subscriptions = new Subscriptions();
  private final Themes themes;
  private final SettingsService user;
  private final List<RadioButton> modes = new ArrayList<>();
  private final GridPane interpreters = new GridPane();
  private final Label sandbox = wrapped("");
  private final ScrollPane node;

  private SettingsPanel(
      PanelContext context, Themes themes, SettingsService user, Map<String, Path> places) {
    this.themes = themes;
    this.user = user;
    VBox box =
        new VBox(
            title(texts.get("title")),
            heading("appearance"),
            themeRow(),
            fontRow(),
            heading("environments"),
            idleRow(),
            note("idle.note"),
            heading("api"),
            portRow(),
            note("api.port.note"),
            muted(texts.get("api.keys.note", AccessKey.LOCAL.id(), AccessKey.LOCAL.secret())),
            heading("interpreters"),
            note("interpreters.note"),
            interpreters,
            heading("sandbox"),
            sandbox,
            heading("places"),
            places(context, places));
    box.getStyleClass().add("settings");
    box.setMaxWidth(Region.USE_PREF_SIZE);
    interpreters.getStyleClass().add("settings-grid");
    node = new ScrollPane(box);
    node.setFitToWidth(true);
    node.getStyleClass().add("plain-scroll");
    context
        .tasks()
        .run(
            "describe sandbox",
            context.session()::sandboxDescription,
            sandbox::setText,
            failure -> sandbox.setText(Failures.message(failure)));
    context
        .tasks()
        .run(
            "find interpreters",
            context.session()::interpreters,
            this::showInterpreters,
            failure -> interpreters.addRow(0, new Label(Failures.message(failure))));
  }

  /**
   * What the shell needs to show the settings.
   *
   * @param user where choices that hold for every project are kept
   * @param places folders of Hearth by title
   */
  public static PanelContribution contribution(
      Themes themes, SettingsService user, Map<String, Path> places) {
    return new PanelContribution(
        "settings",
        Texts.of("settings").get("title"),
        "settings",
        PanelContribution.Region.VIEW,
        ORDER,
        context -> new SettingsPanel(context, themes, user, places));
  }

  private static Label title(String text) {
    Label title = new Label(text);
    title.getStyleClass().add("view-title");
    return title;
  }

  private Label heading(String key) {
    Label heading = new Label(texts.get(key));
    heading.getStyleClass().add("section-title");
    return heading;
  }

  private Label note(String key) {
    return muted(texts.get(key));
  }

  private static Label muted(String text) {
    Label note = wrapped(text);
    note.getStyleClass().add("muted");
    return note;
  }

  private static Label wrapped(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    return label;
  }

  private Node themeRow() {
    ToggleGroup group = new ToggleGroup();
    for (ThemeMode mode : ThemeMode.values()) {
      RadioButton button = new RadioButton(texts.get("theme." + mode.id()));
      button.setToggleGroup(group);
      button.setUserData(mode);
      button.setOnAction(event -> themes.modeProperty().set(mode));
      modes.add(button);
    }
    subscriptions.now(
        themes.modeProperty(),
        () ->
            modes.forEach(
                button -> button.setSelected(button.getUserData() == themes.modeProperty().get())));
    HBox buttons = new HBox();
    buttons.getChildren().setAll(modes);
    buttons.getStyleClass().add("choice-row");
    return labelled("theme", buttons);
  }

  private Node fontRow() {
    Slider slider =
        new Slider(Themes.MIN_FONT_SIZE, Themes.MAX_FONT_SIZE, themes.fontSizeProperty().get());
    slider.setBlockIncrement(1);
    slider.setMajorTickUnit(1);
    slider.setMinorTickCount(0);
    slider.setSnapToTicks(true);
    slider.setAccessibleText(texts.get("font.size"));
    Label value = new Label();
    value.getStyleClass().add("mono");
    subscriptions.now(
        themes.fontSizeProperty(),
        () -> {
          int size = themes.fontSizeProperty().get();
          value.setText(size + " px");
          slider.setValue(size);
        });
    slider
        .valueProperty()
        .addListener(
            (source, old, now) -> {
              if (!slider.isValueChanging()) {
                themes.fontSizeProperty().set(now.intValue());
              }
            });
    slider
        .valueChangingProperty()
        .addListener(
            (source, old, changing) -> {
              if (!changing) {
                themes.fontSizeProperty().set((int) Math.round(slider.getValue()));
              }
            });
    HBox row = new HBox(slider, value);
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().add("choice-row");
    return labelled("font.size", row);
  }

  private Node idleRow() {
    ComboBox<Duration> choice = new ComboBox<>();
    Duration now = IdleTimeout.read(user);
    choice.getItems().setAll(IdleTimeout.CHOICES);
    if (!choice.getItems().contains(now)) {
      choice.getItems().add(now);
    }
    choice.setConverter(new IdleText(texts));
    choice.setValue(now);
    choice.setAccessibleText(texts.get("idle"));
    choice.valueProperty().addListener((source, old, chosen) -> IdleTimeout.write(user, chosen));
    return labelled("idle", choice);
  }

  private Node portRow() {
    int port = ApiSettings.port(user);
    TextField field = new TextField(port == 0 ? "" : Integer.toString(port));
    field.setPromptText(texts.get("api.port.prompt"));
    field.setAccessibleText(texts.get("api.port"));
    field.textProperty().addListener((source, old, typed) -> ApiSettings.setPort(user, typed));
    return labelled("api.port", field);
  }

  /** Seconds, minutes or hours, whichever is round. */
  private static final class IdleText extends StringConverter<Duration> {
    private final Texts texts;

    IdleText(Texts texts) {
      this.texts = texts;
    }

    @Override
    public String toString(Duration value) {
      long seconds = value.toSeconds();
      if (seconds % 3600 == 0) {
        return texts.get("idle.hours", seconds / 3600);
      }
      return seconds % 60 == 0
          ? texts.get("idle.minutes", seconds / 60)
          : texts.get("idle.seconds", seconds);
    }

    @Override
    public Duration fromString(String text) {
      throw new UnsupportedOperationException("Chosen from a list, never typed");
    }
  }

  private Node labelled(String key, Node content) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().add("setting-label");
    HBox row = new HBox(label, content);
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().add("setting-row");
    return row;
  }

  private void showInterpreters(List<Interpreter> found) {
    interpreters.getChildren().clear();
    int row = 0;
    for (RuntimeFamily family : RuntimeFamily.values()) {
      List<Interpreter> own = found.stream().filter(i -> i.family() == family).toList();
      if (own.isEmpty() && family != RuntimeFamily.PROVIDED) {
        Label none = new Label(texts.get("interpreter.none"));
        none.getStyleClass().add("muted");
        interpreters.addRow(row++, new Label(family.displayName()), none);
      }
      for (Interpreter one : own) {
        Label version = new Label(one.version());
        version.getStyleClass().add("mono");
        Label source = new Label(one.source());
        source.getStyleClass().add("muted");
        interpreters.addRow(
            row++,
            new Label(family.displayName()),
            version,
            path(one.executable().toString()),
            source);
      }
    }
  }

  /** A path that can be selected and copied. */
  private static TextField path(String text) {
    TextField field = new TextField(text);
    field.setEditable(false);
    field.getStyleClass().addAll("mono", "plain-field");
    field.setPrefColumnCount(Math.clamp(text.length(), 12, 60));
    return field;
  }

  private GridPane places(PanelContext context, Map<String, Path> places) {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("settings-grid");
    grid.addRow(
        0,
        new Label(texts.get("place.project")),
        path(context.session().project().file().toString()));
    int row = 1;
    for (var place : places.entrySet()) {
      grid.addRow(
          row++,
          new Label(texts.get("place." + place.getKey())),
          path(place.getValue().toString()));
    }
    return grid;
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public void focus() {
    modes.stream()
        .filter(RadioButton::isSelected)
        .findFirst()
        .ifPresent(button -> Focus.whenInScene(button, button::requestFocus));
  }

  @Override
  public void close() {
    subscriptions.close();
  }
}
