package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules by which {@code sandbox-exec} confines a process: it sees the system, its code, its
 * layers and its {@code /tmp}, writes nothing but the last, and connects where its network lets it.
 * Places keep their names, as the system can't show a folder elsewhere. The last rule that fits
 * counts.
 */
final class MacProfile {
  private final StringBuilder text = new StringBuilder("(version 1)\n(allow default)\n");

  private MacProfile() {}

  /**
   * @param hidden folders of which nothing is seen but what the isolation shows
   * @throws IOException when a folder can't be read
   */
  static String of(Isolation isolation, List<Path> hidden) throws IOException {
    MacProfile profile = new MacProfile();
    Path tmp = isolation.tmp().toRealPath();
    Path task = isolation.taskRoot().toRealPath();
    List<Path> shown = new ArrayList<>(List.of(task, tmp));
    if (isolation.layers() != null) {
      shown.add(isolation.layers().toRealPath());
    }
    for (Path path : isolation.readable()) {
      shown.add(path);
      shown.add(path.toRealPath());
    }
    List<Path> secret = new ArrayList<>();
    for (Path file : RootView.projectFiles(task)) {
      secret.add(task.resolve(file));
    }
    profile.rule("deny", "file-read* file-write*", "subpath", hidden);
    // A path is walked from the root, so that its folders have to be known.
    profile.text.append("(allow file-read-metadata)\n");
    profile.rule("allow", "file-read*", "subpath", shown);
    profile.rule("deny", "file-read*", "literal", secret);
    profile.text.append("(deny file-write*)\n");
    profile.rule("allow", "file-read* file-write*", "subpath", List.of(tmp));
    profile.text.append("(allow file-write* (regex #\"^/dev/(null|zero|tty|dtracehelper)$\"))\n");
    profile.network(isolation.network());
    return profile.text.toString();
  }

  private void rule(String verdict, String what, String how, List<Path> paths) {
    if (!paths.isEmpty()) {
      text.append('(').append(verdict).append(' ').append(what);
      for (String path : paths.stream().map(Path::toString).distinct().toList()) {
        text.append("\n  (").append(how).append(' ').append(quoted(path)).append(')');
      }
      text.append(")\n");
    }
  }

  private void network(NetworkSpace network) {
    if (network instanceof MacNetwork own) {
      String reached =
          own.relay()
              ? "(remote ip \"localhost:*\")"
              : own.ports().stream()
                  .map(port -> "(remote ip \"localhost:" + port + "\")")
                  .collect(Collectors.joining(" "));
      text.append("(deny network*)\n");
      // What it opens itself, it can be asked at, by itself.
      text.append("(allow network-bind network-inbound (local ip \"localhost:*\"))\n");
      if (!reached.isEmpty()) {
        text.append("(allow network-outbound ").append(reached).append(")\n");
      }
    }
  }

  static String quoted(String path) {
    return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
