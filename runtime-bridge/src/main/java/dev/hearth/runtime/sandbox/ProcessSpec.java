package dev.hearth.runtime.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to start inside a sandbox. All paths are this machine's; where the process has a view of its
 * own they are translated.
 *
 * @param command executable (absolute path) and arguments
 * @param environment the complete environment of the process; nothing is inherited from Hearth
 * @param workingDirectory an existing folder
 * @param memoryLimitBytes the configured memory; how it is enforced depends on the sandbox
 * @param isolation what the process is to see; null for everything
 */
public record ProcessSpec(
    List<String> command,
    Map<String, String> environment,
    Path workingDirectory,
    long memoryLimitBytes,
    @Nullable Isolation isolation) {

  /** A process that sees what Hearth sees. */
  public ProcessSpec(
      List<String> command,
      Map<String, String> environment,
      Path workingDirectory,
      long memoryLimitBytes) {
    this(command, environment, workingDirectory, memoryLimitBytes, null);
  }
}
