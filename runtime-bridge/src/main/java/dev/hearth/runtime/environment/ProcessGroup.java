package dev.hearth.runtime.environment;

import dev.hearth.runtime.sandbox.SandboxedProcess;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * All processes of one environment, measured and stopped as one: the runtime's and those of
 * external extensions, which on Lambda share memory and CPU.
 */
final class ProcessGroup {
  private final List<SandboxedProcess> processes = new CopyOnWriteArrayList<>();

  void add(SandboxedProcess process) {
    processes.add(process);
  }

  /** Whether somebody has to compare memory with the limit; otherwise the kernel does. */
  boolean limitIsOurs() {
    return processes.size() != 1 || !processes.getFirst().limitsMemory();
  }

  long residentBytes() {
    return sum(SandboxedProcess::residentBytes);
  }

  /** For one process the kernel's own peak; for several nobody knows when each had its own. */
  long peakBytes() {
    return processes.size() == 1 ? processes.getFirst().peakBytes() : residentBytes();
  }

  long cpuNanos() {
    return sum(SandboxedProcess::cpuNanos);
  }

  private long sum(ToLongFunction<SandboxedProcess> part) {
    long sum = 0;
    for (SandboxedProcess process : processes) {
      long value = part.applyAsLong(process);
      if (value < 0) {
        return SandboxedProcess.UNMEASURED;
      }
      sum += value;
    }
    return sum;
  }

  /** Whether one of them may have the other end of a connection. */
  boolean mayHold(Socket connection) {
    return processes.stream().anyMatch(process -> process.mayHold(connection));
  }

  void each(Consumer<SandboxedProcess> action) {
    processes.forEach(action);
  }
}
