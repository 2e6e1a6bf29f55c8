import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Keeps every Java source of the repository in google-java-format, for the build's {@code verify}
 * phase.
 *
 * <p>A program of its own because the formatter reads sources with the javac of the JVM that it
 * runs in, and Maven may have been started by a JDK that cannot parse this project's language
 * level.
 */
final class SourceFormat {
  private static final Formatter FORMATTER = new Formatter(JavaFormatterOptions.defaultOptions());

  /**
   * Arguments: {@code check} or {@code fix}, then the repository's root. Exit code 1 when a check
   * fails.
   */
  static void main(String[] args) throws IOException {
    boolean fix = args[0].equals("fix");
    if (!fix && !args[0].equals("check")) {
      throw new IllegalArgumentException("format must be check or fix, not " + args[0]);
    }
    Path root = Path.of(args[1]);
    List<Path> sources = sources(root);
    if (sources.isEmpty()) {
      throw new IllegalStateException("No Java source found under " + root);
    }
    List<String> unformatted =
        sources.parallelStream().map(f -> visit(root, f, fix)).filter(Objects::nonNull).toList();
    if (unformatted.isEmpty()) {
      return;
    }
    System.err.println(fix ? "Formatted:" : "Not in google-java-format:");
    unformatted.forEach(line -> System.err.println("  " + line));
    if (!fix) {
      System.err.println("To format them: mvn -q -N verify -Dformat=fix");
      System.exit(1);
    }
  }

  /** Returns what to report about {@code file}, or null when it is formatted already. */
  private static String visit(Path root, Path file, boolean fix) {
    try {
      String text = Files.readString(file);
      String formatted = FORMATTER.formatSourceAndFixImports(text);
      if (formatted.equals(text)) {
        return null;
      }
      if (fix) {
        Files.writeString(file, formatted);
      }
      return root.relativize(file).toString();
    } catch (FormatterException e) {
      return root.relativize(file) + ": " + e.getMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String name = dir.getFileName().toString();
            boolean hidden = name.startsWith(".") && !name.equals(".mvn");
            boolean skipped = name.equals("target") || name.equals("resources") || hidden;
            return skipped && !dir.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
