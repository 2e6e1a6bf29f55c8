package dev.hearth.app.ui.editor;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceFile;
import java.util.List;
import java.util.Optional;

/** Guesses which file of a function holds its handler, to show it first. */
final class HandlerFile {
  private HandlerFile() {}

  /** The path of the handler's file, else of the first file; empty when there is none. */
  static Optional<String> of(FunctionDefinition function, List<SourceFile> files) {
    String handler = function.configuration().handler();
    String module = handler.contains("::") ? handler.substring(0, handler.indexOf("::")) : handler;
    String withoutMethod =
        handler.contains("::") || module.indexOf('.') < 0
            ? module
            : module.substring(0, module.lastIndexOf('.'));
    String path = withoutMethod.replace('.', '/');
    return files.stream()
        .map(SourceFile::path)
        .filter(file -> stem(file).equals(path) || stem(file).endsWith("/" + path))
        .findFirst()
        .or(() -> files.stream().map(SourceFile::path).findFirst());
  }

  private static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
  }
}
