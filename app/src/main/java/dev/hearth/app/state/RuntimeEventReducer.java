package dev.hearth.app.state;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationAssembler;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.InitPhases;
import dev.hearth.runtime.event.RuntimeEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Applies what happens in the local Lambda to the observable state of the window. Events come one
 * by one; lists and revisions change once per {@link #flush()}, so that ten thousand calls cost
 * each listener as many changes as there were pulses. FX thread only.
 */
public final class RuntimeEventReducer implements InvocationAssembler.Listener {
  private final WorkbenchState state;
  private final ClockAnchor clock;
  private final InvocationAssembler assembler;
  private final Map<InvocationFeed.Attempt, InvocationRecord> changed = new LinkedHashMap<>();
  private final List<InvocationRecord> ended = new ArrayList<>();
  private long at;

  /**
   * @param clock the one that the events' times belong to
   * @param assemblers makes the project's assembler around a listener
   */
  public RuntimeEventReducer(
      WorkbenchState state,
      ClockAnchor clock,
      Function<InvocationAssembler.Listener, InvocationAssembler> assemblers) {
    this.state = state;
    this.clock = clock;
    assembler = assemblers.apply(this);
    state.invocations().setOpenDetails(assembler::openDetail);
  }

  /** Takes the next event, in the order of publication; it shows with the next {@link #flush()}. */
  public void apply(RuntimeEvent event) {
    at = clock.toEpochNanos(event.nanos());
    assembler.accept(event);
    TimelineModel timeline = state.timeline();
    switch (event) {
      case RuntimeEvent.EnvironmentStarted e ->
          timeline.started(e.environmentId(), e.sandbox(), e.notes(), at);
      case RuntimeEvent.InitDone e -> initDone(e);
      case RuntimeEvent.EnvironmentStateChanged e ->
          timeline.state(e.environmentId(), e.state(), at);
      case RuntimeEvent.MemorySample e -> timeline.memory(e.environmentId(), at, e.bytes());
      case RuntimeEvent.LogLine e ->
          state
              .logs()
              .append(new LogEntry(at, e.stream(), e.text()), e.requestId(), e.environmentId());
      case RuntimeEvent.InvokeQueued _,
          RuntimeEvent.InvokeStarted _,
          RuntimeEvent.InvokeDone _,
          RuntimeEvent.SpansReceived _,
          RuntimeEvent.ImportsMeasured _,
          RuntimeEvent.EnvironmentGone _ -> {}
    }
  }

  private void initDone(RuntimeEvent.InitDone event) {
    InitPhases phases = event.phases();
    long start = clock.toEpochNanos(phases.startedNanos());
    long end = phases.total() >= 0 ? start + phases.total() : at;
    state.timeline().initDone(event.environmentId(), start, end, event.errorType() != null);
  }

  @Override
  public void onRecord(InvocationRecord record) {
    changed.put(InvocationFeed.Attempt.of(record), record);
    state.timeline().put(record, at);
    if (record.status().ended()) {
      ended.add(record);
    }
  }

  @Override
  public void onDetail(InvocationDetail detail) {
    // The history keeps it; a panel that shows it asks there.
  }

  @Override
  public void onLateSpans(String requestId, List<TraceSpan> spans) {
    state.invocations().detailGrew(requestId);
  }

  @Override
  public void onEnvironment(EnvironmentRecord record) {
    state.timeline().put(record);
  }

  /** Shows everything that was applied since the last time. Called once per pulse. */
  public void flush() {
    if (!ended.isEmpty()) {
      state.sessionCosts().addAll(ended);
      state.allCosts().addAll(ended.stream().filter(record -> !known(record)).toList());
      ended.clear();
    }
    if (!changed.isEmpty()) {
      state.invocations().putAll(List.copyOf(changed.values()));
      changed.clear();
    }
    state.timeline().publish();
  }

  /** The history can be read while the end of a call is on its way here. */
  private boolean known(InvocationRecord record) {
    InvocationRecord row = state.invocations().find(record.requestId());
    return row != null && row.status().ended();
  }
}
