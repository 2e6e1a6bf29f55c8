package dev.hearth.app.cli;

import dev.hearth.runtime.language.Interpreter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the interpreters that functions can run on here. */
@Command(
    name = "runtimes",
    description = "List the interpreters found on this machine.",
    mixinStandardHelpOptions = true)
final class RuntimesCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(names = "--json", description = "One JSON object per interpreter on a line of its own.")
  private boolean json;

  RuntimesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    for (Interpreter interpreter : context.projects().get().interpreters()) {
      context.out().println(json ? asJson(interpreter) : asText(interpreter));
    }
    return ExitCode.OK;
  }

  private static String asText(Interpreter interpreter) {
    return "%-10s %-12s %-14s %s"
        .formatted(
            interpreter.family().displayName(),
            interpreter.version(),
            interpreter.source(),
            interpreter.executable());
  }

  private static String asJson(Interpreter interpreter) {
    try (JsonLine line = new JsonLine()) {
      return line.text("family", interpreter.family().prefix())
          .text("version", interpreter.version())
          .text("source", interpreter.source())
          .text("executable", interpreter.executable().toString())
          .line();
    }
  }
}
