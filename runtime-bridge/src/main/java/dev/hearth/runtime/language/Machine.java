package dev.hearth.runtime.language;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What discovery looks at: home folder, environment variables, operating system and the folder that
 * absolute places are under. A value, so that tests can lay out a machine in a temporary folder.
 *
 * @param root {@code /} on a real machine
 * @param javaHome the home of the JVM that Hearth runs on
 */
public record Machine(Os os, Path root, Path home, Path javaHome, Map<String, String> environment) {

  /** The systems that Hearth runs on. */
  public enum Os {
    LINUX,
    MACOS,
    WINDOWS
  }

  public Machine {
    environment = Map.copyOf(environment);
  }

  /** The machine that this program runs on. */
  public static Machine current() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Os os = name.contains("win") ? Os.WINDOWS : name.contains("mac") ? Os.MACOS : Os.LINUX;
    Path home = Path.of(System.getProperty("user.home"));
    Path root = home.toAbsolutePath().getRoot();
    return new Machine(os, root, home, Path.of(System.getProperty("java.home")), System.getenv());
  }

  /** An absolute place such as {@code /usr/lib/jvm}, below {@link #root()}. */
  Path at(String absolute) {
    return root.resolve(absolute.startsWith("/") ? absolute.substring(1) : absolute);
  }

  /** The folder in a variable, or the fallback when it is not set. */
  Path folder(String variable, Path fallback) {
    String value = variable(variable);
    return value == null || value.isBlank() ? fallback : Path.of(value);
  }

  @Nullable String variable(String name) {
    if (os != Os.WINDOWS) {
      return environment.get(name);
    }
    return environment.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** The value of PATH, or an empty text. */
  String path() {
    String value = variable("PATH");
    return value == null ? "" : value;
  }

  /**
   * The folders in which commands are looked for. A program started from the macOS desktop has a
   * short PATH, so Homebrew's folders are always among them.
   */
  List<Path> commandFolders() {
    String separator = os == Os.WINDOWS ? ";" : ":";
    var folders =
        new java.util.ArrayList<>(
            Arrays.stream(path().split(separator))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .toList());
    if (os == Os.MACOS) {
      folders.add(at("/opt/homebrew/bin"));
      folders.add(at("/usr/local/bin"));
    }
    return folders.stream().distinct().toList();
  }

  /** {@code python} or {@code python.exe}. */
  String executable(String command) {
    return os == Os.WINDOWS ? command + ".exe" : command;
  }
}
