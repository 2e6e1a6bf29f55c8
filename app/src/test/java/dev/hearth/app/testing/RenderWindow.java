package dev.hearth.app.testing;

import dev.hearth.app.WindowLauncher;
import dev.hearth.app.task.FxTaskRunner;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.ThemeMode;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.app.ui.shell.WorkbenchWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** Draws the whole window to PNG files in both themes and two sizes, to be looked at. */
public final class RenderWindow {
  private static final int[][] SIZES = {{1440, 900}, {1024, 700}};

  private RenderWindow() {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    FxTest.start();
    FakeProjects projects = new FakeProjects();
    projects.sample().lambda().notes("python3.12 asked for, running 3.11.2 (PATH)");
    Themes themes = FxTest.fxGet(() -> new Themes(projects.userSettings()));
    FxTaskRunner tasks =
        new FxTaskRunner(
            failure -> {
              throw new IllegalStateException(failure);
            });
    WorkbenchWindow window = FxTest.fxGet(() -> window(projects, tasks, themes));
    Stage stage = show(window);
    FxTest.fx(() -> window.start(Optional.empty()));
    FxTest.waitUntil("project shown", () -> window.state().isPresent());
    FxTest.settle();
    for (int i = 0; i < 4; i++) {
      FxTest.fx(() -> window.actions().fire("invoke"));
      FxTest.settle();
    }
    FxTest.waitUntil("counted", () -> window.state().orElseThrow().totals().invocations() == 4);
    for (String view : List.of("workbench", "settings")) {
      FxTest.fx(() -> window.actions().fire("view." + view));
      shoot(stage, themes, folder, view);
    }
    FxTest.fx(() -> window.actions().fire("view.workbench"));
    FxTest.fx(() -> window.actions().fire("search"));
    shoot(stage, themes, folder, "palette");
    System.exit(0);
  }

  private static WorkbenchWindow window(FakeProjects projects, FxTaskRunner tasks, Themes themes) {
    List<PanelContribution> panels =
        WindowLauncher.panels(themes, Map.of("config", Path.of("/home/me/.config/hearth")));
    return new WorkbenchWindow(
        new WorkbenchWindow.Parts(projects, tasks, themes, panels, () -> {}));
  }

  private static Stage show(WorkbenchWindow window) {
    return FxTest.fxGet(
        () -> {
          Stage stage = new Stage();
          Scene scene = new Scene(window.root(), 900, 700);
          window.installKeys(scene);
          stage.setScene(scene);
          stage.show();
          return stage;
        });
  }

  private static void shoot(Stage stage, Themes themes, Path folder, String name) {
    for (boolean dark : new boolean[] {true, false}) {
      FxTest.fx(() -> themes.modeProperty().set(dark ? ThemeMode.DARK : ThemeMode.LIGHT));
      for (int[] size : SIZES) {
        FxTest.fx(
            () -> {
              stage.setX(0);
              stage.setY(0);
              stage.setWidth(size[0]);
              stage.setHeight(size[1]);
            });
        FxTest.settle();
        Screenshots.write(
            Screenshots.snapshot(stage.getScene()),
            folder.resolve("%s-%s-%d.png".formatted(name, dark ? "dark" : "light", size[0])));
      }
    }
  }
}
