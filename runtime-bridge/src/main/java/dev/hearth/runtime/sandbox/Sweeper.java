package dev.hearth.runtime.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Looks through all processes of the machine for those that left their group: they still carry the
 * mark that their environment variables got at the start. Works on a thread of its own, and one
 * look serves all who asked meanwhile, since a look costs milliseconds.
 */
final class Sweeper implements AutoCloseable {
  /** Every process of a sandbox inherits this variable. */
  static final String MARK = "HEARTH_SANDBOX";

  private static final long SESSIONS_VALID_NANOS = 1_000_000_000L;

  /** On a machine with many processes, sessions are looked up less often: for 0.5 % of a core. */
  private static final long MOST_SHARE_OF_TIME = 200;

  private static final int MOST_ROUNDS = 20;
  private static final int MOST_REPEATS = 100;

  /** A look right after an end would compete with the start of the next process. */
  private static final long DELAY_MILLIS = 50;

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("sandbox-sweeper").factory(),
          // After the end there is nobody left to look for.
          new ThreadPoolExecutor.DiscardPolicy());

  private final Set<String> wanted = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweepDue = new AtomicBoolean();
  private final AtomicBoolean refreshDue = new AtomicBoolean();
  private volatile Map<Integer, List<Integer>> sessions = Map.of();
  private volatile long sessionsDueAt = System.nanoTime();

  Sweeper() {
    thread.setKeepAliveTime(5, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Kills, a little later, what carries this mark. */
  void sweep(String mark) {
    wanted.add(mark);
    if (sweepDue.compareAndSet(false, true)) {
      thread.schedule(this::sweepWanted, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Tries, now and then for some seconds, until it is done. */
  void repeat(BooleanSupplier done) {
    repeat(done, MOST_REPEATS);
  }

  private void repeat(BooleanSupplier done, int left) {
    thread.schedule(
        () -> {
          if (!done.getAsBoolean() && left > 0) {
            repeat(done, left - 1);
          }
        },
        DELAY_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private void sweepWanted() {
    sweepDue.set(false);
    Set<String> marks = Set.copyOf(wanted);
    wanted.removeAll(marks);
    killCarrying(marks::contains);
  }

  /** Repeats until nothing is found: a process may start another between look and kill. */
  static void killCarrying(Predicate<String> mark) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Integer> found = ProcTable.carrying(MARK, mark);
      if (found.isEmpty()) {
        return;
      }
      found.forEach(pid -> Libc.kill(pid, Libc.SIGKILL));
    }
  }

  /**
   * Kills what a program left behind that ended together with its helper. Only orphans: a mark that
   * looks abandoned may be of a program in a container, which counts its processes otherwise.
   *
   * @return true, for being done
   */
  static boolean killAbandoned() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Integer> orphans =
          ProcTable.carrying(MARK, mark -> Cgroups.isAbandoned(Cgroups.PREFIX + mark)).stream()
              .filter(ProcTable::isOrphan)
              .toList();
      if (orphans.isEmpty()) {
        return true;
      }
      orphans.forEach(pid -> Libc.kill(pid, Libc.SIGKILL));
    }
    return true;
  }

  /** The session's members at a look in the last seconds; none before the first look. */
  List<Integer> sessionOf(int leader) {
    if (System.nanoTime() - sessionsDueAt >= 0 && refreshDue.compareAndSet(false, true)) {
      thread.execute(this::readSessions);
    }
    return sessions.getOrDefault(leader, List.of());
  }

  private void readSessions() {
    long from = System.nanoTime();
    sessions = ProcTable.sessions();
    long now = System.nanoTime();
    sessionsDueAt = now + Math.max(SESSIONS_VALID_NANOS, (now - from) * MOST_SHARE_OF_TIME);
    refreshDue.set(false);
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
