package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Linux offers, put together from the parts that work on this machine. */
final class LinuxConfinement implements Confinement {
  private static final Logger log = LoggerFactory.getLogger(LinuxConfinement.class);
  private static final long RETRY_NANOS = 5_000_000;
  private static final long MOST_CLOSE_NANOS = 2_000_000_000L;

  private final @Nullable ControlGroups groups;
  private final CpuShare cpu;
  private final Sweeper sweeper;

  /** Ended, but the kernel has not let go of them yet. */
  private final Set<ControlGroup> leaving = ConcurrentHashMap.newKeySet();

  LinuxConfinement(@Nullable ControlGroups groups, CpuShare cpu, Sweeper sweeper) {
    this.groups = groups;
    this.cpu = cpu;
    this.sweeper = sweeper;
  }

  @Override
  public String description() {
    return groups == null ? Confinement.NONE.description() : groups.description();
  }

  @Override
  public List<String> notLimited() {
    Set<ControlGroups.Dimension> limited =
        groups == null ? EnumSet.noneOf(ControlGroups.Dimension.class) : groups.dimensions();
    List<String> missing = new ArrayList<>();
    if (!limited.contains(ControlGroups.Dimension.CPU)) {
      missing.add("CPU share");
    }
    missing.add("files");
    if (!limited.contains(ControlGroups.Dimension.PROCESSES)) {
      missing.add("number of processes");
    }
    return missing;
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    boolean memory = groups != null && groups.dimensions().contains(ControlGroups.Dimension.MEMORY);
    if (!memory) {
      remarks.add("memory is checked every 10 ms");
    }
    if (groups != null
        && groups.dimensions().contains(ControlGroups.Dimension.CPU)
        && !cpu.missing().isEmpty()) {
      remarks.add(cpu.missing());
    }
    return remarks;
  }

  @Override
  public Enclosure enclose(String name, ProcessSpec spec) throws IOException {
    if (groups == null) {
      return Enclosure.NONE;
    }
    long memory = spec.memoryLimitBytes();
    return new Inside(groups.create(name, memory, cpu.init(memory)), cpu.calls(memory));
  }

  /** A shell that puts itself into the group and then becomes the wanted program. */
  static List<String> joining(List<Path> entrances, List<String> wanted) {
    List<String> whole =
        new ArrayList<>(List.of("/bin/sh", "-c", "echo $$ > \"$0\" && exec \"$@\""));
    whole.add(entrances.getFirst().toString());
    whole.addAll(wanted);
    return whole;
  }

  /** One environment's surroundings. */
  private final class Inside implements Enclosure {
    private final ControlGroup group;
    private final CpuShare.Quota calls;

    Inside(ControlGroup group, CpuShare.Quota calls) {
      this.group = group;
      this.calls = calls;
    }

    @Override
    public List<String> command(List<String> wanted) {
      return group.entrances().isEmpty() ? wanted : joining(group.entrances(), wanted);
    }

    @Override
    public boolean entersByThread() {
      return group.entrances().isEmpty();
    }

    @Override
    public void enter() throws IOException {
      group.enter();
    }

    @Override
    public ControlGroup group() {
      return group;
    }

    @Override
    public void initDone() {
      Cgroups.tolerant(() -> group.allow(calls));
    }

    @Override
    public void close() {
      leaving.add(group);
      group.close();
      sweeper.repeat(this::left);
    }

    private boolean left() {
      boolean gone = group.remove();
      if (gone) {
        leaving.remove(group);
      } else {
        group.kill();
      }
      return gone;
    }
  }

  @Override
  public void close() {
    long until = System.nanoTime() + MOST_CLOSE_NANOS;
    leaving.removeIf(ControlGroup::remove);
    while (!leaving.isEmpty() && System.nanoTime() - until < 0) {
      leaving.forEach(ControlGroup::kill);
      LockSupport.parkNanos(this, RETRY_NANOS);
      leaving.removeIf(ControlGroup::remove);
    }
    leaving.forEach(left -> log.warn("Control group {} could not be removed", left.folders()));
    if (groups != null) {
      groups.close();
    }
  }
}
