package dev.hearth.app.cli;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.ProjectSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what a project holds. */
@Command(
    name = "list",
    description = "List the functions and test events of a project.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private ProjectOption project;

  @Option(names = "--json", description = "One JSON object per function on a line of its own.")
  private boolean json;

  ListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (ProjectSession session = context.open(project.file())) {
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
