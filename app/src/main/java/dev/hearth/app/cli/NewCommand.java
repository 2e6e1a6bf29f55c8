package dev.hearth.app.cli;

import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectSession;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Creates a project file. */
final class NewCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;

  private final PositionalParamSpec file =
      Model.argument("FILE", Path.class, "The file to create, by custom name.hearth.");
  private final OptionSpec template =
      Model.value(
              "--template", "NAME", "empty (the default) or sample: a function per runtime family.")
          .type(String.class)
          .defaultValue("empty")
          .build();

  NewCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(this, "Create a project file.", file, template);
  }

  @Override
  public Integer call() {
    String template = this.template.getValue();
    if (!template.equals("empty") && !template.equals("sample")) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          "No project template \"" + template + "\". Use empty or sample.");
    }
    try (ProjectSession session = context.projects().get().create(file.getValue(), template)) {
      context.out().println(session.project().file());
    }
    return ExitCode.OK;
  }
}
