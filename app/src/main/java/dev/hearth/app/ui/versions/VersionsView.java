package dev.hearth.app.ui.versions;

import dev.hearth.app.action.Action;
import dev.hearth.app.project.PublishedVersion;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.ColumnWidths;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Focus;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The versions of a function, what two of them differ in, its aliases and its URL. */
final class VersionsView implements Panel {
  private static final int TIME_LENGTH = 16;

  private final PanelContext context;
  private final Texts texts = Texts.of("versions");
  private final VersionsViewModel model;
  private final Subscriptions subscriptions = new Subscriptions();
  private final TableView<PublishedVersion> table = new TableView<>();
  private final AliasPane aliases;
  private final BorderPane root = new BorderPane();
  private final HBox tools = new HBox();

  VersionsView(PanelContext context) {
    this.context = context;
    model = new VersionsViewModel(context, texts);
    aliases = new AliasPane(context, model, texts);
    table();
    SplitPane split = new SplitPane(table, aliases.node(), comparison());
    split.setDividerPositions(0.46, 0.7);
    split.setMinSize(0, 0);
    EmptyState problem = new EmptyState("");
    subscriptions.now(
        model.problemProperty(),
        () -> {
          problem.setText(model.problemProperty().get());
          root.setCenter(model.problemProperty().get().isEmpty() ? split : problem);
        });
    actions();
  }

  private void table() {
    table.setItems(model.versions());
    table.setMinWidth(0);
    table.setAccessibleText(texts.get("title"));
    table.setPlaceholder(new EmptyState(texts.get("empty")));
    // The words get what the figures leave over.
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    column("version", 78, 90, PublishedVersion::number);
    column("description", 60, 400, PublishedVersion::description);
    column("aliases", 60, 300, model::aliasesOf);
    column("published", 138, 150, VersionsView::time);
    column("size", 66, 80, version -> Units.bytes(version.codeSize()));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (source, old, now) -> {
              if (now != null) {
                model.selectedProperty().set(now);
              }
            });
    subscriptions.now(model.versions(), this::select);
    subscriptions.later(model.selectedProperty(), this::select);
  }

  private void select() {
    PublishedVersion chosen = model.selectedProperty().get();
    if (chosen != null && model.versions().contains(chosen)) {
      table.getSelectionModel().select(chosen);
    }
  }

  /** To the minute, without the zone, which is always UTC. */
  private static String time(PublishedVersion version) {
    String time = version.published();
    return time.length() < TIME_LENGTH ? time : time.substring(0, TIME_LENGTH).replace('T', ' ');
  }

  private void column(
      String id, double least, double most, Function<PublishedVersion, String> text) {
    TableColumn<PublishedVersion, String> column = new TableColumn<>(texts.get("column." + id));
    column.setMinWidth(least);
    column.setPrefWidth(least);
    column.setMaxWidth(most);
    column.setSortable(false);
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
    table.getColumns().add(column);
  }

  private Node comparison() {
    ListView<DiffLine> lines = new ListView<>(model.diff());
    lines.getStyleClass().add("version-diff");
    lines.setAccessibleText(texts.get("diff"));
    EmptyState nothing = new EmptyState("");
    subscriptions.now(
        model.summaryProperty(), () -> nothing.setText(model.summaryProperty().get()));
    lines.setPlaceholder(nothing);
    lines.setCellFactory(list -> new DiffCell());
    VBox box =
        new VBox(
            new CompareBar(model, texts, subscriptions).node(),
            lines,
            ColumnWidths.followText(table));
    VBox.setVgrow(lines, Priority.ALWAYS);
    box.setMinWidth(0);
    return box;
  }

  /** A line with its mark; the colour only repeats it. */
  private static final class DiffCell extends ListCell<DiffLine> {
    @Override
    protected void updateItem(@Nullable DiffLine line, boolean empty) {
      super.updateItem(line, empty);
      getStyleClass().removeAll("diff-heading", "diff-added", "diff-removed");
      setText(empty || line == null ? null : line.shown());
      if (!empty && line != null) {
        switch (line.kind()) {
          case HEADING -> getStyleClass().add("diff-heading");
          case ADDED -> getStyleClass().add("diff-added");
          case REMOVED -> getStyleClass().add("diff-removed");
          case SAME -> {}
        }
      }
    }
  }

  private void actions() {
    BooleanBinding published =
        Bindings.createBooleanBinding(
            () -> {
              PublishedVersion chosen = model.selectedProperty().get();
              return chosen != null && !chosen.number().equals(VersionsViewModel.LATEST);
            },
            model.selectedProperty());
    BooleanBinding canRollBack =
        Bindings.createBooleanBinding(
            () -> model.previous(model.aliasProperty().get()).isPresent(),
            model.aliasProperty(),
            model.versions());
    BooleanBinding any = Bindings.isNotEmpty(model.versions());
    register(new Action("version.publish", text("publish"), "upload", "", any, this::publish));
    register(new Action("version.delete", text("delete"), "trash-2", "", published, this::delete));
    register(
        new Action(
            "version.rollback",
            text("rollback"),
            "rotate-ccw",
            "Ctrl+Shift+B",
            canRollBack,
            model::rollBack));
    tools.getStyleClass().add("versions-tools");
    for (String id : List.of("version.publish", "version.rollback", "version.delete")) {
      tools.getChildren().add(Buttons.icon(context.actions().get(id)));
    }
  }

  private String text(String key) {
    return texts.get("action." + key);
  }

  private void register(Action action) {
    context.actions().register(action);
    subscriptions.onClose(() -> context.actions().unregister(action.id()));
  }

  private void publish() {
    context
        .dialogs()
        .askAny(text("publish"), texts.get("publish.description"), "", texts.get("publish.verb"))
        .ifPresent(model::publish);
  }

  private void delete() {
    PublishedVersion chosen = model.selectedProperty().get();
    if (chosen != null
        && context
            .dialogs()
            .confirm(
                text("delete"),
                texts.get("delete.text", chosen.number()),
                texts.get("delete.verb"))) {
      model.delete(chosen);
    }
  }

  @Override
  public Node node() {
    return root;
  }

  @Override
  public Optional<Node> tools() {
    return Optional.of(tools);
  }

  @Override
  public void focus() {
    Focus.whenInScene(table, table::requestFocus);
  }

  @Override
  public void close() {
    aliases.close();
    subscriptions.close();
    model.close();
  }
}
