package dev.hearth.app.project;

import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.InitPhases;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Measurements;
import dev.hearth.runtime.function.DeployedFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads the final record and the waterfall of a call out of its result. */
final class EndedInvocation {
  private EndedInvocation() {}

  static InvocationRecord record(
      InvocationRecord open,
      InvokeResult result,
      long endedAt,
      InvocationAssembler.Numbering numbering,
      InvocationAssembler.Price price,
      ClockAnchor clock) {
    DeployedFunction function = result.function();
    Measurements m = result.measurements();
    String name = function == null ? open.functionName() : function.name();
    boolean ran = m != null && m.startedNanos() != 0;
    return new InvocationRecord(
        open.requestId(),
        numbering.functionId(name),
        name,
        function == null ? 0 : numbering.sourceVersion(name, function.code().sha256()),
        result.environmentId(),
        InvocationStatus.of(result.outcome()),
        errorType(result.outcome()),
        result.coldStart(),
        open.queuedAt(),
        ran ? clock.toEpochNanos(m.startedNanos()) : InvocationRecord.UNMEASURED,
        result.init() == null ? 0 : result.init().total(),
        m == null ? InvocationRecord.UNMEASURED : m.durationNanos(),
        m == null ? 0 : m.billedMillis(),
        function == null ? open.memoryMb() : function.configuration().memorySize(),
        m == null ? InvocationRecord.UNMEASURED : m.peakMemoryBytes(),
        m == null ? InvocationRecord.UNMEASURED : m.cpuNanos(),
        m == null || function == null
            ? 0
            : price.picoUsd(function.configuration(), m.billedMillis(), result.provisioned()));
  }

  /** Lambda's names (lifecycle.md section 3, invoke-api.md section 2 for the throttle). */
  private static @Nullable String errorType(InvokeOutcome outcome) {
    return switch (outcome) {
      case InvokeOutcome.FunctionError(String type, byte[] _) -> type;
      case InvokeOutcome.Crashed(String type, byte[] _) -> type;
      case InvokeOutcome.RestoreFailed(String type, byte[] _) -> type;
      case InvokeOutcome.TimedOut _ -> "Sandbox.Timedout";
      case InvokeOutcome.OutOfMemory _ -> "Runtime.OutOfMemory";
      case InvokeOutcome.Throttled _ -> "TooManyRequestsException";
      case InvokeOutcome.Succeeded _, InvokeOutcome.Cancelled _, InvokeOutcome.CouldNotRun _ ->
          null;
    };
  }

  /** What is kept as the response; for a call that never ran, the words that say why. */
  static byte[] body(InvokeOutcome outcome) {
    return switch (outcome) {
      case InvokeOutcome.CouldNotRun(String message) -> message.getBytes(StandardCharsets.UTF_8);
      case InvokeOutcome.Throttled(String reason) -> reason.getBytes(StandardCharsets.UTF_8);
      case InvokeOutcome.RestoreFailed failed when failed.payload().length == 0 ->
          failed.message().getBytes(StandardCharsets.UTF_8);
      default -> outcome.body();
    };
  }

  static List<TraceSpan> spans(
      InvocationRecord record, InvokeResult result, long endedAt, ClockAnchor clock) {
    List<TraceSpan> spans = new ArrayList<>(6);
    spans.add(
        new TraceSpan(
            TraceSpan.Kind.SERVICE,
            "Lambda \u00b7 " + record.functionName(),
            "service",
            0,
            record.queuedAt(),
            endedAt));
    DeployedFunction function = result.function();
    if (result.init() != null && function != null) {
      initSpans(spans, result.init(), function, clock);
    }
    Measurements m = result.measurements();
    if (m == null || m.startedNanos() == 0 || m.durationNanos() < 0 || function == null) {
      return List.copyOf(spans);
    }
    long invokeEnd = m.startedNanos() + m.durationNanos();
    spans.add(
        new TraceSpan(
            TraceSpan.Kind.INVOKE,
            "Invocation",
            function.configuration().handler(),
            0,
            clock.toEpochNanos(m.startedNanos()),
            clock.toEpochNanos(invokeEnd)));
    if (m.endedNanos() > invokeEnd) {
      spans.add(
          new TraceSpan(
              TraceSpan.Kind.OVERHEAD,
              "Overhead",
              "after the response",
              0,
              clock.toEpochNanos(invokeEnd),
              clock.toEpochNanos(m.endedNanos())));
    }
    return List.copyOf(spans);
  }

  private static void initSpans(
      List<TraceSpan> spans, InitPhases init, DeployedFunction function, ClockAnchor clock) {
    long start = clock.toEpochNanos(init.startedNanos());
    spans.add(
        new TraceSpan(
            TraceSpan.Kind.INIT, "Initialization", "cold start", 0, start, start + init.total()));
    String runtime = function.configuration().runtime().id();
    long at = phase(spans, "process start", function.name(), start, init.processStart());
    at = phase(spans, "runtime boot", runtime, at, init.runtimeBoot());
    phase(spans, "import handler", function.configuration().handler(), at, init.handlerImport());
  }

  private static long phase(
      List<TraceSpan> spans, String name, String detail, long start, long nanos) {
    if (nanos <= 0) {
      return start;
    }
    spans.add(new TraceSpan(TraceSpan.Kind.INIT, name, detail, 1, start, start + nanos));
    return start + nanos;
  }

  /** Both lists are in order of time; so is the result. */
  static <T> List<T> merge(List<T> first, List<T> second, ToLongFunction<T> time) {
    if (first.isEmpty()) {
      return second;
    }
    List<T> all = new ArrayList<>(first.size() + second.size());
    all.addAll(first);
    all.addAll(second);
    all.sort(Comparator.comparingLong(time));
    return all;
  }
}
