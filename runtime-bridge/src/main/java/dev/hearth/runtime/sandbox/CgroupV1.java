package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Version 1: one hierarchy for each controller, as older systems and containers have them. Any of
 * them may be missing or not ours to write.
 */
final class CgroupV1 implements ControlGroups {
  /** Lambda's limit for processes and threads together (limits-and-pricing.md section 1). */
  static final int MOST_PROCESSES = 1024;

  private final Map<String, Path> parents;

  /**
   * @param parents the folder of each usable controller, in which groups are made
   */
  CgroupV1(Map<String, Path> parents) {
    this.parents = Map.copyOf(parents);
  }

  /** Those in which a group can really be made. */
  static Map<String, Path> usable(Map<String, Path> controllers, String name) {
    Map<String, Path> usable = new LinkedHashMap<>();
    for (var controller : controllers.entrySet()) {
      Path tried = controller.getValue().resolve(name);
      try {
        Files.createDirectory(tried);
        usable.put(controller.getKey(), controller.getValue());
        Files.delete(tried);
      } catch (IOException e) {
        // Missing, read-only or another user's: then this one is not for us.
        usable.remove(controller.getKey());
      }
    }
    return usable;
  }

  @Override
  public String description() {
    return "cgroup v1";
  }

  @Override
  public Set<Dimension> dimensions() {
    Set<Dimension> all = EnumSet.noneOf(Dimension.class);
    Map.of(
            "memory", Dimension.MEMORY,
            "cpu", Dimension.CPU,
            "pids", Dimension.PROCESSES,
            "freezer", Dimension.FREEZE)
        .forEach(
            (controller, dimension) -> {
              if (parents.containsKey(controller)) {
                all.add(dimension);
              }
            });
    return all;
  }

