package dev.hearth.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StylesheetsTest {
  private static final Pattern IMPORT = Pattern.compile("@import \"(.*)\\.css\";");

  private static Path sheet(boolean dark) throws URISyntaxException {
    return Path.of(Stylesheets.of(dark).toURI());
  }

  private static List<String> imports(Path sheet) throws Exception {
    return IMPORT.matcher(Files.readString(sheet)).results().map(m -> m.group(1)).toList();
  }

  @Test
  void aThemeIsItsTokensAndWhatBothShare() throws Exception {
    assertThat(imports(sheet(true))).containsExactly("tokens-dark", "shared");
    assertThat(imports(sheet(false))).containsExactly("tokens-light", "shared");
  }

  @Test
  void noStyleSheetIsForgotten() throws Exception {
    Path folder = sheet(true).getParent();
    List<String> sheets;
    try (Stream<Path> files = Files.list(folder)) {
      sheets =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".css"))
              .map(name -> name.substring(0, name.length() - 4))
              .filter(name -> !name.matches("light|dark|shared|tokens-.*"))
              .toList();
    }
    assertThat(imports(folder.resolve("shared.css"))).containsExactlyInAnyOrderElementsOf(sheets);
  }
}
