package dev.hearth.app.cli;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.service.ProjectSession;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Prints the stored invocations of a project. */
final class HistoryCommand implements Callable<Integer>, HearthCommand.Part {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final long NANOS = 1_000_000_000L;

  private final CommandContext context;

  private final OptionSpec project = Model.project();

  private final OptionSpec json =
      Model.flag("--json", "One JSON object per invocation on a line of its own.");
  private final OptionSpec limit =
      Model.number("--limit", "N", 1000, "The newest N; default 1000.");

  HistoryCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(this, "Print the stored invocations, oldest first.", project, json, limit);
  }

  @Override
  public Integer call() {
    boolean json = this.json.getValue();
    try (ProjectSession session = context.open(project.getValue())) {
      for (InvocationRecord record : session.history().recent(limit.getValue())) {
        context.out().println(json ? asJson(record) : asText(record));
      }
    }
    return ExitCode.OK;
  }

  private static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(epochNanos / NANOS, epochNanos % NANOS);
  }

  private static String asText(InvocationRecord record) {
    return "%s  %-20s %-13s %-4s %10s  billed %5d ms  %10s  $%s  %s"
        .formatted(
            TIME.format(instant(record.queuedAt())),
            record.functionName(),
            record.status().name().toLowerCase(Locale.ROOT),
            record.coldStart() ? "cold" : "warm",
            record.durationNanos() < 0
                ? "not measured"
                : String.format(Locale.ROOT, "%.2f ms", record.durationNanos() / 1e6),
            record.billedMillis(),
            record.peakMemoryBytes() < 0
                ? "not measured"
                : Math.ceilDiv(record.peakMemoryBytes(), 1L << 20) + " MB",
            BigDecimal.valueOf(record.costPicoUsd(), 12).toPlainString(),
            record.errorType() == null ? "" : record.errorType());
  }

  private static String asJson(InvocationRecord record) {
    try (JsonLine line = new JsonLine()) {
      return line.text("requestId", record.requestId())
          .text("functionName", record.functionName())
          .number("sourceVersion", record.sourceVersion())
          .text("status", record.status().name().toLowerCase(Locale.ROOT))
          .text("errorType", record.errorType())
          .flag("coldStart", record.coldStart())
          .text("queuedAt", instant(record.queuedAt()).toString())
          .millis("initMs", record.initNanos())
          .millis("durationMs", record.durationNanos())
          .number("billedMs", record.billedMillis())
          .megabytes("maxMemoryMb", record.peakMemoryBytes())
          .number("memoryMb", record.memoryMb())
          .dollars("costUsd", record.costPicoUsd())
          .text("environmentId", record.environmentId())
          .line();
    }
  }
}
