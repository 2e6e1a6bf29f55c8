package dev.hearth.app.ui.shell;

import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.ui.kit.Dialogs;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.resources.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * The window: shows one project at a time, or the welcome view, and rebuilds its panels when the
 * project changes. FX thread only.
 */
public final class WorkbenchWindow {
  private final Parts parts;
  private final Dialogs dialogs;
  private final StackPane root = new StackPane();
  private final ProjectFlow projects;
  private final ActionRegistry welcomeActions = new ActionRegistry();
  private final Texts texts = Texts.of("shell");
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(texts.get("product"));
  private @Nullable WelcomeView welcome;
  private @Nullable ProjectView view;
  private Runnable onFirstContent = () -> {};
  private boolean guideWanted;

  /**
   * What the window is composed of.
   *
   * @param panels everything that stands in a region of the window
   * @param quit ends the program
   */
  public record Parts(
      ProjectService projects,
      TaskRunner tasks,
      Themes themes,
      List<PanelContribution> panels,
      Runnable quit) {}

  public WorkbenchWindow(Parts parts) {
    this(parts, null);
  }

  /**
   * @param dialogs answers questions; null for real dialogs over this window
   */
  WorkbenchWindow(Parts parts, @Nullable Dialogs dialogs) {
    this.parts = parts;
    this.dialogs = dialogs == null ? new WindowDialogs(this::window) : dialogs;
    projects = new ProjectFlow(parts.projects(), parts.tasks(), this.dialogs, new FlowWindow());
    new ShellActions(welcomeActions).addGlobal(projects, parts.themes(), parts.quit());
    new ShellActions(welcomeActions).add("welcome.guide", "help-circle", "F1", this::startGuide);
    root.getStyleClass().add("workbench-window");
    root.setMinSize(0, 0);
    root.getChildren().setAll(new BorderPane());
  }

  /** The content of the window; its keys work once it stands in a scene. */
  public StackPane root() {
    return root;
  }

  /** What the window is called: project and product. */
  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /** Makes the keys of all actions work in a scene. */
  public void installKeys(Scene scene) {
    new KeyMap(this::actions).install(scene);
  }

  /** Opens the first project; see {@link FirstProject#read}. */
  public void start(Optional<Path> file) {
    start(() -> FirstProject.read(parts.projects(), file));
  }

  /**
   * Shows the first project.
   *
   * @param reading waits for it; runs in the background
   */
  public void start(Callable<FirstProject> reading) {
    projects.start(reading);
  }

  /** Has something run once there is something to be seen: a project, or that there is none. */
  public void setOnFirstContent(Runnable action) {
    onFirstContent = action;
  }

  /** The actions of what is shown now. */
  public ActionRegistry actions() {
    return view == null ? welcomeActions : view.scope().actions();
  }

  /** The state of the open project; empty while none is open. */
  public Optional<WorkbenchState> state() {
    return Optional.ofNullable(view).map(v -> v.scope().context().state());
  }

  /** Whether the open project has all of its panels; they come one by one after its editor. */
  public boolean complete() {
    return view != null && view.completeProperty().get();
  }

  /** Tells something that is no answer to anything, e.g. a mistake in Hearth. */
  public void tell(Notice notice) {
    if (view == null) {
      welcome().setProblem(notice.text());
    } else {
      view.scope().context().state().notices().add(notice);
    }
  }

  /** A start with a project never shows it. */
  private WelcomeView welcome() {
    if (welcome == null) {
      welcome = new WelcomeView(welcomeActions, projects::open);
    }
    return welcome;
  }

  private @Nullable Window window() {
    return root.getScene() == null ? null : root.getScene().getWindow();
  }

  /** The guide has something to guide through once the sample is open. */
  private void startGuide() {
    guideWanted = true;
    projects.openSample();
  }

  private void show(ProjectScope.Loaded loaded) {
    leave();
    ActionRegistry actions = new ActionRegistry();
    PanelContext context =
        new PanelContext(
            loaded.session(),
            new WorkbenchState(),
            actions,
            parts.tasks(),
            dialogs,
            parts.themes().colors());
    ShellActions shell = new ShellActions(actions);
    shell.addGlobal(projects, parts.themes(), parts.quit());
    shell.add("project.close", "x-square", "", () -> closeProject(""));
    ProjectScope scope = new ProjectScope(loaded, context);
    Supplier<@Nullable Window> owner = this::window;
    new FunctionCommands(context, owner, parts.projects()::functionTemplates)
        .register(shell, ProjectView.hasFunction(context.state()));
    view = new ProjectView(scope, shell, parts.panels(), projects, parts.projects().userSettings());
    title.set(loaded.session().project().name() + " – " + texts.get("product"));
    if (guideWanted) {
      guideWanted = false;
      view.showGuide();
    } else {
      view.focusEditor();
    }
    placeWithFiles(view);
  }

  private void show(List<Node> content) {
    root.getChildren().setAll(content);
    Runnable first = onFirstContent;
    onFirstContent = () -> {};
    first.run();
  }

  /** Its files come a moment later than the view: to lay it out twice would take longer. */
  private void placeWithFiles(ProjectView made) {
    BooleanProperty reading = made.scope().context().state().readingFilesProperty();
    if (!reading.get()) {
      place(made);
      return;
    }
    reading.addListener(
        new InvalidationListener() {
          @Override
          public void invalidated(Observable source) {
            reading.removeListener(this);
            place(made);
          }
        });
  }

  private void place(ProjectView made) {
    if (view == made) {
      show(made.nodes());
      made.makeRest();
    }
  }

  /** Ends the open project; its text is saved first. */
  private void leave() {
    if (view == null) {
      return;
    }
    ProjectView old = view;
    view = null;
    old.scope()
        .context()
        .state()
        .saveAll()
        .whenComplete((saved, failure) -> parts.tasks().onFx(() -> end(old)));
  }

  private void end(ProjectView old) {
    old.close();
    projects.close(old.scope().session(), () -> {});
  }

  private void closeProject(String message) {
    leave();
    WelcomeView shown = welcome();
    shown.setProblem(message);
    show(List.of(new BorderPane(shown.node())));
    title.set(texts.get("product"));
    projects.refreshRecent(shown::setRecent);
    shown.focus();
  }

  /**
   * Saves what is unsaved, ends the project with its environments, then runs the given end. When
   * something can't be saved the user is asked first. Returns at once; the end runs on the FX
   * thread.
   */
  public void quit(Runnable end) {
    ProjectView open = view;
    if (open == null) {
      end.run();
      return;
    }
    open.scope()
        .context()
        .state()
        .saveAll()
        .whenComplete((saved, failure) -> parts.tasks().onFx(() -> saved(open, failure, end)));
  }

  private void saved(ProjectView open, @Nullable Throwable failure, Runnable end) {
    if (failure != null
        && !dialogs.confirm(
            texts.get("quit.unsaved.title"),
            texts.get("quit.unsaved.text", Failures.message(failure)),
            texts.get("quit.unsaved.verb"))) {
      return;
    }
    if (view == open) {
      view = null;
      open.close();
      projects.close(open.scope().session(), end);
    }
  }

  /** Where the project flow shows its results. */
  private final class FlowWindow implements ProjectFlow.Window {
    @Override
    public void show(ProjectScope.Loaded loaded) {
      WorkbenchWindow.this.show(loaded);
    }

    @Override
    public void showFailure(String message) {
      guideWanted = false;
      tell(new Notice(Notice.Severity.ERROR, message));
    }

    @Override
    public void showWelcome(String message) {
      closeProject(message);
    }
  }
}
