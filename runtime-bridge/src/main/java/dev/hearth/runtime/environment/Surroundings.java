package dev.hearth.runtime.environment;

import dev.hearth.runtime.sandbox.Isolation;
import dev.hearth.runtime.sandbox.NetworkSpace;
import dev.hearth.runtime.sandbox.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the processes of an environment get to see of this machine, by the function's settings. */
final class Surroundings {
  private Surroundings() {}

  /**
   * @throws IOException when the machine can't give what the function asks for
   */
  static NetworkSpace network(EnvironmentSettings settings) throws IOException {
    return switch (settings.function().configuration().network()) {
      case OPEN -> NetworkSpace.OPEN;
      case LOOPBACK -> settings.shared().sandbox().privateNetwork(true);
      case NONE -> settings.shared().sandbox().privateNetwork(false);
    };
  }

  /** The runtime's process. */
  static ProcessSpec runtime(
      EnvironmentSettings settings, Map<String, String> variables, Path tmp, NetworkSpace network) {
    return spec(
        settings,
        settings.plan().command(),
        variables,
        settings.function().code().taskRoot(),
        isolation(settings, tmp, network));
  }

  /** The process of an external extension. */
  static ProcessSpec extension(
      EnvironmentSettings settings,
      Path program,
      Map<String, String> variables,
      Path tmp,
      NetworkSpace network) {
    return spec(
        settings,
        List.of(program.toAbsolutePath().toString()),
        variables,
        settings.function().code().taskRoot(),
        isolation(settings, tmp, network));
  }

  private static ProcessSpec spec(
      EnvironmentSettings settings,
      List<String> command,
      Map<String, String> variables,
      Path workingDirectory,
      Isolation isolation) {
    return new ProcessSpec(
        command,
        variables,
        workingDirectory,
        (long) settings.function().configuration().memorySize() << 20,
        isolation);
  }

  private static Isolation isolation(EnvironmentSettings settings, Path tmp, NetworkSpace network) {
    var configuration = settings.function().configuration();
    List<String> values = new ArrayList<>();
    settings
        .plan()
        .environment()
        .forEach(
            (name, value) -> {
              // The folders of commands are the user's whole home, and no function needs them.
              if (!name.equals("PATH")) {
                values.add(value);
              }
            });
    return new Isolation(
        settings.function().code().taskRoot(),
        settings.plan().opt(),
        tmp,
        (long) configuration.ephemeralStorage() << 20,
        Isolation.needed(settings.plan().command(), values),
        network);
  }
}
