package dev.hearth.runtime.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Version 2: one hierarchy for all controllers. A group that has controllers for its children may
 * hold no process itself, so Hearth moves aside into a group of its own before the first
 * environment gets one beside it.
 */
final class CgroupV2 implements ControlGroups {
  private static final List<String> WANTED = List.of("memory", "cpu", "pids");

  /** Where we are while the groups of environments are beside us. */
  static final String OWN = Cgroups.PREFIX + "self";

  private final Path parent;
  private final Set<String> controllers;
  private final Predicate<Path> remover;

  private CgroupV2(Path parent, Set<String> controllers, Predicate<Path> remover) {
    this.parent = parent;
    this.controllers = controllers;
    this.remover = remover;
  }

  /**
   * Prepares the group that this process is in.
   *
   * @param parent the group's folder; ours alone and ours to write ("delegated")
   * @param remover removes a group's folder
   * @throws IOException when it is not, naming the file and the kernel's reason
   */
  static CgroupV2 in(Path parent, Predicate<Path> remover) throws IOException {
    Set<String> offered = words(parent.resolve("cgroup.controllers"));
    Set<String> usable = WANTED.stream().filter(offered::contains).collect(Collectors.toSet());
    if (usable.isEmpty()) {
      throw new IOException(parent + " offers no controller that limits an environment");
    }
    if (!words(parent.resolve("cgroup.subtree_control")).containsAll(usable)) {
      Path own = parent.resolve(OWN);
      Files.createDirectories(own);
      ControlFile.write(own.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
      for (String controller : usable) {
        ControlFile.write(parent.resolve("cgroup.subtree_control"), "+" + controller);
      }
    }
    return new CgroupV2(parent, usable, remover);
  }

  /** Whether the group has a controller that is of use. */
  static boolean offersSomething(Path group) {
    return words(group.resolve("cgroup.controllers")).stream().anyMatch(WANTED::contains);
  }

  private static Set<String> words(Path file) {
    return Set.of(ControlFile.text(file).strip().split("\\s+"));
  }

  @Override
  public String description() {
    return "cgroup v2";
  }

  @Override
  public Set<Dimension> dimensions() {
    Set<Dimension> all = EnumSet.of(Dimension.FREEZE);
    if (controllers.contains("memory")) {
      all.add(Dimension.MEMORY);
    }
    if (controllers.contains("cpu")) {
      all.add(Dimension.CPU);
    }
    if (controllers.contains("pids")) {
      all.add(Dimension.PROCESSES);
    }
    return all;
  }

  @Override
  public ControlGroup create(String name, long memoryBytes, CpuShare.Quota quota)
      throws IOException {
    return inside(Files.createDirectory(parent.resolve(name)), memoryBytes, quota);
  }

  /** Limits a group that is there; removes it when that fails. */
  ControlGroup inside(Path folder, long memoryBytes, CpuShare.Quota quota) throws IOException {
    Group group = new Group(folder, controllers, remover);
    try {
      group.limit(memoryBytes);
      group.allow(quota);
      return group;
    } catch (IOException e) {
      group.remove();
      throw e;
    }
  }

  @Override
  public void close() {
    // We stay where we are: going back is refused as long as the controllers are on.
  }

  /** One environment's group. */
  private static final class Group implements ControlGroup {
    private static final byte[] RESET = {'r'};

    private final Path folder;
    private final Set<String> controllers;
    private final Predicate<Path> remover;

    /** The peak is reset for readers of one open file only. */
    private final int peak;

    private final ProcFile cpu;
    private final ProcFile kills;
    private final ProcFile tasks;
    private boolean peakIsReset;
    private long killsBefore;
    private boolean closed;

    Group(Path folder, Set<String> controllers, Predicate<Path> remover) {
      this.folder = folder;
      this.controllers = controllers;
      this.remover = remover;
      cpu = new ProcFile(folder.resolve("cpu.stat").toString(), 256);
      kills = new ProcFile(folder.resolve("memory.events").toString(), 256);
      tasks = new ProcFile(folder.resolve("pids.current").toString(), 32);
      peak = Libc.open(folder.resolve("memory.peak").toString(), Libc.O_RDWR);
    }

    void limit(long memoryBytes) throws IOException {
      if (controllers.contains("memory")) {
        ControlFile.write(folder.resolve("memory.max"), Long.toString(memoryBytes));
        Path swap = folder.resolve("memory.swap.max");
        if (Files.exists(swap)) {
          ControlFile.write(swap, "0");
        }
      }
      if (controllers.contains("pids")) {
        ControlFile.write(folder.resolve("pids.max"), Integer.toString(CgroupV1.MOST_PROCESSES));
      }
    }

    @Override
    public Door door() {
      throw new UnsupportedOperationException("Version 2 takes whole processes only");
    }

    @Override
    public List<Path> entrances() {
      return List.of(folder.resolve("cgroup.procs"));
    }

    @Override
    public List<Integer> processes() {
      return Cgroups.members(folder);
    }

    @Override
    public synchronized long tasks() {
      return tasks.read() ? tasks.number(0) : SandboxedProcess.UNMEASURED;
    }

    @Override
    public boolean limitsMemory() {
      return controllers.contains("memory");
    }

    @Override
    public void allow(CpuShare.Quota quota) throws IOException {
      if (controllers.contains("cpu")) {
        ControlFile.write(
            folder.resolve("cpu.max"), quota.quotaMicros() + " " + quota.periodMicros());
      }
    }

    @Override
    public long anonymousBytes() {
      return ControlFile.number(folder.resolve("memory.stat"), "anon");
    }

    @Override
    public synchronized void resetPeak() {
      killsBefore = memoryKills();
      peakIsReset = !closed && peak >= 0 && Libc.write(peak, RESET, 0, 1) == 1;
    }

    /** Kernels before 6.12 reset nothing; then what is held now has to do. */
    @Override
    public synchronized long peakBytes() {
      if (hasKilled()) {
        return ControlFile.number(folder.resolve("memory.max"));
      }
      if (!peakIsReset || closed) {
        return anonymousBytes();
      }
      Path stat = folder.resolve("memory.stat");
      byte[] text = new byte[32];
      int length = Libc.pread(peak, text);
      long highest = ControlFile.parse(new String(text, 0, Math.max(0, length), US_ASCII));
      long others =
          Math.max(0, ControlFile.number(stat, "file"))
              + Math.max(0, ControlFile.number(stat, "kernel"));
      return highest < 0 ? highest : Math.max(0, highest - others);
    }

    @Override
    public synchronized long cpuNanos() {
      long micros = cpu.read() ? cpu.numberAfter("usage_usec") : -1;
      return micros < 0 ? SandboxedProcess.UNMEASURED : micros * 1_000;
    }

    @Override
    public synchronized boolean hasKilled() {
      return memoryKills() > killsBefore;
    }

    private long memoryKills() {
      return kills.read() ? Math.max(0, kills.numberAfter("oom_kill")) : 0;
    }

    @Override
    public boolean freeze() {
      return Cgroups.tolerant(() -> ControlFile.write(folder.resolve("cgroup.freeze"), "1"));
    }

    @Override
    public void thaw() {
      Cgroups.tolerant(() -> ControlFile.write(folder.resolve("cgroup.freeze"), "0"));
    }

    @Override
    public void kill() {
      Path kill = folder.resolve("cgroup.kill");
      if (Files.exists(kill)) {
        Cgroups.tolerant(() -> ControlFile.write(kill, "1"));
        return;
      }
      // Kernels before 5.14: nobody may start anything while they are killed one by one.
      Cgroups.tolerant(() -> ControlFile.write(folder.resolve("pids.max"), "0"));
      processes().forEach(pid -> Libc.kill(pid, Libc.SIGKILL));
      thaw();
    }

    @Override
    public boolean remove() {
      return remover.test(folder);
    }

    @Override
    public List<Path> folders() {
      return List.of(folder);
    }

    @Override
    public void close() {
      kill();
      remove();
      synchronized (this) {
        if (!closed && peak >= 0) {
          Libc.close(peak);
        }
        cpu.close();
        kills.close();
        tasks.close();
        closed = true;
      }
    }
  }
}
