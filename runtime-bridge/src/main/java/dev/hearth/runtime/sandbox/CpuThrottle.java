package dev.hearth.runtime.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Holds running processes to their CPU share by stopping and continuing them, where the kernel has
 * no quota for us (measured-runtime.md section 4). Closed loop: what counts is the CPU time really
 * used, so that a late wake-up is made up for by a longer stop.
 *
 * <p>One thread for all; it sleeps while none is busy.
 */
final class CpuThrottle implements AutoCloseable {
  private static final long LOOK_NANOS = 5_000_000;

  /** So much may be used ahead of time, so that short calls run through. */
  private static final long BURST_NANOS = 4_000_000;

  /** What is throttled. */
  interface Throttled {
    void stop();

    void resume();
  }

  /** The account of one process group. */
  private static final class Account {
    final Throttled group;
    final LongSupplier cpuNanos;
    final double share;
    long cpuSeen;
    long timeSeen;

    /** CPU time that may still be used, nanoseconds; negative when too much was used. */
    double credit = BURST_NANOS;

    boolean stopped;

    /** Stopped as a whole between two calls: nothing to look after. */
    boolean asleep;

    Account(Throttled group, LongSupplier cpuNanos, double share) {
      this.group = group;
      this.cpuNanos = cpuNanos;
      this.share = share;
      cpuSeen = cpuNanos.getAsLong();
      timeSeen = System.nanoTime();
    }

    /** Looks at what was used since the last time, and stops or continues. */
    synchronized void look(long now) {
      if (asleep) {
        return;
      }
      long cpu = cpuNanos.getAsLong();
      credit += (now - timeSeen) * share - (cpu - cpuSeen);
      // What was not used is not saved up: Lambda's share is of each moment.
      credit = Math.min(credit, BURST_NANOS);
      cpuSeen = cpu;
      timeSeen = now;
      if (credit < 0 && !stopped) {
        stopped = true;
        group.stop();
      } else if (credit >= 0 && stopped) {
        stopped = false;
        group.resume();
      }
    }

    synchronized void sleep() {
      asleep = true;
      stopped = false;
    }

    synchronized void wake() {
      asleep = false;
      cpuSeen = cpuNanos.getAsLong();
      timeSeen = System.nanoTime();
      credit = Math.max(credit, 0);
    }
  }

  private final Map<Throttled, Account> accounts = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  CpuThrottle() {
    thread = Thread.ofPlatform().daemon().name("sandbox-throttle").start(this::run);
  }

  /**
   * Holds a running group to a share from now on.
   *
   * @param cpuNanos CPU time that the group has used
   * @param share of one processor; whole processors and more are not throttled
   */
  void hold(Throttled group, LongSupplier cpuNanos, double share) {
    if (share < Runtime.getRuntime().availableProcessors()) {
      accounts.put(group, new Account(group, cpuNanos, share));
      LockSupport.unpark(thread);
    }
  }

  /** The group is frozen by somebody else now. */
  void frozen(Throttled group) {
    Account account = accounts.get(group);
    if (account != null) {
      account.sleep();
    }
  }

  /** The group is about to go on. */
  void thawed(Throttled group) {
    Account account = accounts.get(group);
    if (account != null) {
      account.wake();
      LockSupport.unpark(thread);
    }
  }

  void forget(Throttled group) {
    accounts.remove(group);
  }

  private void run() {
    while (!closed) {
      boolean busy = false;
      long now = System.nanoTime();
      for (Account account : accounts.values()) {
        account.look(now);
        busy |= !account.asleep;
      }
      if (busy) {
        LockSupport.parkNanos(this, LOOK_NANOS);
      } else {
        LockSupport.park(this);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
