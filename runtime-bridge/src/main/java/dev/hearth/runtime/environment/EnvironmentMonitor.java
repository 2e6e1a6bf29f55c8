package dev.hearth.runtime.environment;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that looks after all environments: memory and time limits of what runs, freezing
 * of what idles. It sleeps as long as nothing runs, and a call never pays more than one look at
 * when it wakes up next.
 */
public final class EnvironmentMonitor implements AutoCloseable {
  /** How often memory is looked at while something runs. */
  static final long TICK_NANOS = 10_000_000;

  /** When to look again at what needs nothing. */
  static final long REST_NANOS = 3_600_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentMonitor.class);

  /** Something to look after. */
  interface Watched {
    /**
     * Does what is due.
     *
     * @return monotonic time at which to look again
     */
    long tick(long now);
  }

  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile long wakesAt;
  private volatile boolean closed;

  public EnvironmentMonitor() {
    wakesAt = System.nanoTime();
    thread = Thread.ofPlatform().name("environment-monitor").daemon().start(this::run);
  }

  void add(Watched one) {
    watched.add(one);
  }

  void remove(Watched one) {
    watched.remove(one);
  }

  /** Something began to run: makes sure that the monitor looks within one tick. */
  void nudge(long now) {
    if (wakesAt - now > TICK_NANOS) {
      wakesAt = now + TICK_NANOS;
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      long now = System.nanoTime();
      // Set before looking: a call that begins meanwhile sees a late time only if it was looked at.
      wakesAt = now + TICK_NANOS;
      long next = now + REST_NANOS;
      for (Watched one : watched) {
        long wish = tick(one, now);
        if (wish - next < 0) {
          next = wish;
        }
      }
      sleepUntil(next);
    }
  }

  private static long tick(Watched one, long now) {
    try {
      return one.tick(now);
    } catch (RuntimeException e) {
      LOG.error("An environment could not be looked after", e);
      return now + TICK_NANOS;
    }
  }

  private void sleepUntil(long next) {
    long floor = System.nanoTime() + 200_000;
    long until = next - floor < 0 ? floor : next;
    if (until - wakesAt > 0) {
      wakesAt = until;
      // A call may have begun between the look at its environment and this line.
      for (Watched one : watched) {
        long wish = tick(one, System.nanoTime());
        if (wish - until < 0) {
          until = wish;
        }
      }
      wakesAt = until;
    }
    long left = until - System.nanoTime();
    if (left > 0 && !closed) {
      LockSupport.parkNanos(this, left);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
