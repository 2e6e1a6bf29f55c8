package dev.hearth.app.ui.kit.code;

import java.util.Optional;
import javafx.scene.TraversalDirection;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.fxmisc.wellbehaved.event.EventPattern;
import org.fxmisc.wellbehaved.event.InputMap;
import org.fxmisc.wellbehaved.event.Nodes;

/**
 * The editor's keys. Tab indents while the text can be edited; Ctrl+Tab and F6 are the window's and
 * lead out. In a read-only text Tab goes to the next control.
 */
final class EditorKeys {
  private final CodeEditor editor;
  private final CodePane pane;

  private EditorKeys(CodeEditor editor, CodePane pane) {
    this.editor = editor;
    this.pane = pane;
  }

  static void install(CodeEditor editor, CodePane pane) {
    EditorKeys keys = new EditorKeys(editor, pane);
    pane.addEventFilter(KeyEvent.KEY_PRESSED, keys::pressed);
    pane.addEventFilter(KeyEvent.KEY_TYPED, keys::typed);
    // The area would swallow what the window has bound to Alt, e.g. Alt+1.
    Nodes.addInputMap(pane, InputMap.ignore(EventPattern.keyPressed().onlyIf(EditorKeys::altOnly)));
    Nodes.addInputMap(pane, InputMap.ignore(EventPattern.keyTyped().onlyIf(EditorKeys::altOnly)));
  }

  private static boolean altOnly(KeyEvent event) {
    boolean mac = System.getProperty("os.name", "").startsWith("Mac");
    return event.isAltDown() && !event.isControlDown() && !mac;
  }

  private void pressed(KeyEvent event) {
    boolean handled =
        event.isShortcutDown()
            ? shortcut(event)
            : event.isAltDown() ? alt(event) : plain(event) || editable(event);
    if (handled) {
      event.consume();
    }
  }

  private boolean shortcut(KeyEvent event) {
    switch (event.getCode()) {
      case F -> editor.find();
      case H, R -> editor.replace();
      case G -> editor.goToLine();
      case PLUS, EQUALS, ADD -> editor.zoomIn();
      case MINUS, SUBTRACT -> editor.zoomOut();
      case DIGIT0, NUMPAD0 -> editor.zoomReset();
      default -> {
        return pane.isEditable() && editShortcut(event);
      }
    }
    return true;
  }

  private boolean editShortcut(KeyEvent event) {
    EditCommands commands = editor.commands();
    switch (event.getCode()) {
      case SLASH, DIVIDE -> editor.toggleComment();
      case D -> pane.apply(commands.duplicate(pane.selected()));
      case K -> {
        if (!event.isShiftDown()) {
          return false;
        }
        pane.apply(commands.deleteLines(pane.selected()));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean alt(KeyEvent event) {
    if (!pane.isEditable()) {
      return false;
    }
    if (event.getCode() == KeyCode.UP) {
      editor.commands().moveUp(pane.selected()).ifPresent(pane::apply);
      return true;
    }
    if (event.getCode() == KeyCode.DOWN) {
      editor.commands().moveDown(pane.selected()).ifPresent(pane::apply);
      return true;
    }
    return false;
  }

  private boolean plain(KeyEvent event) {
    switch (event.getCode()) {
      case F3 -> editor.findNext(!event.isShiftDown());
      case ESCAPE -> {
        return editor.closeBar();
      }
      case HOME -> home(event.isShiftDown());
      case TAB -> {
        if (pane.isEditable()) {
          return false;
        }
        pane.requestFocusTraversal(
            event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void home(boolean extend) {
    Place caret = pane.selected().caret();
    Place to = new Place(caret.line(), editor.commands().homeColumn(caret));
    pane.select(new Selected(extend ? pane.selected().anchor() : to, to));
  }

  private boolean editable(KeyEvent event) {
    if (!pane.isEditable()) {
      return false;
    }
    switch (event.getCode()) {
      case ENTER -> pane.apply(editor.commands().newLine(pane.selected()));
      case TAB -> {
        if (event.isShiftDown()) {
          editor.commands().outdent(pane.selected()).ifPresent(pane::apply);
        } else {
          pane.apply(editor.commands().indent(pane.selected()));
        }
      }
      case BACK_SPACE -> {
        Optional<Edit> edit = editor.commands().backspace(pane.selected());
        edit.ifPresent(pane::apply);
        return edit.isPresent();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void typed(KeyEvent event) {
    String typed = event.getCharacter();
    boolean plain = !event.isControlDown() && !event.isMetaDown() && !altOnly(event);
    if (pane.isEditable() && plain && typed.length() == 1) {
      editor
          .commands()
          .typed(typed.charAt(0), pane.selected())
          .ifPresent(
              edit -> {
                pane.apply(edit);
                event.consume();
              });
    }
  }
}
