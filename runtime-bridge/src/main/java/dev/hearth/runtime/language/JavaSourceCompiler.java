package dev.hearth.runtime.language;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles Java sources inside Hearth's own JVM, so that a handler runs straight from its source on
 * a machine that has no JDK. Annotation processors do not run: they would be code of the user
 * inside Hearth.
 */
final class JavaSourceCompiler {
  private final @Nullable JavaCompiler compiler;

  JavaSourceCompiler() {
    this(ToolProvider.getSystemJavaCompiler());
  }

  JavaSourceCompiler(@Nullable JavaCompiler compiler) {
    this.compiler = compiler;
  }

  /** False in a Java runtime image without the module {@code jdk.compiler}. */
  boolean isAvailable() {
    return compiler != null;
  }

  /** The newest language level that {@link #compile} takes. */
  static int newestRelease() {
    return Runtime.version().feature();
  }

  /**
   * Compiles into a folder, which appears as a whole or not at all.
   *
   * @param root the folder that diagnostics name files relative to
   * @param release the class file level, 8 or later
   * @return one line per error, {@code OrderHandler.java:12: cannot find symbol (symbol: class
   *     Order)}; empty when the classes are in the folder
   * @throws IllegalStateException when no compiler {@link #isAvailable()}
   */
  List<String> compile(
      Path root, List<Path> sources, List<Path> classPath, int release, Path output) {
    if (compiler == null) {
      throw new IllegalStateException("This Java runtime image has no compiler");
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "--release",
            Integer.toString(release),
            "-g",
            "-parameters",
            "-proc:none",
            "-nowarn",
            "-classpath",
            classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8)) {
      Files.createDirectories(output.getParent());
      Path part = Files.createTempDirectory(output.getParent(), "compiling");
      manager.setLocationFromPaths(javax.tools.StandardLocation.CLASS_OUTPUT, List.of(part));
      var units = manager.getJavaFileObjectsFromPaths(sources);
      boolean done =
          compiler.getTask(Writer.nullWriter(), manager, problems, options, null, units).call();
      if (done) {
        publish(part, output);
        return List.of();
      }
      delete(part);
      return describe(root, problems.getDiagnostics());
    } catch (IOException e) {
      throw new UncheckedIOException("Classes can't be written to " + output.getParent(), e);
    }
  }

  private static void publish(Path part, Path output) throws IOException {
    try {
      ClientFiles.moveInto(part, output);
    } catch (IOException e) {
      delete(part);
      if (!Files.isDirectory(output)) { // otherwise another thread or Hearth was faster
        throw e;
      }
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<String> describe(
      Path root, List<Diagnostic<? extends JavaFileObject>> problems) {
    List<String> lines = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> problem : problems) {
      if (problem.getKind() == Diagnostic.Kind.ERROR) {
        JavaFileObject source = problem.getSource();
        String place =
            source == null ? "" : place(root, source) + ":" + problem.getLineNumber() + ": ";
        lines.add(place + oneLine(problem.getMessage(Locale.ROOT)));
      }
    }
    return lines;
  }

  private static String place(Path root, JavaFileObject source) {
    Path file = Path.of(source.toUri());
    return file.startsWith(root) ? root.relativize(file).toString() : file.toString();
  }

  /** javac puts the symbol and its place on lines of their own. */
  private static String oneLine(String message) {
    List<String> lines = message.lines().map(line -> line.strip().replaceAll("\\s+", " ")).toList();
    return lines.size() == 1
        ? lines.getFirst()
        : lines.getFirst() + " (" + String.join(", ", lines.subList(1, lines.size())) + ")";
  }
}
