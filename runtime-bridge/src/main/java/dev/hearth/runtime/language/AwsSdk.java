package dev.hearth.runtime.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The AWS SDK that Lambda's managed runtimes bring along, so that functions import it without
 * packaging it. Hearth brings none: it takes what this machine has, wherever that is installed.
 */
final class AwsSdk {
  private static final String PYTHON_SDK = "boto3";
  private static final String NODE_SDK = "@aws-sdk";

  private AwsSdk() {}

  /**
   * A folder with boto3 for an interpreter that has none: Debian's packages, or those of another
   * interpreter, since the SDK is pure Python.
   *
   * @param packages where the interpreter itself looks
   * @param all the interpreters of this machine, the best first
   * @return null when it has boto3, or nobody has
   */
  static @Nullable Path forPython(Machine machine, List<String> packages, List<Interpreter> all) {
    if (isIn(packages)) {
      return null;
    }
    List<Path> places = new ArrayList<>();
    places.add(machine.at("/usr/lib/python3/dist-packages"));
    places.add(machine.at("/usr/local/lib/python3/dist-packages"));
    for (Interpreter interpreter : all) {
      Path prefix = interpreter.executable().getParent().getParent();
      if (prefix != null) {
        VersionNumber version = VersionNumber.parse(interpreter.version());
        places.add(
            prefix.resolve(
                "lib/python%d.%d/site-packages".formatted(version.part(0), version.part(1))));
      }
    }
    return places.stream().filter(place -> has(place, PYTHON_SDK)).findFirst().orElse(null);
  }

  /** Whether boto3 is in one of the folders. */
  static boolean isIn(List<String> packages) {
    return packages.stream().anyMatch(folder -> has(Path.of(folder), PYTHON_SDK));
  }

  /** Where packages for all programs lie that hold the SDK for JavaScript. */
  static List<Path> forNode(Machine machine) {
    return Stream.of(
            machine.home().resolve(".npm-global/lib/node_modules"),
            machine.at("/usr/local/lib/node_modules"),
            machine.at("/usr/lib/node_modules"),
            machine.at("/usr/share/nodejs"))
        .filter(place -> has(place, NODE_SDK))
        .toList();
  }

  private static boolean has(Path folder, String name) {
    return Files.isDirectory(folder.resolve(name));
  }
}
