package dev.hearth.runtime.sandbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures a group of processes on macOS. Memory is the footprint, which leaves out what processes
 * share of files, and counts what is compressed.
 *
 * <p>The peak of a single process is the system's own where it can be reset; otherwise, and for
 * several processes, it is the highest that was seen at a sample.
 */
final class MacMeter implements ProcessMeter {
  private static final long REFRESH_NANOS = 100_000_000L;

  private final int leader;
  private final MacCalls calls;

  /** The last account of every member that was seen living. */
  private final Map<Integer, MacUsage> members = new HashMap<>();

  private boolean closed;
  private boolean peakIsOfSystem;
  private boolean severalSinceReset;
  private long sampledPeak;
  private long lostUnits;
  private long cpuNanos = SandboxedProcess.UNMEASURED;
  private long refreshedAt;

  MacMeter(int leader, MacCalls calls) {
    this.leader = leader;
    this.calls = calls;
  }

  @Override
  public synchronized long residentBytes() {
    if (closed) {
      return 0;
    }
    long sum = look(true);
    sampledPeak = Math.max(sampledPeak, sum);
    return sum;
  }

  /** Asks for all accounts; answers the sum of the footprints. */
  private long look(boolean mayBeOld) {
    long now = System.nanoTime();
    if (!mayBeOld || refreshedAt == 0 || now - refreshedAt > REFRESH_NANOS) {
      refreshedAt = now;
      find().forEach(pid -> members.putIfAbsent(pid, new MacUsage(0, 0, 0, 0)));
    }
    long sum = 0;
    for (int pid : Set.copyOf(members.keySet())) {
      MacUsage usage = calls.usage(pid);
      if (usage == null) {
        leave(pid);
      } else {
        members.put(pid, usage);
        sum += usage.footprint();
      }
    }
    severalSinceReset |= members.size() > 1;
    return members.isEmpty() ? SandboxedProcess.UNMEASURED : sum;
  }

  /** A child that its parent has waited for is in the parent's own account from then on. */
  private void leave(int pid) {
    MacUsage last = members.remove(pid);
    if (last != null && (pid == leader || !members.containsKey(leader))) {
      lostUnits += last.cpuUnits();
    }
  }

  /** The leader, those of its group, and all their descendants. */
  private Set<Integer> find() {
    Set<Integer> found = new HashSet<>();
    add(found, leader);
    for (int pid : calls.pids(MacCalls.OF_GROUP, leader)) {
      add(found, pid);
    }
    return found;
  }

  private void add(Set<Integer> found, int pid) {
    if (pid > 0 && found.add(pid)) {
      for (int child : calls.pids(MacCalls.OF_PARENT, pid)) {
        add(found, child);
      }
    }
  }

  @Override
  public synchronized void resetPeak() {
    sampledPeak = 0;
    severalSinceReset = members.size() > 1;
    peakIsOfSystem = !closed && calls.resetFootprint(leader);
  }

  @Override
  public synchronized long peakBytes() {
    if (!closed) {
      sampledPeak = Math.max(sampledPeak, look(false));
      MacUsage first = members.get(leader);
      if (peakIsOfSystem && !severalSinceReset && first != null) {
        sampledPeak = Math.max(sampledPeak, first.highest());
      }
    }
    return sampledPeak > 0 ? sampledPeak : SandboxedProcess.UNMEASURED;
  }

  @Override
  public synchronized long cpuNanos() {
    if (!closed && look(true) >= 0) {
      long units = lostUnits;
      for (@Nullable MacUsage usage : members.values()) {
        units += usage == null ? 0 : usage.cpuUnits();
      }
      // A child's time is missing for the moment between its end and its parent's account of it.
      cpuNanos = Math.max(cpuNanos, calls.nanos(units));
    }
    return cpuNanos;
  }

  @Override
  public synchronized void close() {
    closed = true;
    members.clear();
  }
}
