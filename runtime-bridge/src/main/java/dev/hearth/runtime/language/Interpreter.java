package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import java.nio.file.Path;

/**
 * An interpreter found on this machine.
 *
 * @param version as it reports itself, e.g. {@code 3.11.7}
 * @param executable the real program, version-manager shims already resolved
 * @param source where it was found: {@code PATH}, {@code pyenv}, {@code nvm}, {@code /usr/lib/jvm}
 *     ...
 */
public record Interpreter(RuntimeFamily family, String version, Path executable, String source) {}
