package dev.hearth.runtime.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** As much of Windows as a job object needs: one job, handles, processes with working sets. */
final class FakeWindows implements WindowsCalls {
  final Set<Long> open = new HashSet<>();
  final Set<Integer> refused = new HashSet<>();
  final Map<Integer, byte[]> told = new HashMap<>();

  /** Working sets of those in the job. */
  final Map<Long, Long> members = new TreeMap<>();

  /** Process numbers in the order in which they were suspended and, negative, resumed. */
  final List<Long> suspensions = new ArrayList<>();

  /** One more process, started by what is suspended first. */
  long childOfFirst;

  long cpuUnits;
  int ended = -1;
  private long next = 1000;
  private final Map<Long, Long> processes = new HashMap<>();

  private long handle() {
    open.add(++next);
    return next;
  }

  @Override
  public long createJob() {
    return handle();
  }

  @Override
  public boolean set(long job, int what, byte[] structure) {
    told.put(what, structure);
    return !refused.contains(what);
  }

  @Override
  public byte[] query(long job, int what, int size) {
    ByteBuffer answer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    if (what == JobStructures.ACCOUNTING) {
      return answer.putLong(0, cpuUnits / 2).putLong(8, cpuUnits - cpuUnits / 2).array();
    }
    answer.putInt(members.size()).putInt(members.size());
    members.keySet().forEach(answer::putLong);
    return answer.array();
  }

  @Override
  public boolean assign(long job, long process) {
    return members.putIfAbsent(processes.get(process), 1L << 20) == null;
  }

  @Override
  public void terminate(long job, int exitCode) {
    ended = exitCode;
    members.clear();
  }

  @Override
  public long open(long pid, int rights) {
    if (pid < 0) {
      return 0;
    }
    long handle = handle();
    processes.put(handle, pid);
    return handle;
  }

  @Override
  public void suspend(long process) {
    suspensions.add(processes.get(process));
    if (childOfFirst > 0) {
      members.put(childOfFirst, 1L << 20);
      childOfFirst = 0;
    }
  }

  @Override
  public void resume(long process) {
    suspensions.add(-processes.get(process));
  }

  @Override
  public byte[] memory(long process) {
    Long bytes = members.get(processes.get(process));
    return bytes == null
        ? new byte[0]
        : ByteBuffer.allocate(JobStructures.MEMORY_SIZE)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(16, bytes)
            .array();
  }

  @Override
  public void close(long handle) {
    if (!open.remove(handle)) {
      throw new IllegalStateException("Closed twice: " + handle);
    }
  }
}
