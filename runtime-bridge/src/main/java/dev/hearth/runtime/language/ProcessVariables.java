package dev.hearth.runtime.language;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environment variables that a runtime process needs from this machine to work at all: a PATH
 * on which user code finds ordinary tools, and what Windows programs can't do without. Nothing else
 * of Hearth's own environment reaches a function.
 */
final class ProcessVariables {
  private static final List<String> WINDOWS =
      List.of("SystemRoot", "SystemDrive", "ComSpec", "PATHEXT", "TEMP", "TMP");

  private ProcessVariables() {}

  /**
   * @param first folders in front of PATH: the one of the interpreter
   */
  static Map<String, String> of(Machine machine, List<Path> first, Path taskRoot) {
    Map<String, String> variables = new LinkedHashMap<>();
    String path =
        Stream.concat(first.stream(), machine.commandFolders().stream())
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
    Path libraries = taskRoot.resolve("lib");
    if (machine.os() == Machine.Os.LINUX && Files.isDirectory(libraries)) {
      // Lambda has /var/task/lib there: packages bring native libraries along.
      variables.put("LD_LIBRARY_PATH", libraries.toString());
    }
    return variables;
  }
}
