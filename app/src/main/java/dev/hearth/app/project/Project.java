package dev.hearth.app.project;

import java.nio.file.Path;

/**
 * An open project: one SQLite file.
 *
 * @param file the project file, absolute
 * @param name shown in the window: the file's name without {@code .hearth}
 */
public record Project(Path file, String name) {}
