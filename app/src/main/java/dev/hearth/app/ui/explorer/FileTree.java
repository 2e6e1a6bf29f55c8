package dev.hearth.app.ui.explorer;

import dev.hearth.app.project.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Turns the flat paths of a function's files into lines with folders, folders first. */
final class FileTree {
  private final Map<String, FileTree> folders = new TreeMap<>();
  private final List<SourceFile> files = new ArrayList<>();

  static FileTree of(List<SourceFile> all) {
    FileTree root = new FileTree();
    for (SourceFile file : all) {
      FileTree at = root;
      String[] parts = file.path().split("/");
      for (int i = 0; i < parts.length - 1; i++) {
        at = at.folders.computeIfAbsent(parts[i], name -> new FileTree());
      }
      at.files.add(file);
    }
    return root;
  }

  /** What is made of the tree, top down. */
  interface Lines {
    void folder(String path, int depth, boolean expanded);

    void file(SourceFile file, int depth);
  }

  /** Visits what is visible: nothing below a collapsed folder. */
  void visit(Predicate<String> expanded, Lines lines) {
    visit("", 0, expanded, lines);
  }

  private void visit(String prefix, int depth, Predicate<String> expanded, Lines lines) {
    folders.forEach(
        (name, folder) -> {
          String path = prefix + name;
          boolean open = expanded.test(path);
          lines.folder(path, depth, open);
          if (open) {
            folder.visit(path + "/", depth + 1, expanded, lines);
          }
        });
    files.forEach(file -> lines.file(file, depth));
  }

  /** The folders that lead to a file, outermost first. */
  static void folders(String path, Consumer<String> each) {
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      each.accept(path.substring(0, i));
    }
  }

  /** The folders that lead to any of the files when there are few: a small project is all open. */
  static void addFolders(List<SourceFile> files, Set<String> folders, int most) {
    if (files.size() <= most) {
      files.forEach(file -> folders(file.path(), folders::add));
    }
  }
}
