package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.Measurements;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.LogLevel;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the platform's events in their schema (runtime-api.md section 5). */
final class PlatformEvents {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final DeployedFunction function;
  private final String instanceId;
  private final String initializationType;
  private final ClockAnchor clock = ClockAnchor.now();

  /**
   * @param instanceId the name of the log stream
   * @param initializationType {@code on-demand} or another of Lambda's
   */
  PlatformEvents(DeployedFunction function, String instanceId, String initializationType) {
    this.function = function;
    this.instanceId = instanceId;
    this.initializationType = initializationType;
  }

  /** {@code 2022-10-12T00:00:15.064Z}. */
  String time(long nanos) {
    return TIME.format(clock.toInstant(nanos));
  }

  PlatformEvent initStart(long nanos, String phase, String runtimeVersion, String versionArn) {
    String text =
        "INIT_START Runtime Version: " + runtimeVersion + "\tRuntime Version ARN: " + versionArn;
    return new PlatformEvent(
        nanos,
        PlatformEvent.INIT_START,
        LogLevel.INFO,
        text,
        () ->
            object()
                .put("initializationType", initializationType)
                .put("phase", phase)
                .put("functionName", function.name())
                .put("functionVersion", function.version())
                .put("instanceId", instanceId)
                .put("instanceMaxMemory", (long) function.configuration().memorySize() << 20)
                .put("runtimeVersion", runtimeVersion)
                .put("runtimeVersionArn", versionArn));
  }

  PlatformEvent initRuntimeDone(long nanos, String phase, InitOutcome outcome) {
    boolean ready = outcome instanceof InitOutcome.Ready;
    return new PlatformEvent(
        nanos,
        "platform.initRuntimeDone",
        ready ? LogLevel.DEBUG : LogLevel.WARN,
        "",
        () -> init(phase, outcome));
  }

  /** The end of init; its text is for failures only. */
  PlatformEvent initReport(long nanos, String phase, InitOutcome outcome, long durationNanos) {
    boolean ready = outcome instanceof InitOutcome.Ready;
    boolean always = !initializationType.equals("on-demand");
    String text = "";
    if (!ready) {
      text =
          ReportLine.init(
              durationNanos, phase, Failures.initStatus(outcome), Failures.initErrorType(outcome));
    } else if (always) {
      text = ReportLine.init(durationNanos, phase, null, null);
    }
    LogLevel level = ready ? always ? LogLevel.INFO : LogLevel.DEBUG : LogLevel.WARN;
    return new PlatformEvent(
        nanos,
        "platform.initReport",
        level,
        text,
        () -> {
          ObjectNode record = init(phase, outcome);
          record.putObject("metrics").put("durationMs", millis(durationNanos));
          return record;
        });
  }

  private ObjectNode init(String phase, InitOutcome outcome) {
    ObjectNode record = object().put("initializationType", initializationType).put("phase", phase);
    return status(record, outcome);
  }

  private static ObjectNode status(ObjectNode record, InitOutcome outcome) {
    boolean ready = outcome instanceof InitOutcome.Ready;
    record.put("status", ready ? "success" : Failures.initStatus(outcome));
    String errorType = Failures.initErrorType(outcome);
    if (!ready) {
      // A timeout has no type of its own there.
      record.put("errorType", errorType == null ? "Runtime.Unknown" : errorType);
    }
    return record;
  }

  PlatformEvent restoreStart(long nanos, String runtimeVersion, String versionArn) {
    return new PlatformEvent(
        nanos,
        "platform.restoreStart",
        LogLevel.INFO,
        "RESTORE_START Runtime Version: " + runtimeVersion + "\tRuntime Version ARN: " + versionArn,
        () ->
            object()
                .put("functionName", function.name())
                .put("functionVersion", function.version())
                .put("instanceId", instanceId)
                .put("instanceMaxMemory", (long) function.configuration().memorySize() << 20)
                .put("runtimeVersion", runtimeVersion)
                .put("runtimeVersionArn", versionArn));
  }

  PlatformEvent restoreRuntimeDone(long nanos, InitOutcome outcome) {
    boolean ready = outcome instanceof InitOutcome.Ready;
    return new PlatformEvent(
        nanos,
        "platform.restoreRuntimeDone",
        ready ? LogLevel.DEBUG : LogLevel.WARN,
        "",
        () -> status(object(), outcome));
  }

  /** The end of a restore; its text is for failures only. */
  PlatformEvent restoreReport(long nanos, InitOutcome outcome, long durationNanos) {
    boolean ready = outcome instanceof InitOutcome.Ready;
    String text =
        ready
            ? ""
            : ReportLine.restore(
                durationNanos, Failures.initStatus(outcome), Failures.initErrorType(outcome));
    return new PlatformEvent(
        nanos,
        "platform.restoreReport",
        ready ? LogLevel.INFO : LogLevel.WARN,
        text,
        () -> {
          ObjectNode record = status(object(), outcome);
          record.putObject("metrics").put("durationMs", millis(durationNanos));
          return record;
        });
  }

