package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What of this machine an environment sees, in terms of files; the same for every means. */
final class RootView {
  /** Programs and libraries of the system, as far as they exist. */
  private static final List<String> SYSTEM =
      List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/nix");

  /** Where /etc/resolv.conf leads to. */
  private static final List<String> NAMES =
      List.of("/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager");

  private static final List<String> SECRETS =
      List.of(
          "/etc/shadow",
          "/etc/shadow-",
          "/etc/gshadow",
          "/etc/gshadow-",
          "/etc/sudoers",
          "/etc/sudoers.d",
          "/etc/ssh",
          "/etc/ssl/private");

  static final List<String> DEVICES =
      List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty");

  private RootView() {}

  /** Folders that are shown as they are. */
  static List<Path> folders() {
    return Stream.concat(SYSTEM.stream(), NAMES.stream())
        .map(Path::of)
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** Links that are made again: {@code /bin} leads to {@code usr/bin} on most systems. */
  static List<Path> links() {
    return SYSTEM.stream().map(Path::of).filter(Files::isSymbolicLink).toList();
  }

  /** What only root could read, in case we are. */
  static List<Path> secrets() {
    return SECRETS.stream().map(Path::of).filter(Files::exists).toList();
  }

  /** What is shown at its own place and is not in one of the system's folders already. */
  static List<Path> extra(Isolation isolation) {
    List<Path> extra = new ArrayList<>();
    for (Path path : isolation.readable()) {
      boolean seen =
          folders().stream().anyMatch(path::startsWith)
              || path.startsWith(isolation.taskRoot())
              || path.startsWith(isolation.tmp())
              || isolation.taskRoot().startsWith(path)
              || isolation.tmp().startsWith(path)
              || extra.stream().anyMatch(path::startsWith);
      if (!seen) {
        extra.removeIf(other -> other.startsWith(path));
        extra.add(path);
      }
    }
    return extra;
  }

  /** Project files that lie beside the code: they hold the history and secrets of all functions. */
  static List<Path> projectFiles(Path taskRoot) throws IOException {
    try (var entries = Files.list(taskRoot)) {
      return entries.filter(RootView::isProjectFile).map(taskRoot::relativize).toList();
    }
  }

  private static boolean isProjectFile(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(".hearth")
            || name.endsWith(".hearth-wal")
            || name.endsWith(".hearth-shm"))
        && Files.isRegularFile(file);
  }
}
