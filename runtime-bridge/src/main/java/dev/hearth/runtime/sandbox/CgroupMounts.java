package dev.hearth.runtime.sandbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the groups of this process itself are. Groups of environments are made below them: then
 * every limit that somebody has set for Hearth as a whole keeps holding for what it starts.
 *
 * @param v1 the folder of each controller of version 1
 * @param v2 the folder in the hierarchy of version 2; null where there is none
 */
record CgroupMounts(Map<String, Path> v1, @Nullable Path v2) {
  static final List<String> CONTROLLERS = List.of("memory", "cpu", "cpuacct", "pids", "freezer");

  static CgroupMounts ofThisProcess() {
    return parse(
        ControlFile.text(Path.of("/proc/self/mountinfo")),
        ControlFile.text(Path.of("/proc/self/cgroup")));
  }

  /** From the texts of {@code /proc/self/mountinfo} and {@code /proc/self/cgroup}. */
  static CgroupMounts parse(String mountinfo, String cgroup) {
    Map<String, Path> v1 = new HashMap<>();
    Path v2 = null;
    for (String line : mountinfo.lines().toList()) {
      String[] halves = line.split(" - ", 2);
      String[] mount = halves[0].split(" ");
      String[] system = halves.length < 2 ? new String[0] : halves[1].split(" ");
      if (mount.length < 5 || system.length < 3) {
        continue;
      }
      if (system[0].equals("cgroup2")) {
        v2 = folder(mount, ownPath(cgroup, ""));
      } else if (system[0].equals("cgroup")) {
        for (String controller : system[2].split(",")) {
          Path folder = folder(mount, ownPath(cgroup, controller));
          if (CONTROLLERS.contains(controller) && folder != null) {
            v1.put(controller, folder);
          }
        }
      }
    }
    return new CgroupMounts(Map.copyOf(v1), v2);
  }

  private static @Nullable String ownPath(String cgroup, String controller) {
    for (String line : cgroup.lines().toList()) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && List.of(parts[1].split(",")).contains(controller)) {
        return parts[2];
      }
    }
    return null;
  }

  /** Null when the part of the hierarchy that is mounted does not contain us. */
  private static @Nullable Path folder(String[] mount, @Nullable String own) {
    String root = mount[3];
    if (own == null || !own.startsWith(root) || own.contains("..")) {
      return null;
    }
    String below = own.substring(root.equals("/") ? 0 : root.length());
    return Path.of(mount[4] + below).normalize();
  }
}
