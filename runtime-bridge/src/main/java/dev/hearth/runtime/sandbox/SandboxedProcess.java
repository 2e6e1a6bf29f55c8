package dev.hearth.runtime.sandbox;

import java.io.InputStream;
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

  InputStream stdout();

  InputStream stderr();

  /** Completes once when the first process has ended; its group may still have members. */
  CompletableFuture<ExitStatus> onExit();

  /** Sends SIGTERM to the first process (thawing it if need be). */
  void terminate();

  /** Sends SIGKILL to the whole group; returns at once. Does nothing when all have gone. */
  void kill();

  /** Stops every process of the group (SIGSTOP); no CPU is used until {@link #thaw()}. */
  void freeze();

  void thaw();

  /** Resident bytes of the group now. */
  long residentBytes();

  /** Starts a new peak measurement, for a new invocation. */
  void resetPeak();

  /**
   * Highest resident bytes since {@link #resetPeak()} or the start, from the kernel's own counter.
   */
  long peakBytes();

  /** CPU time that the group has used since its start, nanoseconds. */
  long cpuNanos();
}