  @Override
  public ControlGroup create(String name, long memoryBytes, CpuShare.Quota quota)
      throws IOException {
    Map<String, Path> folders = new LinkedHashMap<>();
    Group group = new Group(folders);
    try {
      for (var parent : parents.entrySet()) {
        Path folder = parent.getValue().resolve(name);
        // Several controllers may share one hierarchy.
        if (!folders.containsValue(folder)) {
          Files.createDirectory(folder);
        }
        folders.put(parent.getKey(), folder);
      }
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
    // The parents were there before us.
  }

  /** The open files of one group that take a thread. */
  private static final class TaskFiles implements ControlGroup.Door {
    private static final byte[] MYSELF = {'0'};

    private final List<Integer> descriptors = new ArrayList<>();

    void open(Path file) throws IOException {
      int fd = Libc.open(file.toString(), Libc.O_WRONLY);
      Namespace.check("Opening " + file, fd);
      descriptors.add(fd);
    }

    @Override
    public void enter() throws IOException {
      for (int fd : descriptors) {
        Namespace.check("Entering a control group", Libc.write(fd, MYSELF, 0, 1));
      }
    }

    @Override
    public void close() {
      descriptors.forEach(Libc::close);
      descriptors.clear();
    }
  }

  private static final class Group implements ControlGroup {
    private static final int MOST_KILL_ROUNDS = 200;
    private static final byte[] RESET = {'0'};

    private final Map<String, Path> folders;
    private @Nullable ProcFile usage;
    private @Nullable ProcFile kills;
    private @Nullable ProcFile tasks;
    private int peak = -1;
    private boolean peakIsReset = true;
    private long killsBefore;

    Group(Map<String, Path> folders) {
      this.folders = folders;
    }

    private @Nullable Path file(String controller, String name) {
      Path folder = folders.get(controller);
      return folder == null ? null : folder.resolve(name);
    }

    private void write(String controller, String name, String text) throws IOException {
      Path file = file(controller, name);
      if (file != null) {
        ControlFile.write(file, text);
      }
    }

    private long number(String controller, String name) {
      Path file = file(controller, name);
      return file == null ? SandboxedProcess.UNMEASURED : ControlFile.number(file);
    }

    private long number(String controller, String name, String key) {
      Path file = file(controller, name);
      return file == null ? SandboxedProcess.UNMEASURED : ControlFile.number(file, key);
    }

    void limit(long memoryBytes) throws IOException {
      write("memory", "memory.limit_in_bytes", Long.toString(memoryBytes));
      Path withSwap = file("memory", "memory.memsw.limit_in_bytes");
      if (withSwap != null && Files.exists(withSwap)) {
        ControlFile.write(withSwap, Long.toString(memoryBytes));
      }
      write("pids", "pids.max", Integer.toString(MOST_PROCESSES));
      Path cpu = file("cpuacct", "cpuacct.usage");
      Path highest = file("memory", "memory.max_usage_in_bytes");
      Path outOfMemory = file("memory", "memory.oom_control");
      Path current = file("pids", "pids.current");
      synchronized (this) {
        usage = cpu == null ? null : new ProcFile(cpu.toString(), 32);
        tasks = current == null ? null : new ProcFile(current.toString(), 32);
        kills = outOfMemory == null ? null : new ProcFile(outOfMemory.toString(), 256);
        peak = highest == null ? -1 : Libc.open(highest.toString(), Libc.O_WRONLY);
      }
    }

    @Override
    public Door door() throws IOException {
      TaskFiles files = new TaskFiles();
      try {
        for (Path folder : folders()) {
          files.open(folder.resolve("tasks"));
        }
      } catch (IOException e) {
        files.close();
        throw e;
      }
      return files;
    }

    @Override
    public List<Path> entrances() {
      return List.of();
    }

    @Override
    public List<Integer> processes() {
      for (Path folder : folders.values()) {
        return Cgroups.members(folder);
      }
      return List.of();
    }

    @Override
    public boolean limitsMemory() {
      return folders.containsKey("memory");
    }

    @Override
    public void allow(CpuShare.Quota quota) throws IOException {
      write("cpu", "cpu.cfs_period_us", Long.toString(quota.periodMicros()));
      write("cpu", "cpu.cfs_quota_us", Long.toString(quota.quotaMicros()));
    }

    @Override
    public long anonymousBytes() {
      return number("memory", "memory.stat", "total_rss");
    }

    @Override
    public synchronized void resetPeak() {
      killsBefore = memoryKills();
      peakIsReset = peak >= 0 && Libc.write(peak, RESET, 0, 1) == 1;
    }

    @Override
    public synchronized long peakBytes() {
      boolean killed = hasKilled();
      boolean exact = peakIsReset || killed;
      long highest =
          number("memory", exact ? "memory.max_usage_in_bytes" : "memory.usage_in_bytes");
      if (highest < 0 || killed) {
        return highest;
      }
      long cache = Math.max(0, number("memory", "memory.stat", "total_cache"));
      long kernel = Math.max(0, number("memory", "memory.kmem.usage_in_bytes"));
      return Math.max(0, highest - cache - kernel);
    }

    @Override
    public synchronized long cpuNanos() {
      return usage != null && usage.read() ? usage.number(0) : SandboxedProcess.UNMEASURED;
    }

    @Override
    public synchronized long tasks() {
      return tasks != null && tasks.read() ? tasks.number(0) : SandboxedProcess.UNMEASURED;
    }

    @Override
    public synchronized boolean hasKilled() {
      return memoryKills() > killsBefore;
    }

    private long memoryKills() {
      return kills != null && kills.read() ? Math.max(0, kills.numberAfter("oom_kill")) : 0;
    }

    @Override
    public boolean freeze() {
      return freezer("FROZEN");
    }

    @Override
    public void thaw() {
      freezer("THAWED");
    }

    private boolean freezer(String state) {
      Path file = file("freezer", "freezer.state");
      return file != null && Cgroups.tolerant(() -> ControlFile.write(file, state));
    }

    @Override
    public void kill() {
      Path most = file("pids", "pids.max");
      if (most != null) {
        Cgroups.tolerant(() -> ControlFile.write(most, "0"));
      }
      List<Integer> left = processes();
      for (int round = 0; round < MOST_KILL_ROUNDS && !left.isEmpty(); round++) {
        left.forEach(pid -> Libc.kill(pid, Libc.SIGKILL));
        // A frozen process dies when it is thawed.
        thaw();
        if (most != null) {
          return;
        }
        left = processes();
      }
    }

    @Override
    public boolean remove() {
      List<Path> left = new ArrayList<>(folders());
      left.removeIf(Cgroups::removed);
      return left.isEmpty();
    }

    @Override
    public List<Path> folders() {
      return folders.values().stream().distinct().toList();
    }

    @Override
    public void close() {
      kill();
      remove();
      synchronized (this) {
        for (ProcFile file : new ProcFile[] {usage, kills, tasks}) {
          if (file != null) {
            file.close();
          }
        }
        if (peak >= 0) {
          Libc.close(peak);
          peak = -1;
        }
      }
    }
  }
}
