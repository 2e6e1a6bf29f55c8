package dev.hearth.app.cli;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectService.FunctionTemplate;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.NetworkAccess;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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

  private final OptionSpec network =
      Model.value(
              "--network",
              "ACCESS",
              "open, loopback (services of this machine) or none; default open.")
          .type(String.class)
          .defaultValue(NetworkAccess.OPEN.id())
          .build();
  private final OptionSpec secret =
      Model.value(
              "--secret",
              "NAME",
              "A secret variable with the value that NAME has in this shell; may be repeated.")
          .type(List.class)
          .auxiliaryTypes(String.class)
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
        environment,
        secret,
        network);
  }

  @Override
  public Integer call() {
    @Nullable String template = this.template.getValue();
    @Nullable Path folder = this.folder.getValue();
    Map<String, String> secrets = secrets();
    Map<String, String> variables = new HashMap<>(secrets);
    @Nullable Map<String, String> plain = this.environment.getValue();
    if (plain != null) {
      variables.putAll(plain);
    }
    ProjectService projects = context.projects().get();
    @Nullable FunctionTemplate from = template == null ? null : template(projects, template);
    FunctionConfiguration configuration =
        new FunctionConfiguration(
                name.getValue(),
                RuntimeIdentifier.parse(
                    required(
                        "--runtime", runtime.getValue(), from == null ? null : from.runtime())),
                required("--handler", handler.getValue(), from == null ? null : from.handler()),
                memory.getValue(),
                timeout.getValue(),
                FunctionConfiguration.DEFAULT_EPHEMERAL_STORAGE_MB,
                Architecture.X86_64,
                Map.of())
            .withEnvironment(variables)
            .withSecrets(secrets.keySet())
            .withNetwork(NetworkAccess.parse(network.getValue()))
            .withFittingHandler();
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

  /** Not typed on the command line, where every user of the machine could read them. */
  private Map<String, String> secrets() {
    @Nullable List<String> names = secret.getValue();
    Map<String, String> values = new HashMap<>();
    for (String name : names == null ? List.<String>of() : names) {
      String value = System.getenv(name);
      if (value == null) {
        throw new HearthException(
            HearthException.Kind.INPUT,
            "--secret %s takes its value from this shell, where %s is not set. Export it first."
                .formatted(name, name));
      }
      values.put(name, value);
    }
    return values;
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
