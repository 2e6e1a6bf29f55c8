import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.css.CssParser;
import javafx.css.Stylesheet;

/**
 * Puts the binary form of each theme beside its text in a jar, with all that it imports: JavaFX
 * prefers it, and no start has to parse the text. Runs on the linked runtime, which has JavaFX.
 */
final class BinaryStylesheets {
  private static final String FOLDER = "/dev/hearth/resources/css";
  private static final List<String> THEMES = List.of("light", "dark");

  private BinaryStylesheets() {}

  /** Arguments: the jar, a folder for the files of the work. */
  static void main(String[] args) throws IOException {
    Path scratch = Files.createDirectories(Path.of(args[1]));
    // The parser keeps its errors from when it was first asked for them.
    List<CssParser.ParseError> errors = CssParser.errorsProperty();
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(args[0]))) {
      Path sheets = jar.getPath(FOLDER);
      try (Stream<Path> texts = Files.list(sheets)) {
        for (Path text : texts.toList()) {
          Files.copy(text, scratch.resolve(text.getFileName().toString()));
        }
      }
      for (String theme : THEMES) {
        Path binary = scratch.resolve(theme + ".bss");
        Stylesheet.convertToBinary(scratch.resolve(theme + ".css").toFile(), binary.toFile());
        Files.copy(binary, sheets.resolve(theme + ".bss"));
      }
    }
    if (!errors.isEmpty()) {
      errors.forEach(System.err::println);
      System.exit(1);
    }
  }
}
