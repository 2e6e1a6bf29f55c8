package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both versions of control groups have in common. */
final class Cgroups {
  private static final Logger log = LoggerFactory.getLogger(Cgroups.class);

  /** Our groups' names begin so, by which those of a crashed program are told from others. */
  static final String PREFIX = "hearth-";

  private static final Integer SELF = Math.toIntExact(ProcessHandle.current().pid());

  /** A write to the kernel. */
  interface Step {
    void run() throws IOException;
  }

  private Cgroups() {}

  /** False when it failed, as it does once the group has gone. */
  static boolean tolerant(Step step) {
    try {
      step.run();
      return true;
    } catch (IOException e) {
      log.debug("A control group was not changed: {}", e.getMessage());
      return false;
    }
  }

  /** The processes in the group, without ourselves: a thread of ours may be passing through. */
  static List<Integer> members(Path folder) {
    List<Integer> members = ControlFile.numbers(folder.resolve("cgroup.procs"));
    members.remove(SELF);
    return members;
  }

  /**
   * Kills and removes the groups that a program left behind whose process has gone.
   *
   * @param parent where such groups may be
   */
  static void removeAbandoned(Path parent) {
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
      for (Path group : groups) {
        if (isAbandoned(group.getFileName().toString())) {
          members(group).forEach(pid -> Libc.kill(pid, Libc.SIGKILL));
          if (!removed(group)) {
            log.info("Control group {} of a program that ended is still in use", group);
          }
        }
      }
    } catch (IOException e) {
      log.debug("Control groups of ended programs were not looked for in {}", parent, e);
    }
  }

  /** Whether a name that begins with {@link #PREFIX} is of a program that has ended. */
  static boolean isAbandoned(String name) {
    int end = name.indexOf('-', PREFIX.length());
    String owner = name.substring(PREFIX.length(), Math.max(end, PREFIX.length()));
    try {
      return ProcessHandle.of(Long.parseLong(owner, 16)).isEmpty();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Whether the group's folder has gone; the kernel keeps it while somebody is in it. */
  static boolean removed(Path folder) {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      log.debug("Control group {} is still in use: {}", folder, e.getMessage());
      return false;
    }
  }
}
