package dev.hearth.app.cli;

import dev.hearth.app.service.HearthException;
import dev.hearth.runtime.function.InvalidFunctionException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command line: the same services as the window, and no JavaFX. When the first argument names a
 * command, the model of the others is not built.
 */
public final class HearthCommand {
  private static final Map<String, Function<CommandContext, Part>> COMMANDS = commands();
  private static final String VERSION = "--version";

  /** A command below {@code hearth}. */
  interface Part {
    /** Its picocli model, which holds the arguments once they have been parsed. */
    CommandSpec spec();
  }

  private HearthCommand() {}

  /**
   * Runs one command.
   *
   * @return the process's exit code
   */
  public static int run(CommandContext context, String... arguments) {
    return commandLine(context, arguments).execute(arguments);
  }

  /** Whether the arguments are for the command line; otherwise the window opens. */
  public static boolean isCommand(String... arguments) {
    boolean projectFile =
        arguments.length == 1 && arguments[0].endsWith(".hearth") && !arguments[0].startsWith("-");
    return arguments.length > 0 && !projectFile;
  }

  /** The model that these arguments need: all commands, when none is named. */
  static CommandLine commandLine(CommandContext context, String... arguments) {
    CommandLine commandLine = new CommandLine(root());
    String first = arguments.length == 0 ? "" : arguments[0];
    if (COMMANDS.containsKey(first)) {
      commandLine.addSubcommand(first, COMMANDS.get(first).apply(context).spec());
    } else if (!first.equals(VERSION)) {
      COMMANDS.forEach(
          (name, command) -> commandLine.addSubcommand(name, command.apply(context).spec()));
      commandLine.addSubcommand(new CommandLine.HelpCommand());
    }
    commandLine.setOut(new PrintWriter(context.out(), true));
    commandLine.setErr(new PrintWriter(context.err(), true));
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> explain(context, failure));
    return commandLine;
  }

  private static CommandSpec root() {
    CommandSpec root =
        CommandSpec.create()
            .name("hearth")
            .versionProvider(new VersionProvider())
            .addOption(Model.help())
            .addOption(
                OptionSpec.builder("-V", VERSION)
                    .versionHelp(true)
                    .description("Print version information and exit.")
                    .build());
    root.usageMessage()
        .description("A workbench for serverless functions: invoke them here as AWS Lambda would.")
        .synopsisSubcommandLabel("COMMAND")
        .footer(
            "",
            "Without a command, or with a project file alone, the window opens.",
            "Exit codes: 0 success, 1 the function failed, 2 wrong usage or input, 3 Hearth could"
                + " not run it.");
    return root;
  }

  /** In the order in which the help lists them. */
  private static Map<String, Function<CommandContext, Part>> commands() {
    Map<String, Function<CommandContext, Part>> commands = new LinkedHashMap<>();
    commands.put("new", NewCommand::new);
    commands.put("trust", TrustCommand::new);
    commands.put("add", AddCommand::new);
    commands.put("list", ListCommand::new);
    commands.put("invoke", InvokeCommand::new);
    commands.put("history", HistoryCommand::new);
    commands.put("compare", CompareCommand::new);
    commands.put("replay", ReplayCommand::new);
    commands.put("pin", PinCommand::new);
    commands.put("test", TestCommand::new);
    commands.put("runtimes", RuntimesCommand::new);
    commands.put("serve", ServeCommand::new);
    return commands;
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
}
