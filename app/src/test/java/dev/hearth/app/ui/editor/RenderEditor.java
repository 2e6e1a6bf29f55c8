package dev.hearth.app.ui.editor;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.state.OpenRequest;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;

/** Draws the editor panel to PNG files in both themes, to be looked at. */
public final class RenderEditor {
  private RenderEditor() {}

  public static void main(String[] args) {
    FxTest.start();
    for (boolean dark : new boolean[] {true, false}) {
      InMemorySession session = InMemorySession.sample();
      session.settings().put("editor.open", "");
      PanelContext context = FxTest.fxGet(() -> TestContext.of(session, new FakeDialogs()));
      Panel panel = FxTest.fxGet(() -> EditorContribution.contribution().factory().apply(context));
      Scene scene = FxTest.show(new BorderPane(panel.node()), 740, 500, dark).getScene();
      Path folder = Path.of(args[0]);
      String theme = dark ? "-dark.png" : "-light.png";
      Screenshots.write(Screenshots.snapshot(scene), folder.resolve("editor-empty" + theme));
      for (FunctionDefinition function : session.functions().list()) {
        session
            .functions()
            .files(function.id())
            .forEach(
                file ->
                    FxTest.fx(
                        () ->
                            context
                                .state()
                                .openRequestProperty()
                                .set(new OpenRequest(function.id(), file.path(), 0))));
      }
      FxTest.settle();
      FxTest.type(scene, "# ");
      FxTest.settle();
      Screenshots.write(Screenshots.snapshot(scene), folder.resolve("editor-many" + theme));
      FunctionDefinition first = session.functions().list().get(1);
      FxTest.fx(
          () -> {
            context.state().documents().removeIf(d -> d.functionId() != first.id());
            context.state().documentProperty().set(context.state().documents().getFirst());
          });
      FxTest.settle();
      FxTest.fx(panel::focus);
      FxTest.type(scene, "x");
      FxTest.fx(
          () ->
              session
                  .functions()
                  .changeOutside(first.id(), context.state().documentProperty().get().path(), "#"));
      FxTest.settle();
      Screenshots.write(Screenshots.snapshot(scene), folder.resolve("editor" + theme));
      FxTest.fx(() -> List.copyOf(javafx.stage.Window.getWindows()).forEach(w -> w.hide()));
    }
    System.exit(0);
  }
}
