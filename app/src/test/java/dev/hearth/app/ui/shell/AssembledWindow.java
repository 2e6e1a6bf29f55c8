package dev.hearth.app.ui.shell;

import dev.hearth.app.WindowLauncher;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.FxTaskRunner;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.ui.kit.ThemeMode;
import dev.hearth.app.ui.kit.Themes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** The whole window with all its panels over some projects, for tests that use it as a person. */
final class AssembledWindow implements AutoCloseable {
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 800;

  private final ProjectService projects;
  private final FakeDialogs dialogs = new FakeDialogs();
  private final List<Throwable> unexpected = new CopyOnWriteArrayList<>();
  private final FxTaskRunner tasks = new FxTaskRunner(unexpected::add);
  private final Themes themes;
  private final WorkbenchWindow window;
  private final Stage stage;

  AssembledWindow(ProjectService projects) {
    this(projects, true);
  }

  AssembledWindow(ProjectService projects, boolean dark) {
    this.projects = projects;
    themes = FxTest.fxGet(() -> new Themes(projects.userSettings()));
    FxTest.fx(() -> themes.modeProperty().set(dark ? ThemeMode.DARK : ThemeMode.LIGHT));
    window =
        FxTest.fxGet(
            () ->
                new WorkbenchWindow(
                    new WorkbenchWindow.Parts(
                        projects,
                        tasks,
                        themes,
                        WindowLauncher.panels(
                            themes,
                            projects.userSettings(),
                            Map.of("config", Path.of("/home/me/.config/hearth"))),
                        () -> {}),
                    dialogs));
    stage = FxTest.unwatched(this::makeStage);
  }

  private Stage makeStage() {
    Stage made = new Stage();
    Scene scene = new Scene(window.root(), WIDTH, HEIGHT);
    window.installKeys(scene);
    made.setScene(scene);
    made.setX(0);
    made.setY(0);
    made.show();
    return made;
  }

  /** Opens a file, or what a start without one opens, and waits until it is shown. */
  AssembledWindow open(Optional<Path> file) {
    FxTest.fx(() -> window.start(file));
    FxTest.waitUntil("project shown", () -> window.state().isPresent());
    FxTest.waitUntil(
        "handler open", () -> state().functions().isEmpty() || !state().documents().isEmpty());
    FxTest.waitUntil("all panels made", window::complete);
    FxTest.settle();
    // The whole window is built once for a project; what is measured is what happens in it.
    FxTest.startCounting();
    return this;
  }

  /** Starts without waiting for a project, which may not come. */
  AssembledWindow start(Optional<Path> file) {
    FxTest.fx(() -> window.start(file));
    return this;
  }

  WorkbenchWindow window() {
    return window;
  }

  WorkbenchState state() {
    return window.state().orElseThrow();
  }

  FakeDialogs dialogs() {
    return dialogs;
  }

  Themes themes() {
    return themes;
  }

  Scene scene() {
    return stage.getScene();
  }

  Stage stage() {
    return stage;
  }

  /** What went wrong without anybody having handled it. */
  List<Throwable> unexpected() {
    return unexpected;
  }

  void fire(String action) {
    FxTest.fx(() -> window.actions().fire(action));
    FxTest.settle();
  }

  void press(String key) {
    FxTest.key(scene(), key);
  }

  Node focused() {
    return FxTest.fxGet(() -> scene().getFocusOwner());
  }

  /** Whether the focus is in a node with a style class, or in a part of one. */
  boolean focusIn(String styleClass) {
    for (Node at = focused(); at != null; at = at.getParent()) {
      if (at.getStyleClass().contains(styleClass)) {
        return true;
      }
    }
    return false;
  }

  <T extends Node> T find(String selector, Class<T> type) {
    return FxTest.find(window.root(), selector, type);
  }

  @Override
  public void close() {
    FxTest.fx(() -> window.quit(() -> {}));
    FxTest.fx(
        () -> {
          stage.hide();
          themes.close();
        });
    tasks.close();
    projects.close();
  }
}
