package dev.hearth.app;

import dev.hearth.app.cli.CommandContext;
import dev.hearth.app.cli.HearthCommand;
import dev.hearth.app.service.HearthServices;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.UserFolders;
import dev.hearth.app.task.Threads;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.sandbox.ThisProcess;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one entry point. A command runs on the command line and loads no JavaFX; no argument, or a
 * project file alone, opens the window.
 */
public final class Main {
  private static final int NO_WINDOW = 3;
  private static final String INVOKE = "invoke";

  /**
   * The JVM's optimising compiler, as the system names its threads. It begins with the start and
   * would take a processor for itself until long after; what it makes pays only much later.
   */
  private static final String OPTIMISING_COMPILER = "C2 Compiler";

  /** A tenth of what the threads get that somebody waits for. */
  private static final int NICE = 10;

  private Main() {}

  public static void main(String[] arguments) {
    if (HearthCommand.isCommand(arguments)) {
      end(arguments, runCommand(arguments));
    }
    Optional<String> obstacle = DisplayCheck.obstacle();
    if (obstacle.isPresent()) {
      System.err.println("hearth: " + obstacle.get());
      System.exit(NO_WINDOW);
    }
    Threads.startDaemon(
        "compiler-priority", () -> ThisProcess.yieldThreads(OPTIMISING_COMPILER, NICE));
    WindowStart.open(arguments);
  }

  /** A command that is done has closed its project and flushed its output. */
  private static void end(String[] arguments, int exitCode) {
    if (arguments[0].equals(INVOKE)) {
      ThisProcess.end(exitCode);
    } else {
      System.exit(exitCode);
    }
  }

  static int runCommand(String[] arguments) {
    if (arguments[0].equals(INVOKE)) {
      Threads.startDaemon("warm-up", LocalLambda::warmUp);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Supplier<ProjectService> services = () -> HearthServices.openForCommand(UserFolders.standard());
    CommandContext context = new CommandContext(out, err, System.in, services, Main::closeAtExit);
    return HearthCommand.run(context, arguments);
  }

  private static void closeAtExit(ProjectSession session) {
    Runtime.getRuntime().addShutdownHook(Threads.unstarted("close-project", session::close));
  }
}
