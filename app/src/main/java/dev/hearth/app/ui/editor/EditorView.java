package dev.hearth.app.ui.editor;

import dev.hearth.app.action.Action;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.state.OpenRequest;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.code.CodeEditor;
import dev.hearth.app.ui.kit.code.Place;
import dev.hearth.app.ui.kit.code.lex.Language;
import dev.hearth.resources.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.MapChangeListener;
import javafx.event.EventHandler;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** The tabs of open files above the editor of the one in front. */
final class EditorView extends BorderPane implements Panel {
  private static final ObservableBooleanValue ALWAYS =
      new ReadOnlyBooleanWrapper(true).getReadOnlyProperty();

  private final PanelContext context;
  private final WorkbenchState state;
  private final EditorViewModel model;
  private final Texts texts = Texts.of("editor");
  private final Subscriptions subscriptions = new Subscriptions();
  private final Map<EditorDocument, CodeEditor> editors = new HashMap<>();
  private final StackPane content = new StackPane();
  private final EditorTabs tabs;
  private final EmptyState empty;
  private final BooleanBinding anyOpen;
  private final EventHandler<KeyEvent> ctrlReleased = this::ctrlReleased;
  private boolean syncing;

  EditorView(PanelContext context) {
    this.context = context;
    state = context.state();
    model = new EditorViewModel(context);
    anyOpen = state.documentProperty().isNotNull();
    tabs =
        new EditorTabs(
            state,
            model::close,
            model::functionName,
            new SourceStatusLabel(state, model, subscriptions));
    empty = new EmptyState(texts.get("empty"), openButton());
    if (context.actions().find("function.new").isPresent()) {
      empty.getChildren().add(newFunctionButton());
    }
    getStyleClass().add("editor-panel");
    setMinSize(0, 0);
    setTop(tabs);
    setCenter(content);
    subscriptions.now(state.documents(), this::dropClosed);
    subscriptions.now(state.documentProperty(), this::showFront);
    subscriptions.now(model.jumpProperty(), this::jump);
    subscriptions.later(model.marks().revisionProperty(), this::markFailures);
    MapChangeListener<EditorDocument, Optional<String>> onConflict = change -> showFront();
    model.external().conflicts().addListener(onConflict);
    subscriptions.onClose(() -> model.external().conflicts().removeListener(onConflict));
    sceneProperty().subscribe(this::sceneChanged);
    focusWithinProperty()
        .subscribe(
            inside -> {
              if (!inside) {
                model.focusLost();
              }
            });
    registerActions();
  }

  private Button openButton() {
    Button open = new Button(texts.get("open-handler"));
    open.setOnAction(
        event -> {
          FunctionDefinition function = state.functionProperty().get();
          if (function != null) {
            model.openFirstFile(function);
          }
        });
    open.visibleProperty().bind(state.functionProperty().isNotNull());
    open.managedProperty().bind(open.visibleProperty());
    return open;
  }

  /** In a project without functions there is nothing to open yet. */
  private Button newFunctionButton() {
    Button create = Buttons.of(context.actions().get("function.new"));
    create.visibleProperty().bind(state.functionProperty().isNull());
    create.managedProperty().bind(create.visibleProperty());
    return create;
  }

  private void sceneChanged(@Nullable Scene before, @Nullable Scene now) {
    if (before != null) {
      before.removeEventFilter(KeyEvent.KEY_RELEASED, ctrlReleased);
    }
    if (now != null) {
      now.addEventFilter(KeyEvent.KEY_RELEASED, ctrlReleased);
    }
  }

  private void ctrlReleased(KeyEvent event) {
    if (event.getCode() == KeyCode.CONTROL || event.getCode() == KeyCode.COMMAND) {
      model.recent().endWalk();
    }
  }

  private void registerActions() {
    register("save-all", "save", "Ctrl+S", model::saveAll);
    register("file.close", "x", "Ctrl+W", () -> front().ifPresent(model::close));
    register("file.reopen", "corner-up-left", "Ctrl+Shift+T", ALWAYS, model::reopen);
    register("file.recent", "", "Ctrl+Tab", () -> model.recent().walk(1));
    register("file.recent-back", "", "Ctrl+Shift+Tab", () -> model.recent().walk(-1));
    register("edit.find", "search", "", onEditor(CodeEditor::find));
    register("edit.replace", "repeat", "", onEditor(CodeEditor::replace));
    register("edit.go-to-line", "corner-down-right", "", onEditor(CodeEditor::goToLine));
    register("edit.comment", "hash", "", onEditor(CodeEditor::toggleComment));
  }

