package dev.hearth.runtime.environment;

import java.nio.file.Path;

/**
 * What stays with an environment when its processes are started anew.
 *
 * @param logStream the name of its log stream
 * @param tmp the folder that stands for {@code /tmp}
 * @param initializationType {@code on-demand}, or {@code snap-start}
 */
record EnvironmentPlace(String logStream, Path tmp, String initializationType) {}
