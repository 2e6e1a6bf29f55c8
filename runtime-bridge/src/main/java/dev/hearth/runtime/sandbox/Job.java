package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * One environment's job object on Windows: whatever its processes start is in it, too, and cannot
 * leave. It ends with our handle, so that nothing outlives Hearth however that ends.
 *
 * <p>Freezing suspends the threads of each process. Memory is the sum of the working sets.
 */
final class Job implements GroupControl, ProcessMeter {
  /** Lambda's limit is of processes and threads together; a job counts processes. */
  static final int MOST_PROCESSES = 1024;

  private static final int TERMINATE = 0x1;
  private static final int VM_READ = 0x10;
  private static final int SET_QUOTA = 0x100;
  private static final int SUSPEND_RESUME = 0x800;
  private static final int QUERY_LIMITED = 0x1000;

  /** What {@code 137} is on other systems: killed. */
  private static final int KILLED = 137;

  private static final int MOST_ROUNDS = 20;

  private final WindowsCalls calls;
  private final int processors;
  private final long job;
  private final Set<Long> suspended = new HashSet<>();
  private boolean closed;
  private boolean killed;
  private long sampledPeak;
  private long cpuNanos = UNMEASURED;

  private static final long UNMEASURED = SandboxedProcess.UNMEASURED;

  private Job(WindowsCalls calls, int processors, long job) {
    this.calls = calls;
    this.processors = processors;
    this.job = job;
  }

  /**
   * An empty one.
   *
   * @param memoryBytes of the function
   * @throws IOException when Windows refuses; nothing is left behind then
   */
  static Job create(WindowsCalls calls, int processors, long memoryBytes) throws IOException {
    long handle = calls.createJob();
    if (handle == 0) {
      throw new IOException("Windows gives no job object");
    }
    byte[] limits = JobStructures.limits(committed(memoryBytes), MOST_PROCESSES);
    if (!calls.set(handle, JobStructures.LIMITS, limits)) {
      calls.close(handle);
      throw new IOException("Windows does not limit a job object");
    }
    return new Job(calls, processors, handle);
  }

  /**
   * Windows limits what is committed, which for a Java machine is far more than what it touches.
   * Lambda counts what is touched, and so does who samples; this is the net below.
   */
  static long committed(long memoryBytes) {
    return 2 * memoryBytes + (256L << 20);
  }

  /**
   * Sets the CPU share, of one processor; false when Windows refuses, as inside some other jobs.
   */
  synchronized boolean allow(double share) {
    return !closed
        && calls.set(job, JobStructures.CPU_RATE, JobStructures.cpuRate(share, processors));
  }

  /**
   * Puts a running process in.
   *
   * @throws IOException when Windows refuses
   */
  synchronized void adopt(long pid) throws IOException {
    long process = calls.open(pid, TERMINATE | SET_QUOTA);
    try {
      if (process == 0 || !calls.assign(job, process)) {
        throw new IOException("Windows does not put process " + pid + " into a job object");
      }
    } finally {
      if (process != 0) {
        calls.close(process);
      }
    }
  }

  private long[] processes() {
    byte[] list =
        calls.query(job, JobStructures.PROCESSES, JobStructures.processesSize(MOST_PROCESSES));
    return JobStructures.processes(list);
  }

  private void each(long pid, int rights, LongConsumer step) {
    long process = calls.open(pid, rights);
    if (process != 0) {
      step.accept(process);
      calls.close(process);
    }
  }

  /** Until a look finds nobody new: one that is not suspended yet may start another. */
  @Override
  public synchronized void freeze() {
    boolean found = !closed;
    for (int round = 0; found && round < MOST_ROUNDS; round++) {
      found = false;
      for (long pid : processes()) {
        if (suspended.add(pid)) {
          found = true;
          each(pid, SUSPEND_RESUME, calls::suspend);
        }
      }
    }
  }

  @Override
  public synchronized void thaw() {
    if (!closed) {
      suspended.forEach(pid -> each(pid, SUSPEND_RESUME, calls::resume));
    }
    suspended.clear();
  }

  @Override
  public synchronized void kill() {
    if (!closed) {
      killed = true;
      calls.terminate(job, KILLED);
    }
  }

  @Override
  public synchronized void ended() {
    if (!closed) {
      calls.terminate(job, KILLED);
    }
  }

  @Override
  public synchronized ExitStatus status(int code) {
    return killed ? new ExitStatus.Signaled(Signals.KILL, false) : new ExitStatus.Exited(code);
  }

  @Override
  public ProcessMeter meter() {
    return this;
  }

  @Override
  public synchronized long residentBytes() {
    if (closed) {
      return 0;
    }
    long[] sum = new long[1];
    for (long pid : processes()) {
      each(
          pid,
          QUERY_LIMITED | VM_READ,
          process -> sum[0] += JobStructures.workingSet(calls.memory(process)));
    }
    sampledPeak = Math.max(sampledPeak, sum[0]);
    return sum[0] > 0 ? sum[0] : UNMEASURED;
  }

  @Override
  public synchronized void resetPeak() {
    sampledPeak = 0;
  }

  @Override
  public synchronized long peakBytes() {
    residentBytes();
    return sampledPeak > 0 ? sampledPeak : UNMEASURED;
  }

  @Override
  public synchronized long cpuNanos() {
    if (!closed) {
      byte[] account = calls.query(job, JobStructures.ACCOUNTING, JobStructures.ACCOUNTING_SIZE);
      cpuNanos = Math.max(cpuNanos, JobStructures.cpuNanos(account));
    }
    return cpuNanos;
  }

  /** Lets go of the job; whoever is still in it ends. */
  @Override
  public synchronized void close() {
    if (!closed) {
      cpuNanos();
      closed = true;
      calls.close(job);
    }
  }
}
