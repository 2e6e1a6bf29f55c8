package dev.hearth.app.cli;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.query.GroupKey;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.QueryParser;
import dev.hearth.app.project.query.QueryTimes;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.service.ProjectSession;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  private final OptionSpec query =
      Model.text(
          "--query",
          "QUERY",
          "Only what this asks for, e.g. status:error cold:true duration>100ms memory>80%%"
              + " function:orders \"A-1042\" after:-2h");
  private final OptionSpec sort =
      Model.text(
          "--sort",
          "KEY",
          "What stands last: the newest (time), or the largest duration, memory, cost, ...");

  private final OptionSpec group =
      Model.text(
          "--group",
          "KEY",
          "Figures by function, status, error, start, version, environment or hour instead.");

  HistoryCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return Model.command(
        this,
        "Print the stored invocations, oldest first.",
        project,
        json,
        limit,
        query,
        sort,
        group);
  }

  @Override
  public Integer call() {
    boolean json = this.json.getValue();
    @Nullable String by = group.getValue();
    try (ProjectSession session = context.open(project.getValue())) {
      if (by != null) {
        GroupKey key = named("--group", by, GroupKey.values());
        session.history().groups(query(), key).forEach(g -> context.out().println(asText(g)));
        return ExitCode.OK;
      }
      for (InvocationRecord record : records(session.history())) {
        context.out().println(json ? asJson(record) : asText(record));
      }
    }
    return ExitCode.OK;
  }

  private List<InvocationRecord> records(HistoryService history) {
    @Nullable String asked = query.getValue();
    @Nullable String order = sort.getValue();
    SortOrder.Key key =
        order == null ? SortOrder.Key.TIME : named("--sort", order, SortOrder.Key.values());
    int most = limit.getValue();
    if (asked == null && key == SortOrder.Key.TIME) {
      return history.recent(most);
    }
    long[] found = history.search(query(), new SortOrder(key, true)).positions();
    long[] page = Arrays.copyOf(found, Math.min(most, found.length));
    return history.records(page).reversed();
  }

  private HistoryQuery query() {
    @Nullable String asked = query.getValue();
    QueryParser.Parsed parsed = QueryParser.parse(asked == null ? "" : asked, QueryTimes.here());
    String problem = parsed.problem();
    if (problem != null) {
      throw new HearthException(HearthException.Kind.INPUT, problem);
    }
    return parsed.query();
  }

  private static <E extends Enum<E>> E named(String option, String name, E[] known) {
    for (E each : known) {
      if (each.name().equalsIgnoreCase(name)) {
        return each;
      }
    }
    throw new HearthException(
        HearthException.Kind.INPUT,
        "%s knows no \"%s\". Use one of %s."
            .formatted(option, name, Arrays.toString(known).toLowerCase(Locale.ROOT)));
  }

  private static String asText(GroupSummary g) {
    return "%-28s %9d calls  %6d cold  %6d errors  p50 %10s  p90 %10s  p99 %10s  %10s  $%s"
        .formatted(
            g.key().isEmpty() ? "-" : g.key(),
            g.calls(),
            g.cold(),
            g.errors(),
            ms(g.p50Nanos()),
            ms(g.p90Nanos()),
            ms(g.p99Nanos()),
            g.peakMemoryBytes() < 0
                ? "not measured"
                : Math.ceilDiv(g.peakMemoryBytes(), 1L << 20) + " MB",
            BigDecimal.valueOf(g.costPicoUsd(), 12).toPlainString());
  }

  private static String ms(long nanos) {
    return nanos < 0 ? "not measured" : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
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
