package dev.hearth.runtime.language;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that a runtime process needs from this machine to work at all: a PATH
 * on which user code finds ordinary tools, and what Windows programs can't do without. Nothing else
 * of Hearth's own environment reaches a function.
 */
final class ProcessVariables {
  private static final List<Path> NONE = List.of();
  private static final List<String> WINDOWS =
      List.of("SystemRoot", "SystemDrive", "ComSpec", "PATHEXT", "TEMP", "TMP");

  private ProcessVariables() {}

  /**
   * @param first folders in front of PATH: the one of the interpreter
   * @param opt the folder that stands for {@code /opt}; null when there is none
   */
  static Map<String, String> of(
      Machine machine, List<Path> first, Path taskRoot, @Nullable Path opt) {
    Map<String, String> variables = new LinkedHashMap<>();
    String path =
        Stream.of(first, machine.commandFolders(), opt == null ? NONE : List.of(opt.resolve("bin")))
            .flatMap(List::stream)
            .map(Path::toString)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    variables.put("PATH", path);
    if (machine.os() == Machine.Os.WINDOWS) {
      for (String name : WINDOWS) {
        String value = machine.variable(name);
        if (value != null) {
          variables.put(name, value);
        }
      }
    }
    if (machine.os() == Machine.Os.LINUX) {
      // The order of runtime-api.md section 7.2: packages and layers bring native libraries along.
      String libraries =
          Stream.of(taskRoot.resolve("lib"), opt == null ? null : opt.resolve("lib"))
              .filter(folder -> folder != null && Files.isDirectory(folder))
              .map(Path::toString)
              .collect(Collectors.joining(File.pathSeparator));
      if (!libraries.isEmpty()) {
        variables.put("LD_LIBRARY_PATH", libraries);
      }
    }
    return variables;
  }
}
