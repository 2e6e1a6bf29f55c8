package dev.hearth.app.cli;

import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a command works with: the process's streams and the services, opened when first asked for so
 * that {@code hearth help} pays for nothing. Tests pass their own.
 *
 * @param closeAtExit is given what must be closed when a signal ends the process in the middle
 */
public record CommandContext(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Supplier<ProjectService> projects,
    Consumer<ProjectSession> closeAtExit) {
  /** Opens a project that is closed at the latest when the process ends. */
  ProjectSession open(Path file) {
    ProjectSession session = projects.get().open(file);
    closeAtExit.accept(session);
    return session;
  }

  /**
   * The same, for commands that run functions: what could not be kept is told beside the answer.
   *
   * @param trust whether a project that came from elsewhere may run this once
   * @throws HearthException when the project is restricted
   */
  ProjectSession openToRun(Path file, boolean trust) {
    ProjectSession session = open(file);
    session.onNotice(text -> err.println("hearth: " + text));
    if (trust) {
      session.trustOnce();
    }
    if (!session.trusted()) {
      session.close();
      throw HearthException.restricted(file);
    }
    return session;
  }
}
