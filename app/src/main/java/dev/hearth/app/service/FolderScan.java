package dev.hearth.app.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Walks a linked folder. What vanishes while it looks is left out. */
final class FolderScan {
  /**
   * One file as the walk met it.
   *
   * @param path relative, with {@code /} between parts
   */
  record Entry(String path, Path file, BasicFileAttributes attributes) {
    boolean isLink() {
      return attributes.isSymbolicLink();
    }
  }

  private FolderScan() {}

  /**
   * All files in path order.
   *
   * @param enters decides by its name whether a folder is looked into
   * @throws UncheckedIOException when the folder itself can't be read
   */
  static List<Entry> files(Path root, Predicate<String> enters) {
    List<Entry> entries = new ArrayList<>();
    try {
      Files.walkFileTree(root, new Visitor(root, enters, entries));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entries.sort(Comparator.comparing(Entry::path));
    return entries;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Predicate<String> enters;
    private final List<Entry> entries;

    Visitor(Path root, Predicate<String> enters, List<Entry> entries) {
      this.root = root;
      this.enters = enters;
      this.entries = entries;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return folder.equals(root) || enters.test(folder.getFileName().toString())
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
        String path = root.relativize(file).toString().replace('\\', '/');
        entries.add(new Entry(path, file, attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
