package dev.hearth.app.ui.trace;

import dev.hearth.app.project.json.JsonText;
import dev.hearth.app.ui.kit.code.CodeEditor;
import dev.hearth.app.ui.kit.code.lex.Language;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/** An event or a response as readable text: JSON is laid out, anything else is shown as it is. */
final class BodyPane implements AutoCloseable {
  /** Laying out more than this would be felt. */
  private static final int LAYOUT_LIMIT = 512 * 1024;

  private final StackPane node = new StackPane();
  private final CodeEditor editor = new CodeEditor(Language.JSON);
  private final Label nothing;
  private byte[] shown = {};

  BodyPane(String nothingText) {
    nothing = new Label(nothingText);
    nothing.getStyleClass().add("muted");
    editor.setEditable(false);
    node.setMinSize(0, 0);
    node.getChildren().setAll(nothing);
  }

  Node node() {
    return node;
  }

  void show(byte[] body) {
    if (Arrays.equals(body, shown)) {
      return;
    }
    shown = body;
    if (body.length > 0) {
      editor.setText(readable(body));
    }
    node.getChildren().setAll(body.length == 0 ? nothing : editor);
  }

  private static String readable(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return body.length <= LAYOUT_LIMIT
            && JsonText.format(text) instanceof JsonText.Result.Formatted(String laidOut)
        ? laidOut
        : text;
  }

  @Override
  public void close() {
    editor.close();
  }
}
