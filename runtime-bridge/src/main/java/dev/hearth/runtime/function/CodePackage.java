package dev.hearth.runtime.function;

import java.nio.file.Path;

/**
 * The unpacked code of a function: the folder that the process sees as its task root. For Java it
 * may hold sources, a jar or a Maven project; the Java adapter works out what to run.
 *
 * @param taskRoot an existing folder; Hearth never writes into it
 * @param sha256 hex digest of the content; a different digest retires the environments of the old
 *     code
 */
public record CodePackage(Path taskRoot, String sha256) {}
