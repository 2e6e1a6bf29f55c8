package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.util.Set;

/** One version of the kernel's control groups, ready to make groups for environments. */
interface ControlGroups extends AutoCloseable {
  /** What a group can do here. */
  enum Dimension {
    MEMORY,
    CPU,
    PROCESSES,
    FREEZE
  }

  /** {@code cgroup v1} or {@code cgroup v2}. */
  String description();

  Set<Dimension> dimensions();

  /**
   * Makes an empty group.
   *
   * @param name one path segment, unique among living groups
   * @param memoryBytes hard limit of memory
   * @param quota CPU time to begin with
   * @throws IOException naming the file and the kernel's reason; nothing is left behind then
   */
  ControlGroup create(String name, long memoryBytes, CpuShare.Quota quota) throws IOException;

  /** Nothing is made after this. */
  @Override
  void close();
}
