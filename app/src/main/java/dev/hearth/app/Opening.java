package dev.hearth.app;

import dev.hearth.app.service.HearthServices;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.UserFolders;
import dev.hearth.app.task.Threads;
import dev.hearth.app.ui.shell.FirstProject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What the window shows first, read while JavaFX is still starting: both take about as long, on
 * different processors.
 */
final class Opening {
  private final UserFolders folders = UserFolders.standard();
  private final CompletableFuture<ProjectService> services = new CompletableFuture<>();
  private final CompletableFuture<FirstProject> first = new CompletableFuture<>();

  private Opening() {}

  /** Begins to read what the program's arguments ask for. */
  static Opening begin(String... arguments) {
    Opening opening = new Opening();
    Optional<Path> asked =
        arguments.length == 0
            ? Optional.empty()
            : Optional.of(Path.of(arguments[0]).toAbsolutePath());
    Threads.startDaemon("open-first-project", () -> opening.read(asked));
    return opening;
  }

  private void read(Optional<Path> asked) {
    try {
      ProjectService opened = HearthServices.open(folders);
      services.complete(opened);
      first.complete(FirstProject.read(opened, asked));
    } catch (RuntimeException | Error e) {
      services.completeExceptionally(e);
      first.completeExceptionally(e);
    }
  }

  UserFolders folders() {
    return folders;
  }

  /** The services, which are there long before JavaFX is; waits for them if not. */
  ProjectService services() {
    return services.join();
  }

  /** Waits for the first project. */
  FirstProject first() throws Exception {
    try {
      return first.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
