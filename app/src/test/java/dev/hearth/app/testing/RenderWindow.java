package dev.hearth.app.testing;

import dev.hearth.app.WindowLauncher;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.state.Notice;
import dev.hearth.app.task.FxTaskRunner;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.ThemeMode;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.app.ui.shell.WorkbenchWindow;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * Draws the whole window in many situations to PNG files, in both themes, two sizes and four font
 * sizes, to be looked at. Arguments: the folder, then names of situations (none: all).
 */
public final class RenderWindow {
  private static final String LONG =
      "orders-api-with-a-name-that-is-as-long-as-lambda-allows-64-chars";

  private final Path folder;
  private FakeProjects projects = new FakeProjects();
  private WorkbenchWindow window;
  private Themes themes;
  private Stage stage;

  private RenderWindow(Path folder) {
    this.folder = folder;
  }

  /** A look of the window. */
  private record Look(boolean dark, int width, int height, int font) {}

  private static final List<Look> ALL =
      List.of(
          new Look(true, 1440, 900, 13),
          new Look(false, 1440, 900, 13),
          new Look(true, 1024, 700, 13),
          new Look(false, 1024, 700, 18),
          new Look(true, 1440, 900, 24),
          new Look(false, 1024, 700, 10));
  private static final List<Look> FEW =
      List.of(new Look(true, 1440, 900, 13), new Look(false, 1024, 700, 18));

  public static void main(String[] args) {
    FxTest.start();
    RenderWindow render = new RenderWindow(Path.of(args[0]));
    List<String> wanted = List.of(args).subList(1, args.length);
    render
        .situations()
        .forEach(
            (name, run) -> {
              if (wanted.isEmpty() || wanted.contains(name)) {
                run.run();
              }
            });
    System.exit(0);
  }

  private Map<String, Runnable> situations() {
    Map<String, Runnable> all = new LinkedHashMap<>();
    all.put("workbench", () -> sample("workbench", ALL, w -> invoke(4)));
    all.put("fresh", () -> sample("fresh", FEW, w -> {}));
    all.put("long", this::longNames);
    all.put("banner", () -> sample("banner", FEW, w -> banners()));
    all.put("failing", this::failing);
    all.put("many", () -> sample("many", FEW, w -> invoke(3_000)));
    all.put("empty", this::empty);
    all.put("welcome", this::welcome);
    for (String view : List.of("invocations", "settings")) {
      all.put(
          "view-" + view,
          () ->
              sample(
                  "view-" + view,
                  ALL,
                  w -> {
                    invoke(4);
                    fire("view." + view);
                  }));
    }
    for (String tool : List.of("invocation-table", "logs", "trace", "memory", "cost")) {
      all.put(
          "tool-" + tool,
          () ->
              sample(
                  "tool-" + tool,
                  FEW,
                  w -> {
                    invoke(4);
                    fire("tool." + tool);
                  }));
    }
    for (String id :
        List.of(
            "search",
            "search.commands",
            "search.invocations",
            "burst",
            "function.new",
            "event.new",
            "function.configure")) {
      all.put("do-" + id, () -> sample("do-" + id, FEW, w -> later(id)));
    }
    all.put("do-rename", () -> sample("do-rename", FEW, w -> explorerKey("F2")));
    all.put("do-delete", () -> sample("do-delete", FEW, w -> explorerKey("Delete")));
    return all;
  }

  private void sample(String name, List<Look> looks, Consumer<WorkbenchWindow> act) {
    projects = new FakeProjects();
    projects.sample().lambda().notes("python3.12 asked for, running 3.11.2 (PATH)");
    open(Optional.empty());
    act.accept(window);
    shoot(name, looks);
  }

  private void longNames() {
    projects = new FakeProjects();
    projects
        .sample()
        .functions()
        .create(
            FunctionConfiguration.of(LONG, RuntimeIdentifier.parse("python3.12"), "app.handler"),
            new SourceLocation.InProject(),
            Map.of(
                "app.py",
                "def handler(event, context):\n    return {}\n".getBytes(StandardCharsets.UTF_8),
                "a/very/deep/folder/with_a_file_name_that_is_long.py",
                new byte[0]));
    open(Optional.empty());
    FxTest.fx(
        () -> {
          var state = window.state().orElseThrow();
          state.functions().stream()
              .filter(f -> f.name().equals(LONG))
              .forEach(f -> state.functionProperty().set(f));
        });
    invoke(2);
    shoot("long", FEW);
  }

  private void failing() {
    projects = new FakeProjects();
    open(Optional.empty());
    invoke(2);
    projects
        .sample()
        .lambda()
        .outcome(
            new InvokeOutcome.FunctionError(
                "Unhandled",
                ("{\"errorMessage\":\"'price'\",\"errorType\":\"KeyError\",\"stackTrace\":"
                        + "[\"  File \\\"/var/task/handler.py\\\", line 15, in handler\\n\"]}")
                    .getBytes(StandardCharsets.UTF_8)));
    invoke(1);
    shoot("failing", FEW);
    projects
        .sample()
        .lambda()
        .outcome(new InvokeOutcome.TimedOut(new byte[0]))
        .times(1, 3_000_000_000L);
    invoke(1);
    shoot("timeout", FEW);
  }