  private void register(String id, String icon, String key, Runnable handler) {
    register(id, icon, key, anyOpen, handler);
  }

  private void register(
      String id, String icon, String key, ObservableBooleanValue enabled, Runnable handler) {
    context
        .actions()
        .register(new Action(id, texts.get("action." + id), icon, key, enabled, handler));
    subscriptions.onClose(() -> context.actions().unregister(id));
  }

  private Runnable onEditor(Consumer<CodeEditor> command) {
    return () -> front().map(editors::get).ifPresent(command);
  }

  private Optional<EditorDocument> front() {
    return Optional.ofNullable(state.documentProperty().get());
  }

  private void dropClosed() {
    for (EditorDocument gone : List.copyOf(editors.keySet())) {
      if (!state.documents().contains(gone)) {
        editors.remove(gone).close();
      }
    }
  }

  private void showFront() {
    EditorDocument document = state.documentProperty().get();
    if (document == null) {
      content.getChildren().setAll(empty);
      return;
    }
    boolean focused = isFocusWithin();
    CodeEditor editor = editors.computeIfAbsent(document, this::editorOf);
    BorderPane page = new BorderPane(editor);
    Optional<String> disk = model.external().conflicts().get(document);
    if (disk != null) {
      page.setTop(conflictBanner(document, disk.isPresent()));
    }
    content.getChildren().setAll(page);
    if (focused) {
      editor.focus();
    }
  }

  private CodeEditor editorOf(EditorDocument document) {
    CodeEditor editor = new CodeEditor(Language.of(document.path(), document.text()));
    editor.setText(document.text());
    editor.setEditable(!context.session().readOnly());
    editor.zoomProperty().bindBidirectional(state.codeZoomProperty());
    editor.editsProperty().subscribe((old, now) -> push(document, editor));
    document.revisionProperty().subscribe((old, now) -> pull(document, editor));
    document
        .pathProperty()
        .subscribe(path -> editor.setLanguage(Language.of(path, document.text())));
    editor.caretProperty().subscribe((old, now) -> model.caretMoved(document, now));
    Place caret = model.caretOf(document);
    editor.setCaret(caret);
    editor.setMarkers(model.marks().of(document));
    return editor;
  }

  /** The user has typed. */
  private void push(EditorDocument document, CodeEditor editor) {
    if (!syncing) {
      syncing = true;
      document.edited(editor::text);
      syncing = false;
    }
  }

  /** The text was replaced from elsewhere. */
  private void pull(EditorDocument document, CodeEditor editor) {
    if (!syncing) {
      syncing = true;
      editor.replaceText(document.text());
      syncing = false;
    }
  }

  private Node conflictBanner(EditorDocument document, boolean exists) {
    Label text =
        new Label(texts.get(exists ? "conflict.changed" : "conflict.deleted", document.path()));
    text.setWrapText(true);
    HBox.setHgrow(text, Priority.ALWAYS);
    text.setMaxWidth(Double.MAX_VALUE);
    Button reload = new Button(texts.get(exists ? "conflict.reload" : "conflict.close"));
    reload.setId("conflict-reload");
    reload.setOnAction(event -> model.external().reload(document));
    Button keep = new Button(texts.get("conflict.keep"));
    keep.setId("conflict-keep");
    keep.setOnAction(
        event -> {
          model.external().keepMine(document);
          model.focusLost();
          model.saveAll();
        });
    HBox banner = new HBox(text, reload, keep);
    banner.getStyleClass().addAll("banner", "warning");
    banner.setAlignment(Pos.CENTER_LEFT);
    return banner;
  }

  private void markFailures() {
    editors.forEach((document, editor) -> editor.setMarkers(model.marks().of(document)));
  }

  private void jump() {
    OpenRequest request = model.jumpProperty().get();
    if (request != null) {
      model.jumpProperty().set(null);
      front()
          .map(editors::get)
          .ifPresent(
              editor -> {
                if (request.line() > 0) {
                  editor.goTo(new Place(request.line() - 1, 0));
                }
                editor.focus();
              });
    }
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public void focus() {
    front().map(editors::get).ifPresentOrElse(CodeEditor::focus, this::requestFocus);
  }

  @Override
  public void close() {
    model.close();
    subscriptions.close();
    tabs.close();
    sceneChanged(getScene(), null);
    List<CodeEditor> all = new ArrayList<>(editors.values());
    editors.clear();
    all.forEach(
        editor -> {
          editor.zoomProperty().unbindBidirectional(state.codeZoomProperty());
          editor.close();
        });
  }
}