  PlatformEvent extension(long nanos, Extension extension) {
    return new PlatformEvent(
        nanos,
        "platform.extension",
        extension.errorType == null ? LogLevel.INFO : LogLevel.WARN,
        ReportLine.extension(extension),
        () -> {
          ObjectNode record =
              object().put("name", extension.name).put("state", extension.state.lambdaName());
          ArrayNode events = record.putArray("events");
          extension.eventNames().forEach(events::add);
          if (extension.errorType != null) {
            record.put("errorType", extension.errorType);
          }
          return record;
        });
  }

  PlatformEvent start(long nanos, Invocation invocation) {
    return new PlatformEvent(
        nanos,
        "platform.start",
        LogLevel.INFO,
        ReportLine.start(invocation.requestId(), function.version()),
        () -> call(invocation, true));
  }

  /** The runtime is back, or has failed. */
  PlatformEvent runtimeDone(long nanos, Invocation invocation, Completion end) {
    return new PlatformEvent(
        nanos,
        "platform.runtimeDone",
        end.status() == null ? LogLevel.DEBUG : LogLevel.WARN,
        "",
        () -> {
          ObjectNode record = call(invocation, false);
          status(record, end);
          record
              .putObject("metrics")
              .put("durationMs", millis(nanos - invocation.startedNanos()))
              .put("producedBytes", end.producedBytes());
          if (end.firstByteNanos() > 0) {
            ArrayNode spans = record.putArray("spans");
            span(spans, "responseLatency", invocation.startedNanos(), end.firstByteNanos());
            span(spans, "responseDuration", end.firstByteNanos(), end.nanos());
            span(spans, "runtimeOverhead", end.nanos(), nanos);
          }
          return record;
        });
  }

  PlatformEvent end(long nanos, Invocation invocation) {
    return new PlatformEvent(
        nanos,
        PlatformEvent.END,
        LogLevel.INFO,
        ReportLine.end(invocation.requestId()),
        () -> object().put("requestId", invocation.requestId()));
  }

  /**
   * The numbers of a call.
   *
   * @param end says how it ended
   * @param cold the cold start that is billed with it
   * @param extensionsFrom when only extensions were still at work; 0 when there are none
   */
  PlatformEvent report(
      Invocation invocation,
      Measurements measured,
      Completion end,
      ColdStart cold,
      long extensionsFrom) {
    return new PlatformEvent(
        measured.endedNanos(),
        "platform.report",
        end.status() == null ? LogLevel.INFO : LogLevel.WARN,
        ReportLine.report(
            invocation.requestId(), measured, function.configuration().memorySize(), cold, end),
        () -> {
          ObjectNode record = call(invocation, false);
          status(record, end);
          ObjectNode metrics =
              record
                  .putObject("metrics")
                  .put("durationMs", millis(measured.durationNanos()))
                  .put("billedDurationMs", measured.billedMillis())
                  .put("memorySizeMB", function.configuration().memorySize());
          if (measured.peakMemoryBytes() >= 0) {
            metrics.put("maxMemoryUsedMB", ReportLine.megabytes(measured.peakMemoryBytes()));
          }
          if (cold.restoreNanos() >= 0) {
            metrics.put("restoreDurationMs", millis(cold.restoreNanos()));
            metrics.put("billedRestoreDurationMs", cold.billedRestoreMillis());
          } else if (cold.initNanos() >= 0) {
            metrics.put("initDurationMs", millis(cold.initNanos()));
          }
          if (extensionsFrom > 0) {
            span(
                record.putArray("spans"),
                "extensionOverhead",
                extensionsFrom,
                measured.endedNanos());
          }
          return record;
        });
  }

  PlatformEvent subscription(long nanos, String name, boolean legacy, List<String> types) {
    String type = legacy ? "platform.logsSubscription" : "platform.telemetrySubscription";
    List<String> shown = types.stream().map(PlatformEvents::capitalized).toList();
    return new PlatformEvent(
        nanos,
        type,
        LogLevel.INFO,
        "%s\tName: %s\tState: Subscribed\tTypes: [%s]"
            .formatted(legacy ? "LOGS" : "TELEMETRY", name, String.join(", ", shown)),
        () -> {
          ObjectNode record = object().put("name", name).put("state", "Subscribed");
          ArrayNode array = record.putArray("types");
          types.forEach(array::add);
          return record;
        });
  }

  private ObjectNode call(Invocation invocation, boolean start) {
    ObjectNode record = object().put("requestId", invocation.requestId());
    if (start) {
      record.put("version", function.version());
    }
    String trace = invocation.origin().traceId();
    if (!trace.isEmpty()) {
      record.putObject("tracing").put("type", "X-Amzn-Trace-Id").put("value", trace);
    }
    String tenant = invocation.origin().tenantId();
    if (tenant != null) {
      record.put("tenantId", tenant);
    }
    return record;
  }

  private static void status(ObjectNode record, Completion end) {
    record.put("status", end.status() == null ? "success" : end.status());
    if (end.errorType() != null) {
      record.put("errorType", end.errorType());
    }
  }

  private void span(ArrayNode spans, String name, long from, long to) {
    spans
        .addObject()
        .put("name", name)
        .put("start", time(from))
        .put("durationMs", millis(Math.max(0, to - from)));
  }

  /** Milliseconds with three decimals. */
  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An event in its envelope. */
  ObjectNode envelope(PlatformEvent event) {
    ObjectNode whole = object().put("time", time(event.nanos())).put("type", event.type());
    whole.set("record", event.record().get());
    return whole;
  }
}
