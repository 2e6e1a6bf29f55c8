package dev.hearth.app.ui.explorer;

import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.ui.explorer.ExplorerRow.EmptyRow;
import dev.hearth.app.ui.explorer.ExplorerRow.EventRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FileRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FolderRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FunctionRow;
import dev.hearth.app.ui.explorer.ExplorerRow.Section;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.StatusDot;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Draws one line of the explorer. */
final class ExplorerCell extends ListCell<ExplorerRow> {
  private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
  private static final PseudoClass SECTION = PseudoClass.getPseudoClass("section");
  private static final PseudoClass SHOWN = PseudoClass.getPseudoClass("shown");
  private static final double FILE_INDENT_EM = 1.9;
  private static final double DEPTH_EM = 1.0;
  private static final double LEAST_DETAIL_EM = 2.5;

  private final Texts texts;
  private final ActionRegistry actions;
  private final Row box = new Row();
  private final StatusDot dot = new StatusDot();
  private final Label name = new Label();
  private final Label detail = new Label();
  private final Region gap = new Region();
  private final Region indent = new Region();
  private final Region unsaved = new Region();
  private final Tooltip tooltip = new Tooltip();

  ExplorerCell(Texts texts, ActionRegistry actions) {
    this.texts = texts;
    this.actions = actions;
    box.setAlignment(Pos.CENTER_LEFT);
    box.getStyleClass().add("explorer-row");
    name.setTextOverrun(OverrunStyle.ELLIPSIS);
    name.setMinWidth(0);
    detail.getStyleClass().add("row-detail");
    unsaved.getStyleClass().add("unsaved-dot");
    HBox.setHgrow(gap, Priority.ALWAYS);
    // The row takes the list's width, so that long names are cut instead of scrolled.
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(@Nullable ExplorerRow row, boolean empty) {
    super.updateItem(row, empty);
    setText(null);
    setTooltip(null);
    pseudoClassStateChanged(CURRENT, false);
    pseudoClassStateChanged(SECTION, row instanceof Section);
    pseudoClassStateChanged(SHOWN, false);
    name.getStyleClass().setAll("label");
    if (row == null || empty) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    switch (row) {
      case Section section -> section(section);
      case FunctionRow function -> function(function);
      case FolderRow folder -> folder(folder);
      case FileRow file -> file(file);
      case EventRow event -> event(event);
      case EmptyRow hint -> hint(hint);
    }
    setGraphic(box);
  }

  private void show(Node... nodes) {
    box.getChildren().setAll(nodes);
  }

  private void named(String text, String accessible) {
    name.setText(text);
    tooltip.setText(text);
    setTooltip(tooltip);
    setAccessibleText(accessible);
  }

  private void section(Section section) {
    name.getStyleClass().setAll("label", "section-title");
    name.setText(section.title());
    Button add = Buttons.icon(actions.get(section.action()));
    add.setFocusTraversable(false);
    setAccessibleText(section.title());
    show(name, gap, add);
  }

  private void function(FunctionRow row) {
    String runtime = row.function().configuration().runtime().id();
    String state =
        row.warm() > 0
            ? Units.count(row.warm()) + " " + texts.get("warm")
            : row.status() == StatusDot.Status.ERROR ? texts.get("failed") : "";
    dot.setStatus(row.status());
    name.getStyleClass().setAll("label", "function-name");
    detail.setText(state.isEmpty() ? runtime : state);
    named(
        row.function().name(),
        texts.get("function.accessible", row.function().name(), runtime, state));
    tooltip.setText(row.function().name() + "\n" + runtime);
    pseudoClassStateChanged(CURRENT, row.current());
    show(dot, name, gap, detail);
  }

  private void indent(int depth) {
    indent.setStyle("-fx-min-width: " + (FILE_INDENT_EM - 0.6 + DEPTH_EM * depth) + "em;");
  }

  private void folder(FolderRow row) {
    indent(row.depth());
    name.getStyleClass().setAll("label", "mono", "file-name");
    named(row.name(), texts.get("folder.accessible", row.path()));
    show(indent, Icons.of(row.expanded() ? "chevron-down" : "chevron-right"), name);
  }

  private void file(FileRow row) {
    indent(row.depth());
    name.getStyleClass().setAll("label", "mono", "file-name");
    named(row.name(), texts.get("file.accessible", row.path()));
    pseudoClassStateChanged(SHOWN, row.shown());
    if (row.dirty()) {
      show(indent, name, gap, unsaved);
    } else {
      show(indent, name, gap);
    }
  }

  private void event(EventRow row) {
    detail.setText(row.event().kind());
    named(
        row.event().name(), texts.get("event.accessible", row.event().name(), row.event().kind()));
    pseudoClassStateChanged(CURRENT, row.current());
    show(name, gap, detail);
  }

  private void hint(EmptyRow row) {
    Label sentence = new Label(row.text());
    sentence.getStyleClass().add("muted");
    sentence.setMinWidth(0);
    Hyperlink act = new Hyperlink(actions.get(row.action()).text());
    act.setMinWidth(Region.USE_PREF_SIZE);
    act.setFocusTraversable(false);
    act.setOnAction(event -> actions.fire(row.action()));
    setAccessibleText(row.text());
    show(sentence, act);
  }

  /** Where a row is too narrow for name and detail, the detail gives way first. */
  private final class Row extends HBox {
    @Override
    protected void layoutChildren() {
      super.layoutChildren();
      double wanted = snapSizeX(name.prefWidth(-1));
      if (detail.getParent() != this || name.getWidth() >= wanted) {
        return;
      }
      double right = getWidth() - snappedRightInset();
      double width = Math.min(wanted, right - name.getLayoutX());
      double rest = right - name.getLayoutX() - width - getSpacing();
      double least = LEAST_DETAIL_EM * detail.getFont().getSize();
      name.resize(width, name.getHeight());
      detail.resizeRelocate(
          right - Math.max(0, rest),
          detail.getLayoutY(),
          rest < least ? 0 : rest,
          detail.getHeight());
    }
  }
}
