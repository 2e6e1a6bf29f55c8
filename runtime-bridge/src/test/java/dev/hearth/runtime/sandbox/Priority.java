package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is measured ahead of whatever else the machine does: a share can be judged only where
 * the process could have had more. Root's to give; without it the figures are of a machine as busy
 * as it is.
 */
final class Priority {
  private static final int MOST = -20;

  /** The most that each version of control groups gives. */
  private static final Map<String, String> WEIGHTS =
      Map.of("cpu.shares", "262144", "cpu.weight", "10000");

  private static boolean raised;

  private Priority() {}

  /** For this program and what it starts from now on; false when that is not allowed. */
  static boolean raise() {
    List<String> command = new ArrayList<>(List.of("renice", "-n", "" + MOST, "-p"));
    try (var threads = Files.list(Path.of("/proc/self/task"))) {
      threads.map(thread -> thread.getFileName().toString()).forEach(command::add);
      Process renice =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      raised = renice.waitFor() == 0;
      return raised && preferSession("self");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Groups compete with each other, whatever the priorities of their processes are.
   *
   * @return whether the process is ahead of others in a group of its own
   */
  static boolean prefer(SandboxedProcess process) throws IOException {
    Path group = cpuGroup(process.pid());
    if (group == null || !group.getFileName().toString().startsWith(Cgroups.PREFIX)) {
      return preferSession(Long.toString(process.pid()));
    }
    for (String weight : WEIGHTS.keySet()) {
      if (Files.isWritable(group.resolve(weight))) {
        ControlFile.write(group.resolve(weight), WEIGHTS.get(weight));
        return true;
      }
    }
    return false;
  }

  /** Where the kernel lets sessions compete, a process is ahead only within its own. */
  private static boolean preferSession(String pid) {
    Path session = Path.of("/proc", pid, "autogroup");
    try {
      if (Files.exists(session)) {
        ControlFile.write(session, "" + MOST);
      }
      return raised;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable Path cpuGroup(long pid) throws IOException {
    CgroupMounts mounts =
        CgroupMounts.parse(
            Files.readString(Path.of("/proc/self/mountinfo")),
            Files.readString(Path.of("/proc/" + pid + "/cgroup")));
    Path v1 = mounts.v1().get("cpu");
    return v1 == null ? mounts.v2() : v1;
  }
}
