package dev.hearth.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Builds picocli's model of a command in code. Reading it from annotations takes longer than a cold
 * call of a function: the JVM makes a proxy class for each kind of annotation at every start.
 */
final class Model {
  private Model() {}

  /** A command with {@code --help} and these arguments. */
  static CommandSpec command(Callable<Integer> body, String description, ArgSpec... arguments) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(body).addOption(help());
    spec.usageMessage().description(description);
    for (ArgSpec argument : arguments) {
      spec.add(argument);
    }
    return spec;
  }

  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help message and exit.")
        .build();
  }

  /** The project file, which has to be given. */
  static OptionSpec project() {
    return OptionSpec.builder("-p", "--project")
        .type(Path.class)
        .required(true)
        .paramLabel("FILE")
        .description("The project file.")
        .build();
  }

  /** Runs a project that came from elsewhere. */
  static OptionSpec trust() {
    return flag(
        "--trust", "Run the project even if it came from elsewhere, this once; see hearth trust.");
  }

  /** The first and only positional argument. */
  static PositionalParamSpec argument(String label, Class<?> type, String description) {
    return PositionalParamSpec.builder()
        .index("0")
        .type(type)
        .required(true)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** True when given. */
  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name)
        .type(boolean.class)
        .defaultValue("false")
        .description(description)
        .build();
  }

  /** A text, or null when not given. */
  static OptionSpec text(String name, String label, String description) {
    return value(name, label, description).type(String.class).build();
  }

  static OptionSpec number(String name, String label, int byDefault, String description) {
    return value(name, label, description)
        .type(int.class)
        .defaultValue(Integer.toString(byDefault))
        .build();
  }

  static OptionSpec.Builder value(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).description(description);
  }
}
