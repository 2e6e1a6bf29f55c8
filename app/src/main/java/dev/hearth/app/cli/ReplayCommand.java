package dev.hearth.app.cli;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.InvocationService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Measurements;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Runs a past invocation again and says what is different. */
final class ReplayCommand implements Callable<Integer>, HearthCommand.Part {
  private final CommandContext context;
  private final PositionalParamSpec request =
      Model.argument(
          "REQUEST-ID", String.class, "The invocation, as hearth history --json shows it.");
  private final OptionSpec project = Model.project();
  private final OptionSpec trust = Model.trust();
  private final OptionSpec today =
      Model.flag("--today", "Run today's code instead of the version that ran.");
  private final OptionSpec json = Model.flag("--json", "One JSON object on standard output.");

  ReplayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(
        this,
        "Run a past invocation again, with the same event, configuration and source.",
        request,
        project,
        today,
        json,
        trust);
  }

  @Override
  public Integer call() {
    try (ProjectSession session = context.openToRun(project.getValue(), trust.getValue())) {
      String id = request.getValue();
      InvocationDetail past =
          session
              .history()
              .detail(id)
              .orElseThrow(
                  () ->
                      new HearthException(
                          HearthException.Kind.INPUT,
                          "There is no invocation %s in the history.".formatted(id)));
      InvocationService.Invocation call =
          session.invocations().replay(past, today.<Boolean>getValue());
      InvokeResult result = InvokeCommand.await(call.result());
      FunctionDefinition function = session.functions().get(past.record().functionName());
      boolean asJson = json.<Boolean>getValue();
      new InvocationReport(function, asJson, context).print(result);
      if (!asJson) {
        context.err().println(difference(past, result));
        context.err().flush();
      }
      return InvokeCommand.exitCode(result);
    }
  }

  /** One line: how it ended and how long it took, then and now. */
  private static String difference(InvocationDetail past, InvokeResult result) {
    InvocationRecord then = past.record();
    InvocationStatus now = InvocationStatus.of(result.outcome());
    Measurements measured = result.measurements();
    String answer =
        now != then.status()
            ? "ended with %s instead of %s"
                .formatted(HistoryQuery.statusWord(now), HistoryQuery.statusWord(then.status()))
            : Arrays.equals(past.response(), result.outcome().body())
                ? "the same answer"
                : "another answer";
    return "replay of %s: %s, %s, then %s"
        .formatted(
            then.requestId(),
            answer,
            took(measured == null ? -1 : measured.durationNanos()),
            took(then.durationNanos()));
  }

  private static String took(long nanos) {
    return nanos < 0 ? "not measured" : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
