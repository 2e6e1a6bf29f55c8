package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that nothing outlives us, even when we are killed: a tiny helper process holds the
 * other end of a pipe, and when the pipe breaks it kills every registered group, everything that
 * carries our mark, and removes the registered folders.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final int MOST_RESTARTS = 3;

  /**
   * Keeps the book until the pipe breaks. By awk, since a shell takes ever longer to strike an
   * entry from a long text; it is the helper itself, so that its death breaks the pipe.
   */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      export HEARTH_CLEANUP="$1"
      exec awk '
        { kind = substr($0, 1, 1); rest = substr($0, 2) }
        kind ~ /[+cd]/ { kept[$0] = 1 }
        kind == "-" { delete kept["+" rest] }
        kind == "C" { delete kept["c" rest] }
        kind == "D" { delete kept["d" rest] }
        END {
          run = "sh -c \\"$HEARTH_CLEANUP\\" hearth \\047" mark "\\047"
          printf "" | run
          for (entry in kept) print entry | run
          close(run)
        }' "mark=$2"
      """;

  /** Ends and removes what it reads, and the processes that carry the mark. */
  private static final String CLEANUP =
      """
      nl='
      '
      while IFS= read -r line; do
        rest=${line#?}
        case $line in
          +*) groups="$groups $rest" ;;
          c*) controls="$controls $rest" ;;
          d*) folders="$folders$rest$nl" ;;
        esac
      done
      for group in $groups; do
        kill -9 "-$group" 2>/dev/null || kill -9 "$group" 2>/dev/null
      done
      for round in 1 2 3 4 5; do
        marked=$(grep -laF "$1" /proc/[0-9]*/environ 2>/dev/null)
        [ -n "$marked" ] || break
        for file in $marked; do
          pid=${file#/proc/}
          kill -9 "${pid%/environ}" 2>/dev/null
        done
      done
      round=0
      # Processes that held much memory, or had much to write, take their time to end.
      while [ "$round" -lt 50 ]; do
        round=$((round + 1))
        for control in $controls; do
          [ -d "$control" ] || continue
          echo THAWED 2>/dev/null > "$control/freezer.state"
          echo 0 2>/dev/null > "$control/cgroup.freeze"
          while read -r pid; do kill -9 "$pid"; done 2>/dev/null < "$control/cgroup.procs"
          rmdir "$control" 2>/dev/null || waiting=yes
        done
        [ -n "$waiting" ] || break
        waiting=
        sleep 0.1
      done
      remove() {
        left=0
        while IFS= read -r folder; do
          [ -n "$folder" ] || continue
          rm -rf -- "$folder" 2>/dev/null
          [ ! -e "$folder" ] || left=1
        done <<END
      $folders
      END
        return $left
      }
      remove || { sleep 1; remove; }
      """;

  private final Supplier<Launcher> launcher;
  private final String mark;
  private final Set<String> entries = new LinkedHashSet<>();
  private @Nullable OutputStream pipe;
  private int starts;

  /**
   * @param mark with what an environment variable of ours begins, name and all
   */
  Watchdog(Supplier<Launcher> launcher, String mark) {
    this.launcher = launcher;
    this.mark = mark;
  }

  void guardGroup(int group) {
    add("+" + group);
  }

  void forgetGroup(int group) {
    remove("+" + group, "-" + group);
  }

  void guardFolder(Path folder) {
    add("d" + folder);
  }

  void forgetFolder(Path folder) {
    remove("d" + folder, "D" + folder);
  }

  void guardControlGroups(List<Path> folders) {
    add("c" + lines(folders));
  }

  void forgetControlGroups(List<Path> folders) {
    remove("c" + lines(folders), "C" + lines(folders));
  }

  private static String lines(List<Path> folders) {
    return folders.stream().map(Path::toString).collect(Collectors.joining(" "));
  }

  /** Starts the helper unless it runs. Without it everything works, but nothing is guarded. */
  synchronized void start() {
    if (pipe == null && starts <= MOST_RESTARTS) {
      starts++;
      try {
        pipe =
            launcher.get().startHelper(List.of("/bin/sh", "-c", SCRIPT, "hearth", CLEANUP, mark));
        send(String.join("\n", entries));
      } catch (IOException e) {
        pipe = null;
        log.warn("No helper process: environments may survive if Hearth is killed", e);
      }
    }
  }

  private synchronized void add(String entry) {
    if (entries.add(entry)) {
      tell(entry);
    }
  }

  private synchronized void remove(String entry, String line) {
    if (entries.remove(entry)) {
      tell(line);
    }
  }

  private void tell(String line) {
    if (pipe == null) {
      return;
    }
    try {
      send(line);
    } catch (IOException e) {
      log.info("The helper process has gone, starting another one", e);
      closePipe();
      start();
    }
  }

  private void send(String lines) throws IOException {
    if (pipe != null && !lines.isEmpty()) {
      pipe.write((lines + '\n').getBytes(StandardCharsets.UTF_8));
      pipe.flush();
    }
  }

  private void closePipe() {
    try {
      if (pipe != null) {
        pipe.close();
      }
    } catch (IOException e) {
      // What could not be flushed any more was meant for a helper that has gone.
      log.debug("The helper's pipe was broken", e);
    } finally {
      pipe = null;
    }
  }

  /** The helper does its last duty now: what is still registered goes. */
  @Override
  public synchronized void close() {
    if (!entries.isEmpty()) {
      start();
    }
    closePipe();
    starts = MOST_RESTARTS + 1;
    entries.clear();
  }
}
