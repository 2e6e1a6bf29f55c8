package dev.hearth.app.project;

import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.ImportTimes;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Measurements;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the stream of {@link RuntimeEvent}s into the records that are stored and shown, so that the
 * history and the window say the same about a call. It holds only what is under way; the caller
 * owns its thread: use one instance from one thread at a time.
 */
public final class InvocationAssembler {
  /** Receives what the events add up to. */
  public interface Listener {
    /** A call was accepted (PENDING), is being served (RUNNING) or has ended. */
    void onRecord(InvocationRecord record);

    /** All that is known of a call that has ended; follows its last record. */
    void onDetail(InvocationDetail detail);

    /** A call that has ended was told of by its handler's instrumentation only now. */
    void onLateSpans(String requestId, List<TraceSpan> spans);

    /** An environment was started, has initialised or is gone. */
    void onEnvironment(EnvironmentRecord record);
  }

  /** Finds what the project calls a deployed function. */
  public interface Numbering {
    /** The project's id of a function; 0 when the project has none of that name. */
    long functionId(String functionName);

    /** The number of the source version with this hash; 0 when unknown. */
    int sourceVersion(String functionName, String sha256);
  }

  /** What one call would have cost on Lambda, in 10^-12 dollars. */
  @FunctionalInterface
  public interface Price {
    /**
     * @param provisioned whether the environment was kept ready
     */
    long picoUsd(FunctionConfiguration configuration, long billedMillis, boolean provisioned);
  }

  /** More output between two calls of an environment is cut from the front. */
  private static final int MAX_UNCLAIMED = 10_000;

  private final ClockAnchor clock;
  private final Numbering numbering;
  private final Price price;
  private final Listener listener;
  private final Map<String, OpenInvocation> invocations = new HashMap<>();
  private final Map<String, OpenEnvironment> environments = new HashMap<>();

  public InvocationAssembler(
      ClockAnchor clock, Numbering numbering, Price price, Listener listener) {
    this.clock = clock;
    this.numbering = numbering;
    this.price = price;
    this.listener = listener;
  }

  /** Takes the next event, in the order of publication. */
  public void accept(RuntimeEvent event) {
    switch (event) {
      case RuntimeEvent.InvokeQueued queued -> queued(queued);
      case RuntimeEvent.InvokeStarted started -> started(started);
      case RuntimeEvent.LogLine line -> logLine(line);
      case RuntimeEvent.MemorySample sample -> memorySample(sample);
      case RuntimeEvent.SpansReceived received -> spansReceived(received);
      case RuntimeEvent.InvokeDone done -> done(done);
      case RuntimeEvent.EnvironmentStarted started -> environmentStarted(started);
      case RuntimeEvent.ImportsMeasured measured -> importsMeasured(measured);
      case RuntimeEvent.InitDone done -> initDone(done);
      case RuntimeEvent.EnvironmentGone gone -> environmentGone(gone);
      case RuntimeEvent.EnvironmentStateChanged _ -> {}
    }
  }

  /** The calls that have not ended, as they stand. */
  public List<InvocationRecord> open() {
    return invocations.values().stream().map(OpenInvocation::record).toList();
  }

  /**
   * What is known so far of a call that has not ended: its event, log and memory up to now; null
   * when it has ended or is unknown.
   */
  public @Nullable InvocationDetail openDetail(String requestId) {
    OpenInvocation open = invocations.get(requestId);
    if (open == null) {
      return null;
    }
    OpenEnvironment environment = environments.get(open.record().environmentId());
    return open.detail(environment, open.spans, new byte[0], clock);
  }

  private void queued(RuntimeEvent.InvokeQueued event) {
    InvocationRecord record = pending(event);
    invocations.put(event.requestId(), new OpenInvocation(record, event.payload()));
    listener.onRecord(record);
  }

