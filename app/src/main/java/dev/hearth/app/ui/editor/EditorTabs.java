package dev.hearth.app.ui.editor;

import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * The row of open files. Tabs that do not fit scroll with the wheel and stand in a menu; the one in
 * front is always in view.
 */
final class EditorTabs extends HBox implements AutoCloseable {
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
  private static final PseudoClass DIRTY = PseudoClass.getPseudoClass("dirty");

  private final WorkbenchState state;
  private final Consumer<EditorDocument> onClose;
  private final LongFunction<String> functionName;
  private final Texts texts = Texts.of("editor");
  private final HBox row = new HBox();
  private final ScrollPane scroll = new ScrollPane(row);
  private final Button more = Buttons.icon("chevron-down", texts.get("all-files"));
  private final Map<EditorDocument, Tab> tabs = new HashMap<>();
  private final Subscriptions subscriptions = new Subscriptions();

  /**
   * @param right what stands at the right end
   */
  EditorTabs(
      WorkbenchState state,
      Consumer<EditorDocument> onClose,
      LongFunction<String> functionName,
      Node right) {
    this.state = state;
    this.onClose = onClose;
    this.functionName = functionName;
    getStyleClass().addAll("tab-strip", "editor-tabs");
    setAlignment(Pos.CENTER_LEFT);
    scroll.getStyleClass().add("plain-scroll");
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setFitToHeight(true);
    scroll.setFocusTraversable(false);
    scroll.setMinWidth(0);
    scroll.addEventFilter(ScrollEvent.SCROLL, this::scrolled);
    row.setFillHeight(true);
    more.setOnAction(event -> showAll());
    more.managedProperty().bind(more.visibleProperty());
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    getChildren().setAll(scroll, more, gap, right);
    subscriptions.now(state.documents(), this::documentsChanged);
    subscriptions.now(state.documentProperty(), this::frontChanged);
    scroll.viewportBoundsProperty().addListener((source, old, now) -> checkOverflow());
    row.widthProperty().addListener((source, old, now) -> checkOverflow());
    addEventHandler(KeyEvent.KEY_PRESSED, this::arrows);
  }

  private void documentsChanged() {
    for (EditorDocument gone : List.copyOf(tabs.keySet())) {
      if (!state.documents().contains(gone)) {
        tabs.remove(gone).close();
      }
    }
    for (EditorDocument document : state.documents()) {
      tabs.computeIfAbsent(document, Tab::new);
    }
    row.getChildren().setAll(state.documents().stream().map(tabs::get).toList());
    tabs.values().forEach(Tab::nameChanged);
    frontChanged();
  }

  private void frontChanged() {
    for (Map.Entry<EditorDocument, Tab> entry : tabs.entrySet()) {
      boolean front = entry.getKey() == state.documentProperty().get();
      entry.getValue().setSelected(front);
      entry.getValue().pseudoClassStateChanged(SELECTED, front);
      entry.getValue().setFocusTraversable(front);
    }
    checkOverflow();
  }

  private void checkOverflow() {
    double surplus = row.getWidth() - scroll.getViewportBounds().getWidth();
    more.setVisible(surplus > 1);
    Tab front = tabs.get(state.documentProperty().get());
    if (surplus > 1 && front != null) {
      // A tab that was just added has no place yet.
      row.layout();
      Bounds bounds = front.getBoundsInParent();
      double left = scroll.getHvalue() * surplus;
      double right = left + scroll.getViewportBounds().getWidth();
      if (bounds.getMinX() < left) {
        scroll.setHvalue(bounds.getMinX() / surplus);
      } else if (bounds.getMaxX() > right) {
        scroll.setHvalue((bounds.getMaxX() - scroll.getViewportBounds().getWidth()) / surplus);
      }
    }
  }

  private void scrolled(ScrollEvent event) {
    double surplus = row.getWidth() - scroll.getViewportBounds().getWidth();
    if (surplus > 0) {
      double delta = event.getDeltaX() != 0 ? event.getDeltaX() : event.getDeltaY();
      scroll.setHvalue(Math.clamp(scroll.getHvalue() - delta / surplus, 0, 1));
    }
    event.consume();
  }

