package dev.hearth.runtime.sandbox;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is whose child on this machine, read from /proc. */
final class ProcTable {
  private static final int MOST_ENVIRONMENT = 1 << 18;

  private ProcTable() {}

  /** Living direct children; empty when the process has gone or the kernel doesn't tell. */
  static List<Integer> children(int pid) {
    List<Integer> children = new ArrayList<>(0);
    String tasks = "/proc/" + pid + "/task/";
    String[] threads = new File(tasks).list();
    if (threads == null) {
      return children;
    }
    for (String thread : threads) {
      byte[] line = read(tasks + thread + "/children");
      if (line.length > 0) {
        StringTokenizer words =
            new StringTokenizer(new String(line, StandardCharsets.ISO_8859_1), " ");
        while (words.hasMoreTokens()) {
          children.add(Integer.valueOf(words.nextToken()));
        }
      }
    }
    return children;
  }

  /** Living descendants, parents first, without the process itself. */
  static List<Integer> descendants(int pid) {
    List<Integer> all = children(pid);
    for (int i = 0; i < all.size(); i++) {
      all.addAll(children(all.get(i)));
    }
    return all;
  }

  /** Members of every session but its leader, by the leader's process id. */
  static Map<Integer, List<Integer>> sessions() {
    Map<Integer, List<Integer>> sessions = new HashMap<>();
    for (int pid : all()) {
      try (ProcFile stat = new ProcFile("/proc/" + pid + "/stat", 512)) {
        int session = stat.read() ? (int) stat.numberAfterName(3) : -1;
        if (session > 1 && session != pid) {
          sessions.computeIfAbsent(session, leader -> new ArrayList<>()).add(pid);
        }
      }
    }
    return sessions;
  }

  /** Whether its parent has gone, so that the system's or the session's first process has it. */
  static boolean isOrphan(int pid) {
    try (ProcFile stat = new ProcFile("/proc/" + pid + "/stat", 512)) {
      int parent = stat.read() ? (int) stat.numberAfterName(1) : -1;
      return parent == 1
          || (parent > 1
              && new String(read("/proc/" + parent + "/comm"), StandardCharsets.US_ASCII)
                  .startsWith("systemd"));
    }
  }

  /** Processes that have a variable of this name and an accepted value; only those of our user. */
  static List<Integer> carrying(String variable, Predicate<String> value) {
    byte[] name = (variable + '=').getBytes(StandardCharsets.US_ASCII);
    List<Integer> found = new ArrayList<>();
    for (int pid : all()) {
      String carried = valueOf(name, read("/proc/" + pid + "/environ"));
      if (carried != null && value.test(carried)) {
        found.add(pid);
      }
    }
    return found;
  }

  private static @Nullable String valueOf(byte[] name, byte[] block) {
    for (int at = 0; at + name.length <= block.length; at = end(block, at) + 1) {
      if (Arrays.equals(block, at, at + name.length, name, 0, name.length)) {
        int from = at + name.length;
        return new String(block, from, end(block, from) - from, StandardCharsets.US_ASCII);
      }
    }
    return null;
  }

  private static int end(byte[] block, int at) {
    int end = at;
    while (end < block.length && block[end] != 0) {
      end++;
    }
    return end;
  }

  private static List<Integer> all() {
    List<Integer> pids = new ArrayList<>();
    String[] names = new File("/proc").list();
    int self = (int) ProcessHandle.current().pid();
    for (String name : names == null ? new String[0] : names) {
      char first = name.charAt(0);
      if (first >= '1' && first <= '9' && Integer.parseInt(name) != self) {
        pids.add(Integer.valueOf(name));
      }
    }
    return pids;
  }

  /** The whole file up to a generous limit; empty when it can't be read. */
  static byte[] read(String path) {
    int fd = Libc.open(path, Libc.O_RDONLY);
    if (fd < 0) {
      return new byte[0];
    }
    byte[] buffer = new byte[512];
    int length = 0;
    int count;
    while ((count = Libc.read(fd, buffer, length, buffer.length - length)) > 0) {
      length += count;
      if (length == buffer.length && length < MOST_ENVIRONMENT) {
        buffer = Arrays.copyOf(buffer, length * 4);
      } else if (length == buffer.length) {
        break;
      }
    }
    Libc.close(fd);
    return Arrays.copyOf(buffer, length);
  }
}
