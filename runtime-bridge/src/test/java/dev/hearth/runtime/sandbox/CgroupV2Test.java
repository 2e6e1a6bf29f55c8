package dev.hearth.runtime.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Version 2 as a desktop has it, against a folder laid out like {@code
 * /sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice/hearth-1.scope} on a
 * systemd 252 machine. What the kernel would do to a file is done by the test.
 */
@EnabledOnOs(OS.LINUX)
class CgroupV2Test {
  private static final long MEBI = 1 << 20;
  private static final List<String> GROUP_FILES =
      List.of(
          "cgroup.procs",
          "cgroup.freeze",
          "cgroup.kill",
          "cpu.max",
          "memory.max",
          "memory.swap.max",
          "pids.max");

  @TempDir Path scope;
  private final List<Path> removed = new ArrayList<>();

  @BeforeEach
  void layOut() throws IOException {
    write(scope, "cgroup.controllers", "cpuset cpu io memory pids\n");
    write(scope, "cgroup.subtree_control", "cpu memory pids\n");
    write(scope, "cgroup.procs", "");
  }

  private static void write(Path folder, String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static String read(Path folder, String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the files that the kernel makes in every new group. */
  private Path kernelMakes(String name) throws IOException {
    Path group = Files.createDirectories(scope.resolve(name));
    for (String file : GROUP_FILES) {
      write(group, file, "");
    }
    write(group, "cpu.stat", "usage_usec 5000\nuser_usec 4000\nsystem_usec 1000\n");
    write(group, "memory.stat", "anon 30000000\nfile 50000000\nkernel 2000000\n");
    write(group, "memory.peak", "90000000\n");
    write(group, "memory.events", "low 0\nhigh 0\nmax 3\noom 0\noom_kill 0\noom_group_kill 0\n");
    return group;
  }

  private CgroupV2 groups() throws IOException {
    return CgroupV2.in(scope, removed::add);
  }

  @Test
  void movesAsideBeforeItTurnsControllersOn() throws IOException {
    write(scope, "cgroup.subtree_control", "");
    kernelMakes("hearth-self");

    groups();

    assertThat(read(scope.resolve("hearth-self"), "cgroup.procs"))
        .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    assertThat(read(scope, "cgroup.subtree_control")).isIn("+cpu", "+memory", "+pids");
  }

  @Test
  void saysWhatItCanDo() throws IOException {
    assertThat(groups().dimensions()).containsExactlyInAnyOrder(ControlGroups.Dimension.values());

    write(scope, "cgroup.controllers", "memory pids\n");
    assertThat(groups().dimensions())
        .containsExactlyInAnyOrder(
            ControlGroups.Dimension.MEMORY,
            ControlGroups.Dimension.PROCESSES,
            ControlGroups.Dimension.FREEZE);
  }

  @Test
  void refusesAFolderWithoutControllers() throws IOException {
    write(scope, "cgroup.controllers", "hugetlb\n");

    assertThatThrownBy(this::groups)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(scope.toString());
    assertThat(scope.resolve("hearth-self")).doesNotExist();
  }

  @Test
  void writesTheLimitsOfAnEnvironment() throws IOException {
    ControlGroup group = group();

    Path folder = group.folders().getFirst();
    assertThat(read(folder, "memory.max")).isEqualTo("134217728");
    assertThat(read(folder, "memory.swap.max")).isEqualTo("0");
    assertThat(read(folder, "pids.max")).isEqualTo("1024");
    assertThat(read(folder, "cpu.max")).isEqualTo("40000 20000");
    group.allow(new CpuShare(8).calls(128 * MEBI));
    assertThat(read(folder, "cpu.max")).isEqualTo("1447 20000");
  }

  /** A group whose folder's files appear as soon as the folder does. */
  private ControlGroup group() throws IOException {
    // The kernel fills a new folder by itself; here it has to be there before.
    Path laidOut = kernelMakes("laid-out");
    Path folder = scope.resolve("hearth-1");
    CgroupV2 groups = groups();
    assertThatThrownBy(() -> groups.create("hearth-1", 128 * MEBI, new CpuShare(8).init(MEBI)))
        .hasMessageContaining("memory.max");
    assertThat(removed).containsExactly(folder);
    Files.delete(folder);
    return groups.inside(laidOut, 128 * MEBI, new CpuShare(8).init(128 * MEBI));
  }

  @Test
  void readsTheKernelsCounters() throws IOException {
    ControlGroup group = group();
    Path folder = group.folders().getFirst();
    write(folder, "cgroup.procs", "12\n345\n" + ProcessHandle.current().pid() + "\n");

    assertThat(group.processes()).containsExactly(12, 345);
    assertThat(group.cpuNanos()).isEqualTo(5_000_000);
    assertThat(group.hasKilled()).isFalse();
    assertThat(group.anonymousBytes()).isEqualTo(30_000_000);
    assertThat(group.peakBytes()).as("what is held, before the first reset").isEqualTo(30_000_000);
    group.resetPeak();
    write(folder, "memory.peak", "90000000\n");
    assertThat(group.peakBytes()).as("without cached files").isEqualTo(38_000_000);
    write(folder, "memory.events", "oom 1\noom_kill 2\n");
    assertThat(group.hasKilled()).isTrue();
    assertThat(group.peakBytes()).isEqualTo(128 * MEBI);
    group.resetPeak();
    assertThat(group.hasKilled()).as("in the next call").isFalse();
  }

  @Test
  void freezesAndKillsByTheKernel() throws IOException {
    ControlGroup group = group();
    Path folder = group.folders().getFirst();

    assertThat(group.freeze()).isTrue();
    assertThat(read(folder, "cgroup.freeze")).isEqualTo("1");
    group.thaw();
    assertThat(read(folder, "cgroup.freeze")).isEqualTo("0");
    group.close();
    assertThat(read(folder, "cgroup.kill")).isEqualTo("1");
    assertThat(removed).contains(folder);
  }

  @Test
  void anOldKernelWithoutKillStopsForksFirst() throws IOException {
    ControlGroup group = group();
    Path folder = group.folders().getFirst();
    Files.delete(folder.resolve("cgroup.kill"));

    group.kill();

    assertThat(read(folder, "pids.max")).isEqualTo("0");
  }

  @Test
  void aProcessEntersThroughAShellThatBecomesIt() throws Exception {
    Path folder = kernelMakes("laid-out");
    ControlGroup group = groups().inside(folder, 128 * MEBI, new CpuShare(8).init(MEBI));
    try (Sandbox sandbox = Sandboxes.plain()) {
      SandboxedProcess process =
          sandbox.start(
              new ProcessSpec(
                  LinuxConfinement.joining(group.entrances(), List.of("/bin/sh", "-c", "exit 3")),
                  Map.of(),
                  Path.of("/"),
                  128 * MEBI));

      assertThat(process.onExit().join()).isEqualTo(new ExitStatus.Exited(3));
      assertThat(read(folder, "cgroup.procs").strip()).isEqualTo(Long.toString(process.pid()));
    }
  }
}
