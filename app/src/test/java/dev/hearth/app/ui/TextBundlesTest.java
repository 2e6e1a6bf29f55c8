package dev.hearth.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.resources.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The bundles and the code agree: every key that the code names is there, and every key that is
 * there is named. Keys put together at run time count by their literal beginning.
 */
class TextBundlesTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path BUNDLES =
      Path.of("../ui-resources/src/main/resources/dev/hearth/resources/texts");
  private static final Pattern BUNDLE = Pattern.compile("Texts\\s*\\.of\\(\"([a-z]+)\"\\)");
  private static final Pattern GET =
      Pattern.compile(
          "(?:\\b[tT]exts|TEXTS|Texts\\s*\\.of\\(\"[a-z]+\"\\))\\s*\\.get\\(\\s*\"([^\"]+)\"\\s*[,)]");

  /** Within a line: from a lone quotation mark on, half a file would be one literal. */
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"(\\s*\\+)?");

  private static List<String> sources() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        all.add(Files.readString(file));
      }
    }
    return all;
  }

  private static List<String> bundles() throws IOException {
    try (Stream<Path> files = Files.list(BUNDLES)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(name -> name.endsWith(".properties"))
          .map(name -> name.replace(".properties", ""))
          .sorted()
          .toList();
    }
  }

  /** Arguments are filled in as they are: an apostrophe that is doubled shows as two. */
  @Test
  void noApostropheIsDoubled() throws IOException {
    for (String bundle : bundles()) {
      Texts texts = Texts.of(bundle);
      assertThat(texts.keys()).as(bundle).noneMatch(key -> texts.get(key).contains("''"));
    }
  }

  @Test
  void everyKeyThatTheCodeNamesIsThere() throws IOException {
    Set<String> everywhere = new TreeSet<>();
    for (String bundle : bundles()) {
      everywhere.addAll(Texts.of(bundle).keys());
    }
    Set<String> missing = new TreeSet<>();
    int checked = 0;
    for (String source : sources()) {
      Set<String> known = new TreeSet<>();
      Matcher bundle = BUNDLE.matcher(source);
      while (bundle.find()) {
        known.addAll(Texts.of(bundle.group(1)).keys());
      }
      Matcher get = GET.matcher(source);
      while (get.find()) {
        checked++;
        if (!(known.isEmpty() ? everywhere : known).contains(get.group(1))) {
          missing.add(get.group(1));
        }
      }
    }
    assertThat(checked).isGreaterThan(100);
    assertThat(missing).isEmpty();
  }

  @Test
  void everyKeyThatIsThereIsNamed() throws IOException {
    Set<String> literals = new TreeSet<>();
    Set<String> beginnings = new TreeSet<>();
    for (String source : sources()) {
      Matcher literal = LITERAL.matcher(source);
      while (literal.find()) {
        literals.add(literal.group(1));
        if (literal.group(2) != null && literal.group(1).endsWith(".")) {
          beginnings.add(literal.group(1));
        }
      }
    }
    Set<String> unused = new TreeSet<>();
    for (String bundle : bundles()) {
      for (String key : Texts.of(bundle).keys()) {
        boolean used = literals.contains(key) || beginnings.stream().anyMatch(key::startsWith);
        if (!used) {
          unused.add(bundle + ": " + key);
        }
      }
    }
    assertThat(unused).isEmpty();
  }
}
