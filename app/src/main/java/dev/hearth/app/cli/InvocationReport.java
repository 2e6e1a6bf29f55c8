package dev.hearth.app.cli;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.runtime.cost.PriceList;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Measurements;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Prints the results of {@code hearth invoke}; calls may come from several threads. */
final class InvocationReport {
  private final FunctionDefinition function;
  private final boolean json;
  private final CommandContext context;

  InvocationReport(FunctionDefinition function, boolean json, CommandContext context) {
    this.function = function;
    this.json = json;
    this.context = context;
  }

  synchronized void print(InvokeResult result) {
    if (json) {
      context.out().println(asJson(result));
      return;
    }
    switch (result.outcome()) {
      case InvokeOutcome.CouldNotRun(String message) -> context.err().println("hearth: " + message);
      case InvokeOutcome.Throttled(String reason) ->
          context.err().println("hearth: throttled: " + reason);
      case InvokeOutcome.Cancelled() -> context.err().println("hearth: cancelled");
      default -> context.out().println(new String(result.outcome().body(), StandardCharsets.UTF_8));
    }
    context.err().print(result.logTail());
    context.err().flush();
  }

  private String asJson(InvokeResult result) {
    Measurements measured = result.measurements();
    InvocationStatus status = InvocationStatus.of(result.outcome());
    long billed = measured == null ? 0 : measured.billedMillis();
    try (JsonLine line = new JsonLine()) {
      line.text("requestId", result.requestId())
          .text("status", status.name().toLowerCase(Locale.ROOT))
          .flag("coldStart", result.coldStart())
          .millis("initMs", result.init() == null ? 0 : result.init().total())
          .millis("durationMs", measured == null ? -1 : measured.durationNanos())
          .number("billedMs", billed)
          .megabytes("maxMemoryMb", measured == null ? -1 : measured.peakMemoryBytes())
          .number("memoryMb", function.configuration().memorySize())
          .dollars(
              "costUsd",
              measured == null
                  ? 0
                  : PriceList.current()
                      .invocationCostPicoUsd(
                          function.configuration(), billed, result.provisioned()));
      switch (result.outcome()) {
        case InvokeOutcome.Succeeded(byte[] payload) -> line.payload("response", payload);
        case InvokeOutcome.CouldNotRun(String message) -> line.text("error", message);
        case InvokeOutcome.Throttled(String reason) -> line.text("error", reason);
        case InvokeOutcome.Cancelled() -> line.text("error", "Cancelled");
        default -> line.payload("error", result.outcome().body());
      }
      return line.text("logTail", result.logTail()).line();
    }
  }
}
