package dev.hearth.app.cli;

import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectSession;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a project file. */
@Command(name = "new", description = "Create a project file.", mixinStandardHelpOptions = true)
final class NewCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "FILE", description = "The file to create, by custom name.hearth.")
  private Path file;

  @Option(
      names = "--template",
      defaultValue = "empty",
      paramLabel = "NAME",
      description = "empty (the default) or sample: a function per runtime family.")
  private String template;

  NewCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!template.equals("empty") && !template.equals("sample")) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          "No project template \"" + template + "\". Use empty or sample.");
    }
    try (ProjectSession session = context.projects().get().create(file, template)) {
      context.out().println(session.project().file());
    }
    return ExitCode.OK;
  }
}
