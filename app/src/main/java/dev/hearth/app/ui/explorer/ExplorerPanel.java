package dev.hearth.app.ui.explorer;

import dev.hearth.app.ui.explorer.ExplorerRow.EmptyRow;
import dev.hearth.app.ui.explorer.ExplorerRow.EventRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FileRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FolderRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FunctionRow;
import dev.hearth.app.ui.explorer.ExplorerRow.Section;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.resources.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/** Functions with their files, and test events: choose, open, rename, delete. */
public final class ExplorerPanel implements Panel {
  private final PanelContext context;
  private final Texts texts = Texts.of("explorer");
  private final ExplorerModel model;
  private final ExplorerCommands commands;
  private final ListView<ExplorerRow> list;
  private final ContextMenu menu = new ContextMenu();
  private @Nullable String selectedKey;

  private ExplorerPanel(PanelContext context) {
    this.context = context;
    model = new ExplorerModel(context, texts);
    commands = new ExplorerCommands(context, texts, model::reloadFiles);
    list = new ListView<>(model.rows());
    list.getStyleClass().add("explorer");
    list.setCellFactory(view -> cell());
    list.setAccessibleText(texts.get("title"));
    list.addEventFilter(KeyEvent.KEY_PRESSED, this::keys);
    list.setOnContextMenuRequested(this::showMenu);
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (source, old, row) -> {
              if (row != null) {
                selectedKey = row.key();
              }
            });
    model.rows().addListener((ListChangeListener<ExplorerRow>) change -> keepSelection());
  }

  /** What the shell needs to show the explorer. */
  public static PanelContribution contribution() {
    return new PanelContribution(
        "explorer",
        Texts.of("explorer").get("title"),
        "list",
        PanelContribution.Region.SIDE,
        0,
        ExplorerPanel::new);
  }

  private ExplorerCell cell() {
    ExplorerCell cell = new ExplorerCell(texts, context.actions());
    cell.addEventHandler(
        MouseEvent.MOUSE_CLICKED,
        event -> {
          if (event.getButton() == MouseButton.PRIMARY && cell.getItem() != null) {
            activate(cell.getItem());
          }
        });
    return cell;
  }

  /** A click or Enter. */
  private void activate(ExplorerRow row) {
    switch (row) {
      case Section section -> {}
      case FunctionRow function -> {
        if (function.current()) {
          model.setExpanded(function, !function.expanded());
        } else {
          commands.choose(function.function());
          model.setExpanded(function, true);
        }
      }
      case FolderRow folder -> model.setExpanded(folder, !folder.expanded());
      case FileRow file -> commands.open(file);
      case EventRow event -> commands.choose(event.event());
      case EmptyRow hint -> {}
    }
  }

  private @Nullable ExplorerRow selected() {
    return list.getSelectionModel().getSelectedItem();
  }

  private void keys(KeyEvent event) {
    ExplorerRow row = selected();
    if (row == null || event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    switch (event.getCode()) {
      case ENTER -> {
        if (row instanceof Section || row instanceof EmptyRow) {
          context.actions().fire(row instanceof Section s ? s.action() : ((EmptyRow) row).action());
        } else {
          activate(row);
        }
      }
      case RIGHT -> model.setExpanded(row, true);
      case LEFT -> collapse(row);
      case F2 -> commands.rename(row);
      case DELETE -> commands.delete(row);
      default -> {
        return;
      }
    }
    event.consume();
  }

  /** Closes what is open, else goes to what the line is in. */
  private void collapse(ExplorerRow row) {
    boolean open =
        row instanceof FunctionRow function && function.expanded()
            || row instanceof FolderRow folder && folder.expanded();
    if (open) {
      model.setExpanded(row, false);
      return;
    }
    int index = model.rows().indexOf(row);
    while (--index >= 0) {
      ExplorerRow above = model.rows().get(index);
      if (isParent(above, row)) {
        list.getSelectionModel().clearAndSelect(index);
        list.scrollTo(index);
        return;
      }
    }
  }

  private static boolean isParent(ExplorerRow above, ExplorerRow row) {
    return switch (row) {
      case FileRow file ->
          above instanceof FunctionRow
              || above instanceof FolderRow folder && folder.depth() < file.depth();
      case FolderRow inner ->
          above instanceof FunctionRow
              || above instanceof FolderRow folder && folder.depth() < inner.depth();
      default -> above instanceof Section;
    };
  }

  /** The list forgets its selection when lines come and go: it follows the line, not the place. */
  private void keepSelection() {
    String key = selectedKey;
    if (key == null) {
      return;
    }
    for (int i = 0; i < model.rows().size(); i++) {
      if (model.rows().get(i).key().equals(key)) {
        if (list.getSelectionModel().getSelectedIndex() != i) {
          list.getSelectionModel().clearAndSelect(i);
        }
        return;
      }
    }
  }

  private void showMenu(ContextMenuEvent event) {
    ExplorerRow row = selected();
    if (row == null) {
      return;
    }
    List<MenuItem> items = items(row);
    if (!items.isEmpty()) {
      menu.getItems().setAll(items);
      menu.show(list, event.getScreenX(), event.getScreenY());
    }
    event.consume();
  }

  /** What the context menu offers for a line. */
  List<MenuItem> items(ExplorerRow row) {
    return switch (row) {
      case FunctionRow function -> functionItems(function);
      case FolderRow folder ->
          List.of(item("new.file", () -> commands.newFile(folder.functionId(), folder.path())));
      case FileRow file ->
          List.of(
              item("open", () -> commands.open(file)),
              item("new.file", () -> commands.newFile(file.functionId(), parent(file.path()))),
              new SeparatorMenuItem(),
              item("rename.dots", () -> commands.rename(file)),
              item("delete.file.dots", () -> commands.delete(file)));
      case EventRow event ->
          List.of(
              item("rename.dots", () -> commands.rename(event)),
              item("duplicate", () -> commands.duplicate(event.event())),
              new SeparatorMenuItem(),
              item("delete.event.dots", () -> commands.delete(event)));
      default -> List.of();
    };
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private List<MenuItem> functionItems(FunctionRow row) {
    commands.choose(row.function());
    List<MenuItem> items = new ArrayList<>();
    for (String id : List.of("invoke", "function.configure", "function.stop")) {
      items.add(Buttons.menuItem(context.actions().get(id)));
    }
    items.add(new SeparatorMenuItem());
    items.add(item("new.file", () -> commands.newFile(row.function().id(), "")));
    items.add(item("rename.dots", () -> commands.rename(row)));
    items.add(item("delete.function.dots", () -> commands.delete(row)));
    return items;
  }

  private MenuItem item(String key, Runnable action) {
    MenuItem item = new MenuItem(texts.get(key));
    item.setOnAction(event -> action.run());
    return item;
  }

  @Override
  public Node node() {
    return list;
  }

  @Override
  public void focus() {
    list.requestFocus();
    if (list.getSelectionModel().isEmpty()) {
      list.getSelectionModel().select(Math.min(1, model.rows().size() - 1));
    }
  }

  @Override
  public void close() {
    menu.hide();
    model.close();
  }
}