  private void showAll() {
    ContextMenu menu = new ContextMenu();
    for (EditorDocument document : state.documents()) {
      CheckMenuItem item = new CheckMenuItem(title(document));
      item.setMnemonicParsing(false);
      item.setSelected(document == state.documentProperty().get());
      item.setOnAction(event -> state.documentProperty().set(document));
      menu.getItems().add(item);
    }
    menu.show(more, javafx.geometry.Side.BOTTOM, 0, 0);
  }

  private void arrows(KeyEvent event) {
    int step = event.getCode() == KeyCode.RIGHT ? 1 : event.getCode() == KeyCode.LEFT ? -1 : 0;
    int at = row.getChildren().indexOf(event.getTarget());
    if (step != 0 && at >= 0) {
      int next = Math.floorMod(at + step, row.getChildren().size());
      state.documentProperty().set(state.documents().get(next));
      row.getChildren().get(next).requestFocus();
      event.consume();
    }
  }

  /** The file's name; with its function where another open file has the same name. */
  private String title(EditorDocument document) {
    boolean twice =
        state.documents().stream()
            .anyMatch(other -> other != document && other.name().equals(document.name()));
    boolean sameFunction =
        twice
            && state.documents().stream()
                .anyMatch(
                    other ->
                        other != document
                            && other.functionId() == document.functionId()
                            && other.name().equals(document.name()));
    if (sameFunction) {
      return document.path();
    }
    String function = functionName.apply(document.functionId());
    return twice ? document.name() + " – " + function : document.name();
  }

  private final class Tab extends ToggleButton implements AutoCloseable {
    private final EditorDocument document;
    private final Subscriptions owner = new Subscriptions();

    Tab(EditorDocument document) {
      this.document = document;
      getStyleClass().setAll("tab-button", "editor-tab");
      setMnemonicParsing(false);
      setAccessibleRole(AccessibleRole.TAB_ITEM);
      setMinWidth(Region.USE_PREF_SIZE);
      setGraphic(mark());
      setContentDisplay(ContentDisplay.RIGHT);
      setOnAction(event -> state.documentProperty().set(document));
      // A toggle would let go of the tab that is in front already.
      addEventFilter(
          MouseEvent.MOUSE_CLICKED,
          event -> {
            if (event.getButton() == MouseButton.MIDDLE) {
              onClose.accept(document);
              event.consume();
            }
          });
      selectedProperty()
          .subscribe(
              now -> {
                if (!now && document == state.documentProperty().get()) {
                  setSelected(true);
                }
              });
      owner.now(document.dirtyProperty(), this::dirtyChanged);
      owner.later(document.pathProperty(), EditorTabs.this::documentsChanged);
    }

    private Node mark() {
      Label dot = new Label("●");
      dot.getStyleClass().add("editor-dirty");
      Button close = new Button(null, Icons.of("x"));
      close.getStyleClass().addAll("icon-button", "editor-close");
      close.setFocusTraversable(false);
      close.setAccessibleText(texts.get("close"));
      close.setOnAction(event -> onClose.accept(document));
      StackPane both = new StackPane(dot, close);
      both.getStyleClass().add("editor-mark");
      return both;
    }

    private void dirtyChanged() {
      pseudoClassStateChanged(DIRTY, document.dirtyProperty().get());
      describe();
    }

    void nameChanged() {
      setText(title(document));
      String function = functionName.apply(document.functionId());
      setTooltip(new Tooltip(function + " / " + document.path()));
      describe();
    }

    private void describe() {
      setAccessibleText(
          document.dirtyProperty().get()
              ? texts.get("accessible.unsaved", title(document))
              : title(document));
    }

    @Override
    public void close() {
      owner.close();
    }
  }

  @Override
  public void close() {
    subscriptions.close();
    tabs.values().forEach(Tab::close);
  }
}
