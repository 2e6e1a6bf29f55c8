package dev.hearth.app.cli;

import dev.hearth.app.service.HearthException;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.Interpreter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lists the interpreters that functions can run on here. */
final class RuntimesCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;

  private final OptionSpec json =
      Model.flag("--json", "One JSON object per interpreter on a line of its own.");

  private final OptionSpec fetchSdk =
      Model.text(
          "--fetch-sdk",
          "node|python",
          "Fetch the AWS SDK that Lambda's runtimes bring, by npm or pip, into Hearth's cache.");

  RuntimesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(this, "List the interpreters found on this machine.", json, fetchSdk);
  }

  @Override
  public Integer call() {
    @Nullable String sdk = fetchSdk.getValue();
    if (sdk != null) {
      context.out().println(context.projects().get().fetchSdk(family(sdk)));
      return ExitCode.OK;
    }
    boolean json = this.json.getValue();
    for (Interpreter interpreter : context.projects().get().interpreters()) {
      context.out().println(json ? asJson(interpreter) : asText(interpreter));
    }
    return ExitCode.OK;
  }

  private static RuntimeFamily family(String name) {
    return switch (name) {
      case "node", "nodejs" -> RuntimeFamily.NODEJS;
      case "python" -> RuntimeFamily.PYTHON;
      default ->
          throw new HearthException(
              HearthException.Kind.INPUT,
              "--fetch-sdk of \"" + name + "\" is not known. Use node or python.");
    };
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
