package dev.hearth.runtime.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The structures by which Windows is told and asked about job objects, as 64-bit Windows lays them
 * out ({@code winnt.h}, {@code psapi.h}).
 */
final class JobStructures {
  /** Numbers of {@code JOBOBJECTINFOCLASS}. */
  static final int ACCOUNTING = 1;

  static final int PROCESSES = 3;
  static final int LIMITS = 9;
  static final int CPU_RATE = 15;

  static final int ACCOUNTING_SIZE = 48;
  static final int LIMITS_SIZE = 144;
  static final int CPU_RATE_SIZE = 8;
  static final int MEMORY_SIZE = 80;

  private static final int ACTIVE_PROCESS = 0x8;
  private static final int JOB_MEMORY = 0x200;
  private static final int DIE_ON_UNHANDLED_EXCEPTION = 0x400;
  private static final int KILL_ON_JOB_CLOSE = 0x2000;
  private static final int LIMIT_FLAGS_AT = 16;
  private static final int ACTIVE_PROCESS_LIMIT_AT = 40;
  private static final int JOB_MEMORY_LIMIT_AT = 120;

  private static final int RATE_ENABLE = 0x1;
  private static final int RATE_HARD_CAP = 0x4;
  private static final int WHOLE = 10_000;

  private static final int WORKING_SET_AT = 16;
  private static final long UNIT_NANOS = 100;

  private JobStructures() {}

  private static ByteBuffer empty(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer read(byte[] structure) {
    return ByteBuffer.wrap(structure).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * {@code JOBOBJECT_EXTENDED_LIMIT_INFORMATION}: how much memory may be committed by all, how many
   * processes there may be, and that all end when nobody holds the job any more, that is, with us.
   */
  static byte[] limits(long memoryBytes, int processes) {
    return empty(LIMITS_SIZE)
        .putInt(
            LIMIT_FLAGS_AT,
            ACTIVE_PROCESS | JOB_MEMORY | DIE_ON_UNHANDLED_EXCEPTION | KILL_ON_JOB_CLOSE)
        .putInt(ACTIVE_PROCESS_LIMIT_AT, processes)
        .putLong(JOB_MEMORY_LIMIT_AT, memoryBytes)
        .array();
  }

  /**
   * {@code JOBOBJECT_CPU_RATE_CONTROL_INFORMATION}: a hard cap, in ten-thousandths of all the
   * processors of the machine together.
   *
   * @param share processors
   * @param processors of the machine
   */
  static byte[] cpuRate(double share, int processors) {
    long rate = Math.max(1, Math.round(share / processors * WHOLE));
    boolean limited = rate < WHOLE;
    return empty(CPU_RATE_SIZE)
        .putInt(0, limited ? RATE_ENABLE | RATE_HARD_CAP : 0)
        .putInt(4, limited ? (int) rate : 0)
        .array();
  }

  /**
   * CPU time of all that are or were in the job, from {@code
   * JOBOBJECT_BASIC_ACCOUNTING_INFORMATION}; -1 when there is none.
   */
  static long cpuNanos(byte[] accounting) {
    if (accounting.length < ACCOUNTING_SIZE) {
      return SandboxedProcess.UNMEASURED;
    }
    ByteBuffer fields = read(accounting);
    return (fields.getLong(0) + fields.getLong(8)) * UNIT_NANOS;
  }

  /** Size of a {@code JOBOBJECT_BASIC_PROCESS_ID_LIST} of so many. */
  static int processesSize(int count) {
    return 8 + count * Long.BYTES;
  }

  /** The numbers in such a list. */
  static long[] processes(byte[] list) {
    if (list.length < 8) {
      return new long[0];
    }
    ByteBuffer fields = read(list);
    int count = Math.clamp(fields.getInt(4), 0, (list.length - 8) / Long.BYTES);
    long[] pids = new long[count];
    for (int i = 0; i < count; i++) {
      pids[i] = fields.getLong(8 + i * Long.BYTES);
    }
    return pids;
  }

  /** The working set in {@code PROCESS_MEMORY_COUNTERS_EX}, bytes; 0 when there is none. */
  static long workingSet(byte[] counters) {
    return counters.length < MEMORY_SIZE ? 0 : read(counters).getLong(WORKING_SET_AT);
  }
}
