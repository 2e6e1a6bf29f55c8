package dev.hearth.runtime.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The account that macOS keeps of one process, as {@code proc_pid_rusage} tells it.
 *
 * @param cpuUnits user and system time of the process and of children that it has waited for, in
 *     units of the processor's clock
 * @param footprint bytes that the process keeps from others: what Activity Monitor calls memory
 * @param highest of the footprint since the last reset, bytes
 * @param started when, in units of the processor's clock: tells a process from a later one of the
 *     same number
 */
record MacUsage(long cpuUnits, long footprint, long highest, long started) {
  /** {@code RUSAGE_INFO_V4}, which every macOS since 10.13 has. */
  static final int FLAVOR = 4;

  /** {@code sizeof(struct rusage_info_v4)}. */
  static final int SIZE = 296;

  private static final int USER_TIME = 16;
  private static final int SYSTEM_TIME = 24;
  private static final int PHYSICAL_FOOTPRINT = 72;
  private static final int START_TIME = 80;
  private static final int CHILD_USER_TIME = 96;
  private static final int CHILD_SYSTEM_TIME = 104;
  private static final int HIGHEST_IN_INTERVAL = 280;

  /** From the system's structure, which has this machine's order of bytes. */
  static MacUsage of(byte[] structure) {
    ByteBuffer fields = ByteBuffer.wrap(structure).order(ByteOrder.nativeOrder());
    return new MacUsage(
        fields.getLong(USER_TIME)
            + fields.getLong(SYSTEM_TIME)
            + fields.getLong(CHILD_USER_TIME)
            + fields.getLong(CHILD_SYSTEM_TIME),
        fields.getLong(PHYSICAL_FOOTPRINT),
        fields.getLong(HIGHEST_IN_INTERVAL),
        fields.getLong(START_TIME));
  }
}
