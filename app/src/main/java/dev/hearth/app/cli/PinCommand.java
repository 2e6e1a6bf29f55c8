package dev.hearth.app.cli;

import dev.hearth.app.project.Pin;
import dev.hearth.app.service.ProjectSession;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Keeps a past invocation as a test. */
final class PinCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;
  private final PositionalParamSpec request =
      Model.argument(
          "REQUEST-ID", String.class, "The invocation, as hearth history --json shows it.");
  private final OptionSpec project = Model.project();
  private final OptionSpec name =
      Model.text("--name", "NAME", "The pin's name; default the function and the id's start.");

  PinCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(
        this, "Keep a past invocation as a test for hearth test.", request, project, name);
  }

  @Override
  public Integer call() {
    try (ProjectSession session = context.open(project.getValue())) {
      String id = request.getValue();
      @Nullable String wanted = name.getValue();
      Pin pin = session.pins().pin(id, wanted == null ? suggested(session, id) : wanted);
      context
          .out()
          .printf(
              Locale.ROOT,
              "Pinned \"%s\": %s, at most %.0f ms%n",
              pin.name(),
              pin.functionName(),
              pin.mostNanos() / 1e6);
      return ExitCode.OK;
    }
  }

  private static String suggested(ProjectSession session, String id) {
    String function =
        session.history().detail(id).map(detail -> detail.record().functionName()).orElse("pin");
    return function + "-" + id.substring(0, Math.min(4, id.length()));
  }
}