  private InvocationRecord pending(RuntimeEvent.InvokeQueued event) {
    return new InvocationRecord(
        event.requestId(),
        numbering.functionId(event.functionName()),
        event.functionName(),
        0,
        null,
        InvocationStatus.PENDING,
        null,
        false,
        clock.toEpochNanos(event.nanos()),
        InvocationRecord.UNMEASURED,
        0,
        InvocationRecord.UNMEASURED,
        0,
        0,
        InvocationRecord.UNMEASURED,
        InvocationRecord.UNMEASURED,
        0);
  }

  private void started(RuntimeEvent.InvokeStarted event) {
    OpenInvocation open = invocations.get(event.requestId());
    if (open == null) {
      return;
    }
    open.configuration = event.function().configuration();
    String name = event.function().name();
    InvocationRecord before = open.record();
    open.update(
        new InvocationRecord(
            before.requestId(),
            numbering.functionId(name),
            name,
            numbering.sourceVersion(name, event.function().code().sha256()),
            event.environmentId(),
            InvocationStatus.RUNNING,
            null,
            event.coldStart(),
            before.queuedAt(),
            clock.toEpochNanos(event.nanos()),
            0,
            InvocationRecord.UNMEASURED,
            0,
            event.function().configuration().memorySize(),
            InvocationRecord.UNMEASURED,
            InvocationRecord.UNMEASURED,
            0));
    listener.onRecord(open.record());
  }

  private void logLine(RuntimeEvent.LogLine event) {
    LogEntry entry = new LogEntry(clock.toEpochNanos(event.nanos()), event.stream(), event.text());
    OpenInvocation open = event.requestId() == null ? null : invocations.get(event.requestId());
    if (open != null) {
      open.log.add(entry);
    } else if (environments.get(event.environmentId()) instanceof OpenEnvironment environment) {
      addBounded(environment.log, entry);
    }
  }

  private void memorySample(RuntimeEvent.MemorySample event) {
    MemoryPoint point = new MemoryPoint(clock.toEpochNanos(event.nanos()), event.bytes());
    OpenInvocation open = event.requestId() == null ? null : invocations.get(event.requestId());
    if (open != null) {
      open.memory.add(point);
    } else if (environments.get(event.environmentId()) instanceof OpenEnvironment environment) {
      addBounded(environment.memory, point);
    }
  }

  private void spansReceived(RuntimeEvent.SpansReceived event) {
    List<TraceSpan> spans = ReportedSpans.of(event.spans(), clock);
    OpenInvocation open = invocations.get(event.requestId());
    // A retry has the request id of the attempt before it, which may be the one that is told of.
    boolean isOfOpen =
        open != null && spans.stream().anyMatch(s -> s.endAt() >= open.record().queuedAt());
    if (isOfOpen) {
      open.spans = ReportedSpans.merge(open.spans, spans);
    } else {
      listener.onLateSpans(event.requestId(), spans);
    }
  }

  private static <T> void addBounded(List<T> list, T item) {
    if (list.size() >= MAX_UNCLAIMED) {
      list.subList(0, MAX_UNCLAIMED / 2).clear();
    }
    list.add(item);
  }

  private void done(RuntimeEvent.InvokeDone event) {
    InvokeResult result = event.result();
    OpenInvocation open = invocations.remove(result.requestId());
    if (open == null) {
      open = unseen(result, event.nanos());
    }
    OpenEnvironment environment = environments.get(result.environmentId());
    open.update(
        EndedInvocation.record(
            open.record(), result, clock.toEpochNanos(event.nanos()), numbering, price, clock));
    List<TraceSpan> spans =
        EndedInvocation.spans(open.record(), result, clock.toEpochNanos(event.nanos()), clock);
    InvocationDetail detail =
        open.detail(
            environment,
            ReportedSpans.merge(spans, open.spans),
            EndedInvocation.body(result.outcome()),
            clock);
    if (environment != null) {
      environment.log.clear();
      environment.memory.clear();
      environment.imports = null;
    }
    listener.onRecord(open.record());
    listener.onDetail(detail);
  }

