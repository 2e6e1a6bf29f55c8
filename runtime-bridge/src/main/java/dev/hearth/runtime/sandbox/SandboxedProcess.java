package dev.hearth.runtime.sandbox;

import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/**
 * One running process group. All measuring methods answer {@link #UNMEASURED} where this machine
 * can't tell; they never make a number up. Safe for use by several threads.
 */
public interface SandboxedProcess {
  /** The answer of a measuring method that could not measure. */
  long UNMEASURED = -1;

  long pid();

  /** Monotonic nanoseconds ({@link System#nanoTime()}) at which the new program was running. */
  long startedNanos();

  /**
   * What the group prints. Reading blocks; the end comes when all writers have gone, and at the
   * latest when the first process has ended and what it left in the pipe has been read, even if a
   * descendant that escaped keeps the pipe open. Closing ends a blocked reader. The caller reads to
   * the end or closes.
   *
   * <p>{@link InputStream#available()} answers also while another thread is blocked in a read, so
   * that the end of a call can tell whether something is left.
   */
  InputStream stdout();

  /** As {@link #stdout()}. */
  InputStream stderr();

  /**
   * Completes once when the first process has ended. The rest of its group is killed at that
   * moment, since an environment ends with its runtime process (lifecycle.md section 3).
   */
  CompletableFuture<ExitStatus> onExit();

  /**
   * Whether the kernel itself refuses memory above the limit. Otherwise whoever owns the process
   * has to look at {@link #residentBytes()} and kill.
   */
  boolean limitsMemory();

  /**
   * Whether the first process has ended because the kernel killed it when the memory was used up.
   */
  boolean outOfMemory();

  /**
   * Init is over: from now on the group gets the CPU that its memory buys. Until then it has what
   * Lambda's init has (lifecycle.md section 6).
   */
  void initDone();

  /**
   * Whether one of the group has the other end of a connection of this machine with itself; true as
   * well where the system does not tell.
   */
  default boolean mayHold(Socket connection) {
    return true;
  }

  /** Sends SIGTERM to the first process (thawing it if need be). */
  void terminate();

  /**
   * Sends SIGKILL to the whole group and all descendants that can be found; returns at once. Does
   * nothing when all have gone.
   */
  void kill();

  /** Stops every process of the group (SIGSTOP); no CPU is used until {@link #thaw()}. */
  void freeze();

  void thaw();

  /**
   * Resident bytes of the group now, memory that its processes share counted once; 0 when it has
   * gone. Cheap enough to be asked every 10 ms; a new descendant is noticed within 100 ms.
   */
  long residentBytes();

  /** Starts a new peak measurement, for a new invocation. */
  void resetPeak();

  /**
   * Highest resident bytes since {@link #resetPeak()} or the start: from the kernel's own counter
   * and exact for a single process; for several the highest amount that {@link #residentBytes()}
   * has seen, if that is more. After the end: the highest that was seen before it.
   */
  long peakBytes();

  /**
   * CPU time that the group has used since its start, nanoseconds. That of ended descendants is
   * known to 10 ms.
   */
  long cpuNanos();
}
