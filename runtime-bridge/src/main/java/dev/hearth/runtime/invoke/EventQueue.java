package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.Identifiers;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.InvokeSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of asynchronous invocations (events-and-failure.md section 1). What is accepted is kept
 * by the store before its caller has the 202, and stays there until it has succeeded or was given
 * up; the virtual clock says when it is tried. A process that dies loses nothing: what it was
 * trying is tried again.
 */
public final class EventQueue implements AutoCloseable {
  /** Attempts of one function at once, to protect the machine; the others wait in order. */
  static final int ATTEMPTS_AT_ONCE = 32;

  private static final long LONGEST_BACK_OFF = TimeUnit.MINUTES.toNanos(5);

  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

  private final InvokeStore store;
  private final VirtualClock clock;
  private final EventAttempt attempt;
  private final Executor threads;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private int running;
  private boolean closed;

  /** An event with when it is due. */
  private static final class Entry {
    private QueuedEvent event;
    private VirtualClock.@Nullable Timer timer;
    private boolean due;

    Entry(QueuedEvent event) {
      this.event = event;
    }
  }

  /** The events of one function that are due. */
  private static final class Lane {
    private final Deque<Entry> due = new ArrayDeque<>();
    private int running;
  }

  /**
   * @param invoker calls functions
   * @param settings of a function
   * @param threads for attempts; each blocks one
   */
  public EventQueue(
      InvokeStore store,
      VirtualClock clock,
      EventAttempt.Target invoker,
      Function<String, InvokeSettings> settings,
      Executor threads) {
    this.store = store;
    this.clock = clock;
    this.attempt = new EventAttempt(store, clock, invoker, settings);
    this.threads = threads;
  }

  /** Keeps an event and tries it as soon as possible. It is safe when this returns. */
  public void accept(InvokeRequest request) {
    String name = request.functionName();
    int colon = name.indexOf(':');
    QueuedEvent event =
        QueuedEvent.accepted(
            request.requestId(),
            colon < 0 ? name : name.substring(0, colon),
            colon < 0 ? null : name.substring(colon + 1),
            request.traceId() == null ? Identifiers.traceId() : request.traceId(),
            clock.epochNanos());
    store.accept(new InvokeStore.Accepted(event, request.payload()));
    add(event);
  }

  /** Takes over what belongs to no living process, such as what a killed one has left. */
  public List<QueuedEvent> adopt() {
    List<QueuedEvent> found = store.adopt();
    found.stream().map(this::inTime).forEach(this::add);
    return found;
  }

  /** The clock of the process that kept it may have been ahead. */
  private QueuedEvent inTime(QueuedEvent event) {
    long now = clock.epochNanos();
    long accepted = Math.min(event.acceptedAt(), now);
    long next = event.nextAttemptAt() - event.acceptedAt() + accepted;
    return event.at(accepted, Math.min(next, now + LONGEST_BACK_OFF));
  }

  private void add(QueuedEvent event) {
    synchronized (this) {
      if (closed || entries.containsKey(event.requestId())) {
        return;
      }
      Entry entry = new Entry(event);
      entries.put(event.requestId(), entry);
      schedule(entry);
    }
    changed();
  }

  private void schedule(Entry entry) {
    long due = entry.event.nextAttemptAt();
    if (due <= clock.epochNanos()) {
      due(entry);
    } else {
      entry.timer = clock.schedule(clock.nanosAt(due), () -> due(entry));
    }
  }

  private synchronized void due(Entry entry) {
    if (closed || entry.due || entries.get(entry.event.requestId()) != entry) {
      return;
    }
    entry.due = true;
    Lane lane = lanes.computeIfAbsent(entry.event.functionName(), _ -> new Lane());
    lane.due.add(entry);
    startNext(lane);
  }

  private void startNext(Lane lane) {
    while (!closed && lane.running < ATTEMPTS_AT_ONCE && !lane.due.isEmpty()) {
      Entry entry = lane.due.poll();
      lane.running++;
      running++;
      threads.execute(() -> run(lane, entry));
    }
  }

  private void run(Lane lane, Entry entry) {
    EventAttempt.Result result = tried(entry.event);
    synchronized (this) {
      lane.running--;
      running--;
      ended(entry, result);
      startNext(lane);
      notifyAll();
    }
    changed();
    if (result != null) {
      result.following().forEach(this::add);
    }
  }

  private EventAttempt.@Nullable Result tried(QueuedEvent event) {
    try {
      return attempt.run(event);
    } catch (RuntimeException e) {
      LOG.error("Event {} for {} was not tried", event.requestId(), event.functionName(), e);
      return null;
    }
  }

  /**
   * @param result null when the attempt itself failed, e.g. because the store is full
   */
  private void ended(Entry entry, EventAttempt.@Nullable Result result) {
    String id = entry.event.requestId();
    if (entries.get(id) != entry) {
      return;
    }
    if (result != null && result.next() == null) {
      entries.remove(id);
    } else if (!closed) {
      entry.due = false;
      entry.event =
          result == null || result.next() == null
              ? entry.event.refused(clock.epochNanos() + LONGEST_BACK_OFF, "Hearth failed on it")
              : result.next();
      schedule(entry);
    }
  }

  /** What has not ended, by the time of the next attempt. */
  public List<QueuedEvent> pending() {
    List<QueuedEvent> all = new ArrayList<>();
    synchronized (this) {
      entries.values().forEach(entry -> all.add(entry.event));
    }
    all.sort(Comparator.comparingLong(QueuedEvent::nextAttemptAt));
    return all;
  }

  /** Tries an event now instead of at its time; false when it is gone or being tried. */
  public boolean retryNow(String requestId) {
    synchronized (this) {
      Entry entry = entries.get(requestId);
      if (entry == null || entry.due) {
        return false;
      }
      if (entry.timer != null) {
        entry.timer.cancel();
      }
      due(entry);
    }
    changed();
    return true;
  }

  /** Forgets an event for good, without any record; false when it is gone. */
  public boolean discard(String requestId) {
    synchronized (this) {
      Entry entry = entries.remove(requestId);
      if (entry == null) {
        return false;
      }
      if (entry.timer != null) {
        entry.timer.cancel();
      }
      Lane lane = lanes.get(entry.event.functionName());
      if (lane != null) {
        lane.due.remove(entry);
      }
    }
    store.finish(requestId, List.of(), List.of());
    changed();
    return true;
  }

  /** Forgets all events of a function that was removed. */
  public void discardAll(String functionName) {
    pending().stream()
        .filter(event -> event.functionName().equals(functionName))
        .forEach(event -> discard(event.requestId()));
  }

  /** Tells of each change, on the thread that makes it. */
  public Subscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /** Starts no further attempt; those that run are left to end. */
  public synchronized void stop() {
    closed = true;
    for (Entry entry : entries.values()) {
      if (entry.timer != null) {
        entry.timer.cancel();
      }
    }
  }

  /** Waits for the attempts that run and gives the events up to other processes. */
  @Override
  public void close() {
    stop();
    synchronized (this) {
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
    store.release();
  }
}
