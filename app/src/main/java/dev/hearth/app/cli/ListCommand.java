package dev.hearth.app.cli;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.ProjectSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lists what a project holds. */
final class ListCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;

  private final OptionSpec project = Model.project();

  private final OptionSpec json =
      Model.flag("--json", "One JSON object per function on a line of its own.");

  ListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(this, "List the functions and test events of a project.", project, json);
  }

  @Override
  public Integer call() {
    boolean json = this.json.getValue();
    try (ProjectSession session = context.open(project.getValue())) {
      for (FunctionDefinition function : session.functions().list()) {
        context.out().println(json ? asJson(function) : asText(function));
      }
      if (!json) {
        for (TestEvent event : session.events().list()) {
          context.out().printf("event     %-24s %s%n", event.name(), event.kind());
        }
      }
    }
    return ExitCode.OK;
  }

  private static String asText(FunctionDefinition function) {
    var configuration = function.configuration();
    return "function  %-24s %-16s %-32s %5d MB %4d s  %s"
        .formatted(
            function.name(),
            configuration.runtime().id(),
            configuration.handler(),
            configuration.memorySize(),
            configuration.timeout(),
            folder(function));
  }

  private static String asJson(FunctionDefinition function) {
    var configuration = function.configuration();
    try (JsonLine line = new JsonLine()) {
      return line.text("functionName", function.name())
          .text("runtime", configuration.runtime().id())
          .text("handler", configuration.handler())
          .number("memoryMb", configuration.memorySize())
          .number("timeoutSeconds", configuration.timeout())
          .text("architecture", configuration.architecture().id())
          .text(
              "folder",
              function.source() instanceof SourceLocation.LinkedFolder linked
                  ? linked.folder().toString()
                  : null)
          .line();
    }
  }

  private static String folder(FunctionDefinition function) {
    return switch (function.source()) {
      case SourceLocation.InProject() -> "in project";
      case SourceLocation.LinkedFolder(var path) -> path.toString();
    };
  }
}
