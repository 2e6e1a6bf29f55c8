package dev.hearth.app.project;

/**
 * One file of a function's source.
 *
 * @param path relative, with {@code /} between parts
 * @param size bytes
 * @param text whether it can be edited as UTF-8 text
 */
public record SourceFile(String path, long size, boolean text) {
  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
