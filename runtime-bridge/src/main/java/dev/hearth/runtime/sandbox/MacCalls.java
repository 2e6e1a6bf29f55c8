package dev.hearth.runtime.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * The few functions of macOS's C library that measure processes; apart, so that tests can play it.
 */
interface MacCalls {
  /** Kinds of {@link #pids}: those of a process group, and those of a parent. */
  int OF_GROUP = 2;

  int OF_PARENT = 6;

  /** What {@code proc_pid_rusage} fills in; null when the process has gone. */
  @Nullable MacUsage usage(int pid);

  /** Living processes by {@code proc_listpids}. */
  int[] pids(int kind, int of);

  /** Starts a new interval of the highest footprint; false where the system has no such call. */
  boolean resetFootprint(int pid);

  /** Nanoseconds of so many units of the processor's clock, in which the system counts CPU time. */
  long nanos(long units);
}
