package dev.hearth.app.task;

import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.RuntimeEventListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/**
 * Carries runtime events from the runtime's threads to the FX thread without ever blocking the
 * first or flooding the second: they are applied once per pulse, for at most {@link #BUDGET_NANOS}.
 * When more comes than the window can take, what is least missed goes first: log lines and memory
 * samples, then the starts of calls, at last whole calls; each loss is counted and reported. The
 * history is not concerned: the store listens on its own.
 */
public final class EventPump implements RuntimeEventListener, AutoCloseable {
  /** How long one pulse may apply events. */
  public static final long BUDGET_NANOS = 4_000_000;

  /** Log lines and samples are dropped beyond this many waiting events. */
  static final int DETAIL_LIMIT = 20_000;

  /** New calls are left out as a whole beyond this many. */
  static final int CALL_LIMIT = 60_000;

  private static final int EVENTS_PER_CLOCK_CHECK = 8;

  private final ConcurrentLinkedQueue<RuntimeEvent> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final Set<String> leftOut = ConcurrentHashMap.newKeySet();
  private final AtomicLong droppedLines = new AtomicLong();
  private final AtomicLong droppedCalls = new AtomicLong();
  private final Target target;
  private final AnimationTimer timer;
  private volatile boolean closed;

  /** Where the events go; called on the FX thread. */
  public interface Target {
    /** Applies one event. */
    void apply(RuntimeEvent event);

    /**
     * Tells what did not reach the window since the last time.
     *
     * @param logLines lines of output
     * @param calls invocations that are not shown at all
     */
    void skipped(long logLines, long calls);

    /** The events of one pulse have been applied. */
    void flush();
  }

  public EventPump(Target target) {
    this.target = target;
    timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            pulse();
          }
        };
  }

  @Override
  public void onEvent(RuntimeEvent event) {
    if (closed || !admit(event)) {
      return;
    }
    waiting.incrementAndGet();
    queue.add(event);
    wake();
  }

  private boolean admit(RuntimeEvent event) {
    int length = waiting.get();
    if (length < DETAIL_LIMIT && leftOut.isEmpty()) {
      return true;
    }
    return switch (event) {
      case RuntimeEvent.LogLine _ -> {
        if (length < DETAIL_LIMIT) {
          yield true;
        }
        droppedLines.incrementAndGet();
        yield false;
      }
      case RuntimeEvent.MemorySample _ -> length < DETAIL_LIMIT;
      case RuntimeEvent.InvokeQueued queued -> {
        if (length < CALL_LIMIT) {
          yield true;
        }
        droppedCalls.incrementAndGet();
        leftOut.add(queued.requestId());
        yield false;
      }
      case RuntimeEvent.InvokeStarted started -> !leftOut.contains(started.requestId());
      case RuntimeEvent.InvokeDone done -> !leftOut.remove(done.result().requestId());
      default -> true;
    };
  }

  private void wake() {
    if (awake.compareAndSet(false, true)) {
      Platform.runLater(timer::start);
    }
  }

  private void pulse() {
    drain(BUDGET_NANOS);
    report();
    target.flush();
    if (queue.isEmpty()) {
      timer.stop();
      awake.set(false);
      if (!queue.isEmpty()) {
        wake();
      }
    }
  }

  /** Applies waiting events until none is left or the time is used up. */
  void drain(long budgetNanos) {
    long start = System.nanoTime();
    for (int i = 1; !closed; i++) {
      RuntimeEvent event = queue.poll();
      if (event == null) {
        return;
      }
      waiting.decrementAndGet();
      target.apply(event);
      if (i % EVENTS_PER_CLOCK_CHECK == 0 && System.nanoTime() - start > budgetNanos) {
        return;
      }
    }
  }

  private void report() {
    long lines = droppedLines.getAndSet(0);
    long calls = droppedCalls.getAndSet(0);
    if (lines > 0 || calls > 0) {
      target.skipped(lines, calls);
    }
  }

  /** Events that wait to be applied; 0 means the window shows all that has happened. */
  public int waiting() {
    return waiting.get();
  }

  /** Drops what waits and takes nothing more. FX thread. */
  @Override
  public void close() {
    closed = true;
    timer.stop();
    queue.clear();
  }
}
