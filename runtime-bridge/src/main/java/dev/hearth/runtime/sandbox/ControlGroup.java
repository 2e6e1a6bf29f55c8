package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The kernel's control group of one environment: whoever is in it, and whatever they start, is
 * limited, counted, frozen and killed together. No process can leave it.
 *
 * <p>A counter that this machine lacks reads as {@link SandboxedProcess#UNMEASURED}.
 */
interface ControlGroup extends AutoCloseable {
  /** A way in for one thread, opened while the group's files are in sight. */
  interface Door extends AutoCloseable {
    /**
     * Puts the calling thread in, so that what it starts is in from its first instruction. For
     * threads that end after that.
     */
    void enter() throws IOException;

    @Override
    void close();
  }

  /** Only where {@link #entrances()} is empty. */
  Door door() throws IOException;

  /**
   * Files into which a process writes its own number to get in; empty where a thread can enter by
   * itself.
   */
  List<Path> entrances();

  /** Never this program itself. */
  List<Integer> processes();

  /**
   * Threads of all processes together: cheap to ask for, and mostly the same when nobody came or
   * went.
   */
  long tasks();

  /** Whether the kernel refuses memory above the limit. */
  boolean limitsMemory();

  /** Sets the CPU time in each period. */
  void allow(CpuShare.Quota quota) throws IOException;

  void resetPeak();

  /**
   * Memory of all together now, bytes, without files: one look, however many they are. May lag
   * behind by some hundred kilobytes.
   */
  long anonymousBytes();

  /**
   * Highest memory of all together since {@link #resetPeak()}, bytes, without the cached content of
   * files, which the kernel gives back when memory gets short.
   */
  long peakBytes();

  long cpuNanos();

  /**
   * Whether the kernel has killed one of them since {@link #resetPeak()} because the memory was
   * used up.
   */
  boolean hasKilled();

  /** False when it can't be done. */
  boolean freeze();

  void thaw();

  /** Lets nobody start anything and kills all; returns when none is left that could start one. */
  void kill();

  /** Removes the group; false as long as somebody is in it. */
  boolean remove();

  /** The folders, for a helper that removes them after a crash. */
  List<Path> folders();

  /** Kills and removes; what resists for the moment is removed later by whoever asked. */
  @Override
  void close();
}
