package dev.hearth.runtime.event;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one clock that every rule of waiting follows: retries and ages of events, idle environments,
 * schedules. It may be paused, moved on and sped up, so that six hours of retries take a second.
 * What is measured of a call never follows it. It only moves forward; safe for many threads.
 */
public final class VirtualClock implements AutoCloseable {
  /** The highest speed: a day in less than a second. */
  public static final int MAX_SPEED = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(VirtualClock.class);

  /** Something that is due at a time of this clock. */
  public final class Timer implements Comparable<Timer> {
    private final long due;
    private final long number;
    private final Runnable action;

    private Timer(long due, long number, Runnable action) {
      this.due = due;
      this.number = number;
      this.action = action;
    }

    /** Forgets it; does nothing when it has run. */
    public void cancel() {
      remove(this);
    }

    @Override
    public int compareTo(Timer other) {
      int order = Long.signum(due - other.due);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  /** Virtual time as a line over real time. */
  private record Pace(long real, long virtual, int speed) {
    long at(long realNow) {
      return virtual + (realNow - real) * speed;
    }
  }

  private final LongSupplier real;
  private final ClockAnchor anchor;
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private volatile Pace pace;
  private @Nullable Thread thread;
  private long numbers;
  private boolean closed;

  private VirtualClock(LongSupplier real, Instant wall, int speed) {
    this.real = real;
    long now = real.getAsLong();
    this.anchor = new ClockAnchor(now, wall);
    this.pace = new Pace(now, now, speed);
  }

  /** A clock that starts with the machine's time and runs as fast. */
  public static VirtualClock running() {
    return new VirtualClock(System::nanoTime, Instant.now(), 1);
  }

  /** A clock that stands still until it is moved: for tests. */
  public static VirtualClock pausedAt(Instant start) {
    return new VirtualClock(System::nanoTime, start, 0);
  }

  /** With another source of real time: for tests of the clock itself. */
  static VirtualClock running(LongSupplier real, Instant start) {
    return new VirtualClock(real, start, 1);
  }

  /** Virtual nanoseconds; only differences mean something. */
  public long nanos() {
    return pace.at(real.getAsLong());
  }

  /** The virtual date and time. */
  public Instant now() {
    return anchor.toInstant(nanos());
  }

  /** Virtual nanoseconds since the epoch. */
  public long epochNanos() {
    return anchor.toEpochNanos(nanos());
  }

  /**
   * The time of this clock that has a given number of nanoseconds since the epoch, for {@link
   * #schedule}.
   */
  public long nanosAt(long epochNanos) {
    return anchor.nanos() + (epochNanos - anchor.toEpochNanos(anchor.nanos()));
  }

  /** How far the clock is ahead of the machine's; negative after a pause. Nanoseconds. */
  public long aheadNanos() {
    long now = real.getAsLong();
    return pace.at(now) - now;
  }

  /** Virtual seconds per real second: 0 paused, 1 normal, more when it is fast-forwarded. */
  public int speed() {
    return pace.speed;
  }

  /**
   * Sets the speed; what has been skipped stays skipped.
   *
   * @param factor 0 pauses, 1 is normal
   * @throws IllegalArgumentException when it is negative or above {@link #MAX_SPEED}
   */
  public void setSpeed(int factor) {
    if (factor < 0 || factor > MAX_SPEED) {
      throw new IllegalArgumentException(
          "A speed of %,d is out of range. Use 0 to %,d.".formatted(factor, MAX_SPEED));
    }
    synchronized (this) {
      long now = real.getAsLong();
      pace = new Pace(now, pace.at(now), factor);
    }
    changed();
  }

  /** Moves the clock on. What becomes due on the way is done at its own time, on this thread. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("The clock only moves forward");
    }
    advanceTo(nanos() + by.toNanos());
  }

  /**
   * Moves the clock on to what is due next, and does it.
   *
   * @return false when nothing is waiting
   */
  public boolean advanceToNext() {
    Long due = nextDue();
    if (due != null) {
      advanceTo(due);
    }
    return due != null;
  }

  /** Virtual nanoseconds of what is due next; null when nothing is waiting. */
  public synchronized @Nullable Long nextDue() {
    Timer next = timers.peek();
    return next == null ? null : next.due;
  }

  private void advanceTo(long target) {
    for (Timer next = takeBefore(target); next != null; next = takeBefore(target)) {
      run(next);
    }
    synchronized (this) {
      jumpTo(target);
    }
    changed();
  }

  private synchronized @Nullable Timer takeBefore(long target) {
    Timer next = timers.peek();
    if (next == null || next.due - target > 0) {
      return null;
    }
    jumpTo(next.due);
    return timers.poll();
  }

  private void jumpTo(long target) {
    long now = real.getAsLong();
    if (target - pace.at(now) > 0) {
      pace = new Pace(now, target, pace.speed);
    }
  }

  /**
   * Does something at a time of this clock, at once when that has passed.
   *
   * @param due virtual nanoseconds
   * @param action must return at once; it runs on the clock's thread or on that of {@link #advance}
   */
  public Timer schedule(long due, Runnable action) {
    Timer timer;
    boolean first;
    synchronized (this) {
      timer = new Timer(due, numbers++, action);
      timers.add(timer);
      first = timers.peek() == timer;
      if (thread == null && !closed) {
        thread = Thread.ofPlatform().name("virtual-clock").daemon().start(this::loop);
      }
    }
    if (first) {
      wake();
    }
    return timer;
  }

  private synchronized void remove(Timer timer) {
    timers.remove(timer);
  }

  private void loop() {
    while (true) {
      Timer next;
      long wait = Long.MAX_VALUE;
      synchronized (this) {
        if (closed) {
          return;
        }
        Pace line = pace;
        next = timers.peek();
        long left = next == null ? Long.MAX_VALUE : next.due - line.at(real.getAsLong());
        if (left <= 0) {
          timers.poll();
        } else {
          wait = next == null || line.speed == 0 ? Long.MAX_VALUE : left / line.speed + 1;
          next = null;
        }
      }
      if (next != null) {
        run(next);
      } else {
        LockSupport.parkNanos(this, wait);
      }
    }
  }

  private static void run(Timer timer) {
    try {
      timer.action.run();
    } catch (RuntimeException e) {
      // One faulty rule must not stop the others.
      LOG.error("What was due could not be done", e);
    }
  }

  private synchronized void wake() {
    LockSupport.unpark(thread);
  }

  private void changed() {
    wake();
    listeners.forEach(Runnable::run);
  }

  /** Tells of each change of the speed and of each jump, on the thread that makes it. */
  public Subscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Nothing is done any more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      timers.clear();
    }
    wake();
  }
}
