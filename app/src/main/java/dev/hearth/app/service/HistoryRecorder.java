package dev.hearth.app.service;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationAssembler;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.store.HistoryWrite;
import dev.hearth.app.store.HistoryWriter;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.RuntimeEventListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries the runtime's events to the history. The runtime's threads only append to a bounded list;
 * reading the events, adding them up and storing them is the writer's thread's work. When the disk
 * can't keep up, a runtime's thread waits up to {@link #PATIENCE_MILLIS}, then log lines and memory
 * samples are left out, never calls.
 */
final class HistoryRecorder implements RuntimeEventListener, HistoryWriter.Source {
  static final int CAPACITY = 32_768;
  private static final long CAPACITY_BYTES = 128L << 20;

  /** Above this much the writer is not left to gather for longer. */
  private static final int MUCH = 4_096;

  private static final long MUCH_BYTES = 8L << 20;
  private static final long PATIENCE_MILLIS = 20;
  private static final long SPAN_BYTES = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition drained = lock.newCondition();
  private final HistoryWriter writer;
  private final Consumer<String> notices;
  private final InvocationAssembler assembler;
  private final Map<String, InvocationStatus> openStored = new HashMap<>();
  private List<RuntimeEvent> waiting = new ArrayList<>();
  private List<RuntimeEvent> spare = new ArrayList<>();
  private long waitingBytes;
  private boolean leftOut;
  private Consumer<HistoryWrite> sink = _ -> {};

  /**
   * @param assembler made with the listener it is given
   * @param writer is woken when there is something to drain
   * @param notices told once when something had to be left out
   */
  HistoryRecorder(
      Function<InvocationAssembler.Listener, InvocationAssembler> assembler,
      HistoryWriter writer,
      Consumer<String> notices) {
    this.assembler = assembler.apply(new Rows());
    this.writer = writer;
    this.notices = notices;
  }

  @Override
  public void onEvent(RuntimeEvent event) {
    if (event instanceof RuntimeEvent.EnvironmentStateChanged) {
      return;
    }
    boolean much;
    lock.lock();
    try {
      if (isFull() && !makeRoom(event)) {
        return;
      }
      waiting.add(event);
      waitingBytes += bytes(event);
      much = waiting.size() == MUCH || waitingBytes > MUCH_BYTES;
    } finally {
      lock.unlock();
    }
    if (much) {
      writer.wakeNow();
    } else {
      writer.wake();
    }
  }

  private boolean isFull() {
    return waiting.size() >= CAPACITY || waitingBytes >= CAPACITY_BYTES;
  }

  /** Waits a little; false when the event has to be left out. */
  private boolean makeRoom(RuntimeEvent event) {
    long left = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    try {
      while (isFull() && left > 0) {
        left = drained.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean detail =
        event instanceof RuntimeEvent.LogLine
            || event instanceof RuntimeEvent.MemorySample
            || event instanceof RuntimeEvent.SpansReceived;
    if (!isFull() || !detail) {
      return true;
    }
    if (!leftOut) {
      leftOut = true;
      notices.accept(
          "The disk is slower than the functions: some log lines and memory samples are not"
              + " stored. Log less, or move the project to a faster disk.");
    }
    return false;
  }

  private static long bytes(RuntimeEvent event) {
    return switch (event) {
      case RuntimeEvent.InvokeQueued queued -> queued.payload().length;
      case RuntimeEvent.LogLine line -> line.text().length();
      case RuntimeEvent.InvokeDone done -> done.result().outcome().body().length;
      case RuntimeEvent.SpansReceived received -> received.spans().size() * SPAN_BYTES;
      default -> 0;
    };
  }

  @Override
  public void drain(Consumer<HistoryWrite> target) {
    List<RuntimeEvent> events;
    lock.lock();
    try {
      events = waiting;
      waiting = spare;
      waitingBytes = 0;
      drained.signalAll();
    } finally {
      lock.unlock();
    }
    sink = target;
    if (events.stream().anyMatch(RuntimeEvent.SpansReceived.class::isInstance)) {
      events = spansFirst(events);
    }
    events.forEach(assembler::accept);
    for (InvocationRecord open : assembler.open()) {
      if (open.status() != openStored.put(open.requestId(), open.status())) {
        InvocationDetail known = assembler.openDetail(open.requestId());
        if (known != null) {
          target.accept(new HistoryWrite.Open(known));
        }
      }
    }
    boolean grown = events.size() > MUCH;
    events.clear();
    spare = grown ? new ArrayList<>() : events;
  }

  /**
   * Puts spans before the end of their call where both wait here, as is common: they are then
   * stored and indexed with it.
   */
  private static List<RuntimeEvent> spansFirst(List<RuntimeEvent> events) {
    Map<String, List<RuntimeEvent>> spans = new HashMap<>();
    for (RuntimeEvent event : events) {
      if (event instanceof RuntimeEvent.SpansReceived received) {
        spans.computeIfAbsent(received.requestId(), _ -> new ArrayList<>()).add(event);
      }
    }
    List<RuntimeEvent> ordered = new ArrayList<>(events.size());
    for (RuntimeEvent event : events) {
      if (event instanceof RuntimeEvent.InvokeDone done) {
        List<RuntimeEvent> early = spans.remove(done.result().requestId());
        ordered.addAll(early == null ? List.of() : early);
        ordered.add(event);
      } else if (!(event instanceof RuntimeEvent.SpansReceived)) {
        ordered.add(event);
      }
    }
    spans.values().forEach(ordered::addAll);
    return ordered;
  }

  /** What the assembler adds up becomes rows. */
  private final class Rows implements InvocationAssembler.Listener {
    @Override
    public void onRecord(InvocationRecord record) {
      // The rows are written from the details.
    }

    @Override
    public void onDetail(InvocationDetail detail) {
      openStored.remove(detail.record().requestId());
      sink.accept(new HistoryWrite.Ended(detail));
    }

    @Override
    public void onLateSpans(String requestId, List<TraceSpan> spans) {
      sink.accept(new HistoryWrite.LateSpans(requestId, spans));
    }

    @Override
    public void onEnvironment(EnvironmentRecord record) {
      sink.accept(new HistoryWrite.Environment(record));
    }
  }
}
