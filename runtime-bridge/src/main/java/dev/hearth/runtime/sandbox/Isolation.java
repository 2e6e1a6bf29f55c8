package dev.hearth.runtime.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an environment sees of this machine where it can be given a view of its own: its code at
 * {@code /var/task} and its layers at {@code /opt}, both read-only, a private {@code /tmp}, the
 * system's programs and libraries, and nothing else (runtime-api.md section 7.1).
 *
 * @param taskRoot the folder that becomes {@code /var/task}
 * @param layers the folder that becomes {@code /opt}; null when the function has no layers
 * @param tmp the folder that becomes {@code /tmp}
 * @param tmpBytes how much {@code /tmp} may hold
 * @param readable what else can be read, at its own place: interpreter, client
 * @param network where the environment's sockets are
 */
public record Isolation(
    Path taskRoot,
    @Nullable Path layers,
    Path tmp,
    long tmpBytes,
    List<Path> readable,
    NetworkSpace network) {

  public Isolation {
    readable = List.copyOf(readable);
  }

  /**
   * The files and folders that a command needs: every absolute path in it that exists, and of the
   * program itself the whole installation.
   *
   * @param values of further variables that hold paths, as NODE_PATH does
   */
  public static List<Path> needed(List<String> command, Collection<String> values) {
    Set<Path> needed = new LinkedHashSet<>();
    Path program = Path.of(command.getFirst());
    if (program.isAbsolute()) {
      needed.addAll(installation(program));
    }
    List<String> texts = new ArrayList<>(command.subList(1, command.size()));
    texts.addAll(values);
    for (String text : texts) {
      boolean options = text.startsWith("@");
      for (String word :
          (options ? text.substring(1) : text).split("[" + File.pathSeparator + "=,]")) {
        if (word.startsWith("/") && Files.exists(Path.of(word))) {
          Path path = Path.of(word).normalize();
          // A file of options names others that lie beside it.
          needed.add(options ? path.getParent() : path);
        }
      }
    }
    Path home = Path.of(System.getProperty("user.home"));
    needed.removeIf(home::startsWith);
    return List.copyOf(needed);
  }

  /** The folder above {@code bin}, where links lead there, too. */
  private static Set<Path> installation(Path program) {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(prefix(program));
    try {
      folders.add(prefix(program.toRealPath()));
    } catch (java.io.IOException e) {
      // It will not start, and that is said then.
      folders.add(program);
    }
    return folders;
  }

  private static Path prefix(Path program) {
    Path folder = program.getParent();
    Path above = folder.getParent();
    return folder.endsWith("bin") && above != null && above.getNameCount() > 0 ? above : program;
  }
}
