package dev.hearth.app.ui.kit.code;

import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.ui.kit.code.lex.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Renders the editor to PNG files for looking at: arguments are a source file and a folder. */
public final class RenderCode {
  private RenderCode() {}

  public static void main(String[] args) throws Exception {
    FxTest.start();
    String text = Files.readString(Path.of(args[0]));
    for (boolean dark : new boolean[] {true, false}) {
      CodeEditor editor = FxTest.fxGet(() -> new CodeEditor(Language.of(args[0], text)));
      var stage = FxTest.show(editor, 720, 520, dark);
      FxTest.fx(
          () -> {
            editor.setText(text);
            editor.focus();
            editor.goTo(new Place(9, 21));
          });
      FxTest.settle();
      FxTest.settle();
      Path folder = Path.of(args[1]);
      String suffix = dark ? "-dark.png" : "-light.png";
      Screenshots.write(Screenshots.snapshot(stage.getScene()), folder.resolve("code" + suffix));
      FxTest.fx(
          () -> {
            editor.replace();
            editor.setMarkers(List.of(new LineMarker(12, -1, "KeyError: 'Item'")));
          });
      FxTest.type(stage.getScene(), "item");
      FxTest.settle();
      Screenshots.write(
          Screenshots.snapshot(stage.getScene()), folder.resolve("code-find" + suffix));
      FxTest.fx(stage::hide);
    }
    System.exit(0);
  }
}
