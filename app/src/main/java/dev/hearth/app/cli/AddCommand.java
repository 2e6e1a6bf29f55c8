package dev.hearth.app.cli;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectService.FunctionTemplate;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Adds a function: from a template, or over a folder on disk. */
final class AddCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;

  private final PositionalParamSpec name =
      Model.argument("FUNCTION", String.class, "The function's name.");
  private final OptionSpec project = Model.project();
  private final OptionSpec folder =
      Model.value("--folder", "DIR", "Link this folder: the function runs what stands there.")
          .type(Path.class)
          .build();
  private final OptionSpec template =
      Model.text("--template", "ID", "Start from a template, e.g. python-hello.");
  private final OptionSpec runtime = Model.text("--runtime", "ID", "e.g. python3.12, nodejs22.x.");
  private final OptionSpec handler = Model.text("--handler", "H", "e.g. handler.handler.");
  private final OptionSpec memory =
      Model.number("--memory", "MB", 128, "128 to 10240; default 128.");
  private final OptionSpec timeout =
      Model.number("--timeout", "S", 3, "1 to 900 seconds; default 3.");
  private final OptionSpec environment =
      Model.value("--env", "KEY=VALUE", "An environment variable; may be repeated.")
          .type(Map.class)
          .auxiliaryTypes(String.class, String.class)
          .build();

  AddCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(
        this,
        "Add a function to a project.",
        name,
        project,
        folder,
        template,
        runtime,
        handler,
        memory,
        timeout,
        environment);
  }

  @Override
  public Integer call() {
    @Nullable String template = this.template.getValue();
    @Nullable Path folder = this.folder.getValue();
    @Nullable Map<String, String> environment = this.environment.getValue();
    ProjectService projects = context.projects().get();
    @Nullable FunctionTemplate from = template == null ? null : template(projects, template);
    FunctionConfiguration configuration =
        new FunctionConfiguration(
            name.getValue(),
            RuntimeIdentifier.parse(
                required("--runtime", runtime.getValue(), from == null ? null : from.runtime())),
            required("--handler", handler.getValue(), from == null ? null : from.handler()),
            memory.getValue(),
            timeout.getValue(),
            FunctionConfiguration.DEFAULT_EPHEMERAL_STORAGE_MB,
            Architecture.X86_64,
            environment == null ? Map.of() : environment);
    SourceLocation source =
        folder == null
            ? new SourceLocation.InProject()
            : new SourceLocation.LinkedFolder(folder.toAbsolutePath().normalize());
    try (ProjectSession session = context.open(project.getValue())) {
      FunctionDefinition made =
          session.functions().create(configuration, source, from == null ? Map.of() : from.files());
      context.out().println(made.name());
    }
    return ExitCode.OK;
  }

  private String required(String option, @Nullable String given, @Nullable String fromTemplate) {
    if (given != null) {
      return given;
    }
    if (fromTemplate != null) {
      return fromTemplate;
    }
    throw new HearthException(
        HearthException.Kind.INPUT,
        "A function needs " + option + ". Give it, or start from a template with --template.");
  }

  private static FunctionTemplate template(ProjectService projects, String id) {
    return projects.functionTemplates().stream()
        .filter(t -> t.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new HearthException(
                    HearthException.Kind.INPUT,
                    "No function template \""
                        + id
                        + "\". Use one of "
                        + projects.functionTemplates().stream()
                            .map(FunctionTemplate::id)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
