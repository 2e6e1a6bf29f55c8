package dev.hearth.runtime.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start inside a sandbox.
 *
 * @param command executable (absolute path) and arguments
 * @param environment the complete environment of the process; nothing is inherited from Hearth
 * @param workingDirectory an existing folder
 * @param memoryLimitBytes the configured memory; how it is enforced depends on the sandbox
 */
public record ProcessSpec(
    List<String> command,
    Map<String, String> environment,
    Path workingDirectory,
    long memoryLimitBytes) {}
