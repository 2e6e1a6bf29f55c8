package dev.hearth.app.ui.shell;

import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.ui.kit.Dialogs;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.resources.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Opens, makes and switches projects. What fails leaves the window as it is, with a message. FX
 * thread only.
 */
final class ProjectFlow {
  private static final String EXTENSION = ".hearth";

  private final ProjectService projects;
  private final TaskRunner tasks;
  private final Dialogs dialogs;
  private final Window window;
  private final Texts texts = Texts.of("shell");
  private List<Path> recent = List.of();

  /** What the flow shows its results in. */
  interface Window {
    /** Shows a project in place of the one that is open. */
    void show(ProjectScope.Loaded loaded);

    /** Shows why something failed. */
    void showFailure(String message);

    /** Shows that no project is open; the message may be empty. */
    void showWelcome(String message);
  }

  ProjectFlow(ProjectService projects, TaskRunner tasks, Dialogs dialogs, Window window) {
    this.projects = projects;
    this.tasks = tasks;
    this.dialogs = dialogs;
    this.window = window;
  }

  /**
   * Shows the first project of the window.
   *
   * @param reading waits for it; runs in the background
   */
  void start(Callable<FirstProject> reading) {
    tasks.run(
        "open first project",
        reading,
        first -> {
          recent = first.recent();
          opened(first.loaded());
        },
        failure -> window.showWelcome(Failures.message(failure)));
  }

  void open(Path file) {
    run("open project", () -> projects.open(file));
  }

  void openSample() {
    run("open sample project", projects::openSample);
  }

  /** Asks for a file and opens it. */
  void askAndOpen() {
    dialogs.openFile(texts.get("open.title")).ifPresent(this::open);
  }

  /** Asks for a file name and makes an empty project there. */
  void askAndCreate() {
    dialogs
        .saveFile(texts.get("new.project.title"), texts.get("new.project.name") + EXTENSION)
        .ifPresent(
            file -> run("create project", () -> projects.create(withExtension(file), "empty")));
  }

  private static Path withExtension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(EXTENSION) ? file : file.resolveSibling(name + EXTENSION);
  }

  private void run(String what, Callable<ProjectSession> work) {
    tasks.run(
        what,
        () -> {
          ProjectSession session = work.call();
          try {
            return ProjectScope.Loaded.of(session);
          } catch (RuntimeException e) {
            session.close();
            throw e;
          }
        },
        this::opened,
        failure -> window.showFailure(Failures.message(failure)));
  }

  private void opened(ProjectScope.Loaded loaded) {
    window.show(loaded);
    refreshRecent(ignored -> {});
  }

  /** Reads anew which projects were used, and tells. */
  void refreshRecent(Consumer<List<Path>> then) {
    tasks.run(
        "list recent projects",
        projects::recent,
        files -> {
          recent = files;
          then.accept(files);
        },
        failure -> window.showFailure(Failures.message(failure)));
  }

  /** The projects used lately as last read, the newest first. */
  List<Path> recent() {
    return recent;
  }

  /**
   * Closes a session in the background: ending its environments takes a moment.
   *
   * @param then runs in any case
   */
  void close(ProjectSession session, Runnable then) {
    tasks.run(
        "close project",
        () -> {
          session.close();
          return true;
        },
        closed -> then.run(),
        failure -> {
          window.showFailure(Failures.message(failure));
          then.run();
        });
  }
}