  /** A listener that can't keep up may miss the start of a call; its end says enough. */
  private OpenInvocation unseen(InvokeResult result, long endNanos) {
    Measurements m = result.measurements();
    String name = result.function() == null ? "" : result.function().name();
    RuntimeEvent.InvokeQueued queued =
        new RuntimeEvent.InvokeQueued(
            m == null ? endNanos : m.queuedNanos(), result.requestId(), name, new byte[0]);
    return new OpenInvocation(pending(queued), queued.payload());
  }

  private void environmentStarted(RuntimeEvent.EnvironmentStarted event) {
    EnvironmentRecord record =
        new EnvironmentRecord(
            event.environmentId(),
            event.function().name(),
            event.function().configuration().memorySize(),
            clock.toEpochNanos(event.nanos()),
            0,
            0,
            null);
    environments.put(event.environmentId(), new OpenEnvironment(record));
    listener.onEnvironment(record);
  }

  private void importsMeasured(RuntimeEvent.ImportsMeasured event) {
    OpenEnvironment environment = environments.get(event.environmentId());
    if (environment != null) {
      environment.imports = event.times();
    }
  }

  private void initDone(RuntimeEvent.InitDone event) {
    OpenEnvironment environment = environments.get(event.environmentId());
    if (environment == null || environment.record.initEndedAt() != 0) {
      return; // a repeated init belongs to its call (lifecycle.md section 2)
    }
    EnvironmentRecord r = environment.record;
    environment.record =
        new EnvironmentRecord(
            r.environmentId(),
            r.functionName(),
            r.memoryMb(),
            r.startedAt(),
            clock.toEpochNanos(event.nanos()),
            r.goneAt(),
            r.goneReason());
    listener.onEnvironment(environment.record);
  }

  private void environmentGone(RuntimeEvent.EnvironmentGone event) {
    OpenEnvironment environment = environments.remove(event.environmentId());
    if (environment == null) {
      return;
    }
    EnvironmentRecord r = environment.record;
    listener.onEnvironment(
        new EnvironmentRecord(
            r.environmentId(),
            r.functionName(),
            r.memoryMb(),
            r.startedAt(),
            r.initEndedAt(),
            clock.toEpochNanos(event.nanos()),
            event.reason().text()));
  }

  /** A call under way. */
  private static final class OpenInvocation {
    private InvocationRecord record;
    private final byte[] payload;
    private final List<LogEntry> log = new ArrayList<>(4);
    private final List<MemoryPoint> memory = new ArrayList<>(2);
    private List<TraceSpan> spans = List.of();
    private @Nullable FunctionConfiguration configuration;

    OpenInvocation(InvocationRecord record, byte[] payload) {
      this.record = record;
      this.payload = payload;
    }

    InvocationRecord record() {
      return record;
    }

    void update(InvocationRecord next) {
      record = next;
    }

    InvocationDetail detail(
        @Nullable OpenEnvironment environment,
        List<TraceSpan> spans,
        byte[] response,
        ClockAnchor clock) {
      List<LogEntry> allLog = log;
      List<MemoryPoint> allMemory = memory;
      if (environment != null) {
        allLog = EndedInvocation.merge(environment.log, log, LogEntry::at);
        allMemory = EndedInvocation.merge(environment.memory, memory, MemoryPoint::at);
      }
      return new InvocationDetail(
          record,
          payload,
          response,
          List.copyOf(allLog),
          spans,
          List.copyOf(allMemory),
          configuration,
          ImportedModules.of(environment == null ? null : environment.imports, clock));
    }
  }

  /** An environment that lives, with what it said and used outside of any call. */
  private static final class OpenEnvironment {
    private EnvironmentRecord record;
    private final List<LogEntry> log = new ArrayList<>();
    private final List<MemoryPoint> memory = new ArrayList<>();
    private @Nullable ImportTimes imports;

    OpenEnvironment(EnvironmentRecord record) {
      this.record = record;
    }
  }
}
