package dev.hearth.app.cli;

import dev.hearth.app.service.HearthException;
import dev.hearth.runtime.function.InvalidFunctionException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: the same services as the window, and no JavaFX. */
@Command(
    name = "hearth",
    description = "A workbench for serverless functions: invoke them here as AWS Lambda would.",
    footer = {
      "",
      "Without a command, or with a project file alone, the window opens.",
      "Exit codes: 0 success, 1 the function failed, 2 wrong usage or input, 3 Hearth could not"
          + " run it."
    },
    subcommands = CommandLine.HelpCommand.class,
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND")
public final class HearthCommand implements Runnable {
  @Spec private CommandSpec spec;

  /**
   * Runs one command.
   *
   * @return the process's exit code
   */
  public static int run(CommandContext context, String... arguments) {
    return commandLine(context).execute(arguments);
  }

  /** Whether the arguments are for the command line; otherwise the window opens. */
  public static boolean isCommand(String... arguments) {
    boolean projectFile =
        arguments.length == 1 && arguments[0].endsWith(".hearth") && !arguments[0].startsWith("-");
    return arguments.length > 0 && !projectFile;
  }

  private static CommandLine commandLine(CommandContext context) {
    CommandLine commandLine = new CommandLine(new HearthCommand());
    for (Object command :
        List.of(
            new NewCommand(context),
            new AddCommand(context),
            new ListCommand(context),
            new InvokeCommand(context),
            new HistoryCommand(context),
            new RuntimesCommand(context),
            new ServeCommand(context))) {
      commandLine.addSubcommand(command);
    }
    commandLine.setOut(new PrintWriter(context.out(), true));
    commandLine.setErr(new PrintWriter(context.err(), true));
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> explain(context, failure));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    return commandLine;
  }

  private static int explain(CommandContext context, Exception failure) throws Exception {
    switch (failure) {
      case HearthException expected -> {
        context.err().println("hearth: " + expected.getMessage());
        return ExitCode.of(expected);
      }
      case InvalidFunctionException invalid -> {
        context.err().println("hearth: " + invalid.getMessage());
        return ExitCode.USAGE;
      }
      default -> throw failure;
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
