package dev.hearth.app.service;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * A properties file of the user that several Hearths may change: each change reads it anew and puts
 * a new file into its place, readable by the user alone.
 */
final class PropertiesFile {
  private final Path file;

  PropertiesFile(Path file) {
    this.file = file;
  }

  /** What it holds now; empty when there is no such file. */
  Properties load() throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      return properties;
    }
    return properties;
  }

  /** Applies a change to what it holds now; the folder is made when it is missing. */
  void change(Consumer<Properties> change) throws IOException {
    Files.createDirectories(file.getParent());
    Properties all = load();
    change.accept(all);
    // A temporary file is readable by its owner alone, and stays so in its new place.
    Path next = Files.createTempFile(file.getParent(), "settings", ".partial");
    try {
      try (Writer out = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
        all.store(out, null);
      }
      move(next);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private void move(Path next) throws IOException {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
