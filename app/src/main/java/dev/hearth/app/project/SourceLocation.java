package dev.hearth.app.project;

import java.nio.file.Path;

/**
 * Where the source of a function lives: inside the project file, or in a folder that other tools
 * edit too.
 */
public sealed interface SourceLocation {
  /** The files are stored in the project file. */
  record InProject() implements SourceLocation {}

  /**
   * The files are those of a folder on disk, e.g. a git checkout; Hearth reads, writes and watches
   * it.
   */
  record LinkedFolder(Path folder) implements SourceLocation {}
}
