package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.Icons;
import dev.hearth.resources.Texts;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The search box over the window: type, choose with the arrows, Enter runs, Esc closes. */
final class CommandPalette {
  private static final int ROWS = 12;

  private final Texts texts;
  private final PaletteModel model;
  private final StackPane layer = new StackPane();
  private final TextField input = new TextField();
  private final ListView<PaletteModel.Item> list;
  private final Label nothing = new Label();
  private @Nullable Node focusBefore;

  CommandPalette(PaletteModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    list = new ListView<>(model.results());
    list.setCellFactory(view -> new Cell());
    list.getStyleClass().add("palette-list");
    list.setFocusTraversable(false);
    list.setPlaceholder(nothing);
    list.setAccessibleText(texts.get("palette.results"));
    nothing.setText(texts.get("palette.nothing"));
    nothing.getStyleClass().add("muted");
    input.getStyleClass().add("palette-input");
    input.setAccessibleText(texts.get("search"));
    Label hint = new Label(texts.get("palette.hint"));
    hint.getStyleClass().add("palette-hint");
    VBox box = new VBox(input, list, hint);
    box.getStyleClass().add("palette");
    box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    layer.getStyleClass().add("palette-layer");
    layer.getChildren().add(box);
    StackPane.setAlignment(box, Pos.TOP_CENTER);
    layer.setVisible(false);
    wire();
  }

  private void wire() {
    input.textProperty().addListener((source, old, text) -> model.search(text));
    input.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    input.focusedProperty().addListener((source, old, focused) -> closeWhenLeft(focused));
    layer.setOnMousePressed(
        event -> {
          if (event.getTarget() == layer) {
            close();
          }
        });
    model
        .results()
        .addListener(
            (ListChangeListener<PaletteModel.Item>)
                change -> {
                  list.getSelectionModel().selectFirst();
                  list.scrollTo(0);
                });
  }

  Node node() {
    return layer;
  }

  boolean isOpen() {
    return layer.isVisible();
  }

  /** Opens with a text already typed, e.g. the prefix of commands. */
  void open(PaletteModel.Mode mode, String text) {
    if (layer.getScene() != null && !isOpen()) {
      focusBefore = layer.getScene().getFocusOwner();
    }
    input.setPromptText(
        texts.get(mode == PaletteModel.Mode.FILES ? "palette.files" : "palette.everything"));
    layer.setVisible(true);
    input.setText(text);
    model.open(mode);
    model.search(text);
    list.getSelectionModel().selectFirst();
    input.requestFocus();
    input.end();
  }

  /** Closes and gives the focus back. */
  void close() {
    if (!isOpen()) {
      return;
    }
    layer.setVisible(false);
    if (focusBefore != null && focusBefore.getScene() != null) {
      focusBefore.requestFocus();
    }
    focusBefore = null;
  }

  private void closeWhenLeft(boolean focused) {
    Scene scene = layer.getScene();
    if (!focused && scene != null && scene.getWindow() != null && scene.getWindow().isFocused()) {
      Node owner = scene.getFocusOwner();
      if (owner != null && owner != input && owner != list) {
        focusBefore = null;
        close();
      }
    }
  }

  private void keys(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> move(1);
      case UP -> move(-1);
      case PAGE_DOWN -> move(ROWS);
      case PAGE_UP -> move(-ROWS);
      case ENTER -> runSelected();
      case ESCAPE -> close();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void move(int rows) {
    int size = model.results().size();
    if (size == 0) {
      return;
    }
    int index = list.getSelectionModel().getSelectedIndex() + rows;
    int next = Math.abs(rows) == 1 ? Math.floorMod(index, size) : Math.clamp(index, 0, size - 1);
    list.getSelectionModel().select(next);
    list.scrollTo(Math.max(0, next - ROWS / 2));
  }

  private void runSelected() {
    PaletteModel.Item item = list.getSelectionModel().getSelectedItem();
    if (item != null) {
      close();
      model.run(item);
    }
  }

  /** One result: icon, title, detail, key. */
  private final class Cell extends ListCell<PaletteModel.Item> {
    private final Label title = new Label();
    private final Label detail = new Label();
    private final Label key = new Label();
    private final HBox row = new HBox();

    Cell() {
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      detail.getStyleClass().add("muted");
      key.getStyleClass().add("key-hint");
      title.setMinWidth(Region.USE_PREF_SIZE);
      key.setMinWidth(Region.USE_PREF_SIZE);
      row.getStyleClass().add("palette-row");
      row.setAlignment(Pos.CENTER_LEFT);
      row.getChildren().setAll(new Region(), title, detail, gap, key);
      setPrefWidth(0);
      setOnMouseClicked(
          event -> {
            if (event.getButton() == MouseButton.PRIMARY && !isEmpty()) {
              runSelected();
            }
          });
    }

    @Override
    protected void updateItem(PaletteModel.@Nullable Item item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      title.setText(item.title());
      detail.setText(item.detail());
      key.setText(item.key());
      row.getChildren().set(0, Icons.of(item.icon()));
      setGraphic(row);
      setAccessibleText(item.title() + ", " + item.detail());
    }
  }
}
