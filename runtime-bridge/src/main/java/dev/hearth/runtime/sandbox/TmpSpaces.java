package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each environment a {@code /tmp} of its size without root's rights: memory, mounted in a
 * mount namespace that a small helper keeps while the environment lives. All processes of the
 * environment are started from there, so that they share the files, also when its runtime is
 * started again (lifecycle.md section 3).
 */
final class TmpSpaces {
  private static final Logger log = LoggerFactory.getLogger(TmpSpaces.class);
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");
  private static final Path NSENTER = Path.of("/usr/bin/nsenter");
  private static final long MOST_NANOS = 10_000_000_000L;
  private static final long LOOK_NANOS = 200_000;

  /**
   * Says its number when the memory is there, and ends when our end of its pipe closes. Whoever
   * refuses to unshare or to mount ends with 1.
   */
  private static final String KEEPER =
      """
      unshare -r -m --propagation private /bin/sh -c '
        mount -i -n -t tmpfs -o "size=$1,mode=1777,nosuid,nodev" hearth "$0" || exit 1
        echo "$$" > "$2"
        read -r _
        exit 0' "$@"
      [ $? != 1 ] || echo refused > "$3"
      """;

  /** The helper of one environment. */
  private record Keeper(String pid, OutputStream pipe) {}

  private final Launcher launcher;
  private final Map<Path, Keeper> keepers = new HashMap<>();
  private boolean working = Files.isExecutable(UNSHARE) && Files.isExecutable(NSENTER);

  TmpSpaces(Launcher launcher) {
    this.launcher = launcher;
  }

  /**
   * What starts a command where the environment's memory is mounted on this folder.
   *
   * @param folder of the environment, by which it is given back
   * @return the beginning of the command; null when this machine makes none
   */
  synchronized @Nullable List<String> entering(Path folder, long bytes) {
    Keeper keeper = keepers.get(folder);
    if (keeper == null && working) {
      try {
        keeper = start(folder, bytes);
        keepers.put(folder, keeper);
      } catch (IOException e) {
        log.info("Each process of an environment has a /tmp of its own: {}", e.getMessage());
        working = false;
      }
    }
    return keeper == null
        ? null
        : List.of(
            NSENTER.toString(), "-t", keeper.pid(), "-U", "-m", "--preserve-credentials", "--");
  }

  private Keeper start(Path folder, long bytes) throws IOException {
    Path answer = folder.resolveSibling(folder.getFileName() + ".keeper");
    OutputStream pipe =
        launcher.startHelper(
            List.of(
                "/bin/sh",
                "-c",
                KEEPER,
                "hearth",
                folder.toString(),
                Long.toString(bytes),
                answer.toString()));
    try {
      return new Keeper(pid(answer), pipe);
    } catch (IOException e) {
      pipe.close();
      throw e;
    } finally {
      Files.deleteIfExists(answer);
    }
  }

  private static String pid(Path answer) throws IOException {
    long until = System.nanoTime() + MOST_NANOS;
    String text = ControlFile.text(answer);
    while (!text.endsWith("\n") && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
      text = ControlFile.text(answer);
    }
    if (ControlFile.parse(text) <= 0) {
      throw new IOException("mounting memory as this user is refused");
    }
    return text.strip();
  }

  /** The environment has gone; its files go when its last process has gone, too. */
  synchronized void giveBack(Path folder) {
    Keeper keeper = keepers.remove(folder);
    if (keeper != null) {
      end(keeper);
    }
  }

  synchronized void close() {
    keepers.values().forEach(TmpSpaces::end);
    keepers.clear();
  }

  private static void end(Keeper keeper) {
    try {
      keeper.pipe().close();
    } catch (IOException e) {
      log.debug("The helper {} had gone", keeper.pid(), e);
    }
  }
}
