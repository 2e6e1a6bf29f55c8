package dev.hearth.runtime.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures one process and those it started, from /proc (measured-runtime.md section 4). One
 * process is the common case and costs a few microseconds; others are looked for at most every 100
 * ms, and only while somebody asks.
 *
 * <p>The peak is the higher of the first process's own high-water mark, which the kernel keeps
 * exactly, and the highest amount that {@link #residentBytes()} has seen for all together. For a
 * single process it is exact; for several it may miss what happened between two samples.
 */
final class GroupMeter implements ProcessMeter {
  private static final long REFRESH_NANOS = 100_000_000L;

  /** One may come when another goes, and the count stay the same. */
  private static final long MOST_UNLISTED_NANOS = 500_000_000L;

  private static final long CHILD_TIMES_NANOS = 10_000_000L;
  private static final int WAITED_USER = 13;
  private static final int WAITED_SYSTEM = 14;
  private static final int SC_CLK_TCK = 2;
  private static final int SC_PAGESIZE = 30;

  /** From so many on the kernel's account of all is asked instead of each. */
  private static final int MANY = 16;

  /** A high-water mark this close to what is held now need not be lowered before the next call. */
  private static final long NEGLIGIBLE_BYTES = 64 << 10;

  private static final long PAGE;
  private static final long TICK_NANOS;
  private static final MemorySegment RESET_PEAK = Arena.global().allocateFrom("5").asSlice(0, 1);

  static {
    MemorySegment sysconf = Libc.symbol("sysconf");
    PAGE = Libc.call(sysconf, SC_PAGESIZE, 0, 0, 0, 0, 0);
    TICK_NANOS = 1_000_000_000L / Libc.call(sysconf, SC_CLK_TCK, 0, 0, 0, 0, 0);
  }

  /** Another process of the group. */
  private static final class Member implements AutoCloseable {
    final ProcFile statm;
    final int clock;
    final boolean childOfLeader;
    long cpuNanos;
    boolean empty;

    Member(int pid, boolean childOfLeader) {
      statm = new ProcFile("/proc/" + pid + "/statm", 128);
      clock = Libc.cpuClock(pid);
      this.childOfLeader = childOfLeader;
    }

    /** 0 when it has ended. */
    long residentBytes() {
      return statm.read() ? Math.max(0, statm.number(1)) * PAGE : 0;
    }

    @Override
    public void close() {
      statm.close();
    }
  }

  private final int leader;
  private final IntFunction<List<Integer>> session;
  private final @Nullable ControlGroup group;
  private final Map<Integer, Member> others = new HashMap<>();
  private final GroupMemory memory = new GroupMemory();
  private final ProcFile statm;
  private final ProcFile status;
  private final ProcFile stat;
  private final int clearRefs;
  private final int clock;

  private boolean closed;
  private boolean peakIsOfKernel = true;

  /** Whether there was more than one process since the last reset: then the group's peak counts. */
  private boolean severalSinceReset;

  private long sampledPeak;

  /** How far the kernel's mark was above what was held when it was read last. */
  private long aboveResident = Long.MAX_VALUE;

  private long othersFoundAt;
  private long listedAt;

  /** Threads of the group when it was listed last. */
  private long tasks;

  private boolean memberEnded;
  private long childTimesReadAt;
  private long childTimes;
  private long lostCpuNanos;
  private long cpuNanos = SandboxedProcess.UNMEASURED;

  /**
   * @param leader must not be reaped before {@link #close()}
   * @param session other members of the leader's session as far as they are known
   * @param group which all of them are in; null where there is none
   */
  GroupMeter(int leader, IntFunction<List<Integer>> session, @Nullable ControlGroup group) {
    this.leader = leader;
    this.session = session;
    this.group = group;
    String folder = "/proc/" + leader;
    statm = new ProcFile(folder + "/statm", 128);
    status = new ProcFile(folder + "/status", 4096);
    stat = new ProcFile(folder + "/stat", 1024);
    clearRefs = Libc.open(folder + "/clear_refs", Libc.O_WRONLY);
    clock = Libc.cpuClock(leader);
  }

  /** Bytes now; 0 when all have gone. */
  @Override
  public synchronized long residentBytes() {
    if (closed) {
      return 0;
    }
    long now = System.nanoTime();
    if (othersFoundAt == 0 || now - othersFoundAt > REFRESH_NANOS) {
      othersFoundAt = now;
      if (mayHaveChanged(now)) {
        findOthers();
      }
    }
    return sample();
  }

  /** Counting the members of a group takes a tenth of what listing them takes. */
  private boolean mayHaveChanged(long now) {
    long count = group == null ? SandboxedProcess.UNMEASURED : group.tasks();
    if (count >= 0 && count == tasks && !memberEnded && now - listedAt < MOST_UNLISTED_NANOS) {
      return false;
    }
    tasks = count;
    listedAt = now;
    memberEnded = false;
    return true;
  }

  private long sample() {
    if (!statm.read()) {
      return SandboxedProcess.UNMEASURED;
    }
    long bytes = statm.number(1) * PAGE;
    if (!others.isEmpty()) {
      bytes = sampleWithOthers(bytes);
    }
    sampledPeak = Math.max(sampledPeak, bytes);
    return bytes;
  }

  private long sampleWithOthers(long ofLeader) {
    long together = group == null || others.size() < MANY ? -1 : group.anonymousBytes();
    return together < 0 ? sumWithOthers(ofLeader) : Math.max(ofLeader, together + programFiles());
  }

  /** The kernel's account of the group leaves out the program files that are mapped. */
  private long programFiles() {
    return status.read() ? Math.max(0, status.numberOf("RssFile")) * 1024 : 0;
  }

  private long sumWithOthers(long ofLeader) {
    long sum = ofLeader;
    long largest = ofLeader;
    for (Member member : others.values()) {
      long bytes = member.residentBytes();
      if (bytes <= 0 && !member.empty) {
        memory.membersChanged();
        memberEnded = true;
      }
      member.empty = bytes <= 0;
      // Between vfork and exec a child runs in its parent's memory.
      if (!(member.childOfLeader && member.statm.sameAs(statm))) {
        sum += bytes;
        largest = Math.max(largest, bytes);
      }
    }
    Set<Integer> all = new HashSet<>(others.keySet());
    all.add(leader);
    return Math.max(largest, memory.together(sum, all));
  }

  private void findOthers() {
    List<Integer> members = group == null ? List.of() : group.processes();
    boolean alone = group != null && members.size() <= 1;
    List<Integer> children = alone ? List.of() : ProcTable.children(leader);
    Set<Integer> living = new HashSet<>();
    if (group != null) {
      living.addAll(members);
    } else {
      living.addAll(session.apply(leader));
      for (int child : children) {
        living.add(child);
        living.addAll(ProcTable.descendants(child));
      }
    }
    living.remove(leader);
    severalSinceReset |= !living.isEmpty();
    for (Iterator<Map.Entry<Integer, Member>> i = others.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Integer, Member> known = i.next();
      if (!living.contains(known.getKey())) {
        leave(known.getValue());
        i.remove();
        memory.membersChanged();
      }
    }
    for (int pid : living) {
      others.computeIfAbsent(pid, added -> join(added, children.contains(added)));
    }
  }

  private Member join(int pid, boolean childOfLeader) {
    memory.membersChanged();
    return new Member(pid, childOfLeader);
  }

  /** A child that the leader has waited for is in the leader's own account from then on. */
  private void leave(Member member) {
    if (!member.childOfLeader) {
      lostCpuNanos += member.cpuNanos;
    }
    member.close();
  }

  @Override
  public synchronized void resetPeak() {
    sampledPeak = 0;
    severalSinceReset = !others.isEmpty();
    if (!closed) {
      if (group != null) {
        group.resetPeak();
      }
      if (aboveResident > NEGLIGIBLE_BYTES) {
        peakIsOfKernel = Libc.write(clearRefs, RESET_PEAK) == 1;
      }
      aboveResident = Long.MAX_VALUE;
    }
  }

  @Override
  public synchronized long peakBytes() {
    if (!closed) {
      if (!peakIsOfKernel || !others.isEmpty()) {
        sample();
      }
      if (peakIsOfKernel && status.read()) {
        long mark = status.numberOf("VmHWM") * 1024;
        aboveResident = mark - status.numberOf("VmRSS") * 1024;
        sampledPeak = Math.max(sampledPeak, mark);
      }
      if (group != null && (severalSinceReset || group.hasKilled())) {
        sampledPeak = Math.max(sampledPeak, peakOf(group));
      }
    }
    return sampledPeak > 0 ? sampledPeak : SandboxedProcess.UNMEASURED;
  }

  private long peakOf(ControlGroup all) {
    long anonymous = all.peakBytes();
    if (anonymous < 0 || all.hasKilled()) {
      return anonymous;
    }
    return anonymous + programFiles();
  }

  /** Processes that came and went between two looks count as soon as their parent waited. */
  @Override
  public synchronized long cpuNanos() {
    if (closed || clock == 0) {
      return cpuNanos;
    }
    long ofGroup = group == null ? -1 : group.cpuNanos();
    if (ofGroup >= 0) {
      cpuNanos = ofGroup;
      return cpuNanos;
    }
    long sum = Libc.clockNanos(clock);
    if (sum < 0) {
      return cpuNanos;
    }
    for (Member member : others.values()) {
      member.cpuNanos = Math.max(member.cpuNanos, Libc.clockNanos(member.clock));
      sum += member.cpuNanos;
    }
    cpuNanos = Math.max(cpuNanos, sum + lostCpuNanos + waitedChildren());
    return cpuNanos;
  }

  /** In ticks of 10 ms, so there is nothing new to learn more often than that. */
  private long waitedChildren() {
    long now = System.nanoTime();
    if (childTimesReadAt == 0 || now - childTimesReadAt > CHILD_TIMES_NANOS) {
      childTimesReadAt = now;
      if (stat.read()) {
        long ticks = stat.numberAfterName(WAITED_USER) + stat.numberAfterName(WAITED_SYSTEM);
        childTimes = Math.max(childTimes, ticks * TICK_NANOS);
      }
    }
    return childTimes;
  }

  /** The exact account that the kernel gives when the leader has been waited for. */
  synchronized void settle(long leaderCpuNanos) {
    cpuNanos = Math.max(cpuNanos, leaderCpuNanos + lostCpuNanos);
  }

  /** From here on the last values are answered. */
  @Override
  public synchronized void close() {
    if (!closed) {
      long ofGroup = group == null ? -1 : group.cpuNanos();
      cpuNanos = Math.max(cpuNanos, ofGroup);
      closed = true;
      statm.close();
      status.close();
      stat.close();
      if (clearRefs >= 0) {
        Libc.close(clearRefs);
      }
      others.values().forEach(this::leave);
      others.clear();
    }
  }
}
