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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a function: from a template, or over a folder on disk. */
@Command(
    name = "add",
    description = "Add a function to a project.",
    mixinStandardHelpOptions = true)
final class AddCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "FUNCTION", description = "The function's name.")
  private String name;

  @Mixin private ProjectOption project;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Link this folder: the function runs what stands there.")
  private @Nullable Path folder;

  @Option(
      names = "--template",
      paramLabel = "ID",
      description = "Start from a template, e.g. python-hello.")
  private @Nullable String template;

  @Option(names = "--runtime", paramLabel = "ID", description = "e.g. python3.12, nodejs22.x.")
  private @Nullable String runtime;

  @Option(names = "--handler", paramLabel = "H", description = "e.g. handler.handler.")
  private @Nullable String handler;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      defaultValue = "128",
      description = "128 to 10240; default 128.")
  private int memory;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      defaultValue = "3",
      description = "1 to 900 seconds; default 3.")
  private int timeout;

  @Option(
      names = "--env",
      paramLabel = "KEY=VALUE",
      description = "An environment variable; may be repeated.")
  private Map<String, String> environment = new LinkedHashMap<>();

  AddCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ProjectService projects = context.projects().get();
    @Nullable FunctionTemplate from = template == null ? null : template(projects, template);
    FunctionConfiguration configuration =
        new FunctionConfiguration(
            name,
            RuntimeIdentifier.parse(
                required("--runtime", runtime, from == null ? null : from.runtime())),
            required("--handler", handler, from == null ? null : from.handler()),
            memory,
            timeout,
            FunctionConfiguration.DEFAULT_EPHEMERAL_STORAGE_MB,
            Architecture.X86_64,
            environment);
    SourceLocation source =
        folder == null
            ? new SourceLocation.InProject()
            : new SourceLocation.LinkedFolder(folder.toAbsolutePath().normalize());
    try (ProjectSession session = context.open(project.file())) {
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