  private void empty() {
    projects = new FakeProjects();
    Path file = Path.of("/projects/empty.hearth");
    projects.add(InMemorySession.empty());
    open(Optional.of(file));
    shoot("empty", ALL);
  }

  private void welcome() {
    projects = new FakeProjects();
    projects.used(Path.of("/home/me/projects/shop-backend.hearth"));
    projects.used(Path.of("/home/me/a/long/way/down/the/tree/of/folders/other-project.hearth"));
    make();
    FxTest.fx(() -> window.start(Optional.of(Path.of("/home/me/gone.hearth"))));
    FxTest.settle();
    FxTest.settle();
    FxTest.settle();
    shoot("welcome", FEW);
  }

  private void banners() {
    FxTest.fx(
        () -> {
          var notices = window.state().orElseThrow().notices();
          notices.add(
              new Notice(
                  Notice.Severity.ERROR,
                  "/projects/shop-backend.hearth can't be written: the disk is full. What runs now"
                      + " is kept in memory only. Free some space; Hearth tries again by itself."));
          notices.add(
              new Notice(Notice.Severity.WARNING, "python3.12 asked for, running 3.11.2 (PATH)"));
          notices.add(new Notice(Notice.Severity.INFO, "Opened read-only."));
        });
  }

  private void invoke(int count) {
    for (int i = 0; i < count; i++) {
      FxTest.fx(() -> window.actions().fire("invoke"));
      if (i < 10) {
        FxTest.settle();
      }
    }
    FxTest.waitUntil("counted", () -> window.state().orElseThrow().totals().invocations() >= count);
  }

  private void fire(String id) {
    FxTest.fx(() -> window.actions().fire(id));
  }

  /** Dialogs wait in a loop of their own, so the one who asks does not wait. */
  private void later(String id) {
    Platform.runLater(() -> window.actions().fire(id));
    FxTest.settle();
    FxTest.settle();
  }

  private void explorerKey(String key) {
    ListView<?> list = FxTest.find(window.root(), ".explorer", ListView.class);
    FxTest.fx(
        () -> {
          list.requestFocus();
          list.getSelectionModel().select(1);
        });
    Platform.runLater(
        () ->
            javafx.event.Event.fireEvent(
                list,
                new javafx.scene.input.KeyEvent(
                    javafx.scene.input.KeyEvent.KEY_PRESSED,
                    "",
                    "",
                    javafx.scene.input.KeyCode.getKeyCode(key),
                    false,
                    false,
                    false,
                    false)));
    FxTest.settle();
  }

  private void open(Optional<Path> file) {
    make();
    FxTest.fx(() -> window.start(file));
    FxTest.waitUntil("project shown", () -> window.state().isPresent());
    FxTest.waitUntil("all panels made", window::complete);
    FxTest.settle();
  }

  private void make() {
    FxTest.fx(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
    if (themes != null) {
      FxTest.fx(themes::close);
    }
    themes = FxTest.fxGet(() -> new Themes(projects.userSettings()));
    FxTaskRunner tasks =
        new FxTaskRunner(
            failure -> {
              throw new IllegalStateException(failure);
            });
    window =
        FxTest.fxGet(
            () -> {
              List<PanelContribution> panels =
                  WindowLauncher.panels(
                      themes,
                      projects.userSettings(),
                      Map.of("config", Path.of("/home/me/.config/hearth")));
              return new WorkbenchWindow(
                  new WorkbenchWindow.Parts(projects, tasks, themes, panels, () -> {}));
            });
    stage =
        FxTest.fxGet(
            () -> {
              Stage made = new Stage();
              Scene scene = new Scene(window.root(), 900, 700);
              window.installKeys(scene);
              made.setScene(scene);
              made.show();
              return made;
            });
  }

  private void shoot(String name, List<Look> looks) {
    for (Look look : looks) {
      FxTest.fx(
          () -> {
            themes.modeProperty().set(look.dark() ? ThemeMode.DARK : ThemeMode.LIGHT);
            themes.fontSizeProperty().set(look.font());
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(look.width());
            stage.setHeight(look.height());
          });
      FxTest.settle();
      FxTest.settle();
      BufferedImage image = Screenshots.snapshot(stage.getScene());
      for (Window other : FxTest.fxGet(() -> List.copyOf(Window.getWindows()))) {
        if (other != stage) {
          over(image, other);
        }
      }
      Screenshots.write(
          image,
          folder.resolve(
              "%s-%s-%d-%d.png"
                  .formatted(name, look.dark() ? "dark" : "light", look.width(), look.font())));
    }
  }

  /** Popups and dialogs are windows of their own. */
  private static void over(BufferedImage image, Window other) {
    BufferedImage part = Screenshots.snapshot(other.getScene());
    Graphics2D g = image.createGraphics();
    g.drawImage(part, (int) other.getX(), (int) other.getY(), null);
    g.dispose();
  }
}
