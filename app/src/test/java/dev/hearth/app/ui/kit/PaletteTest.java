package dev.hearth.app.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.resources.Stylesheets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tokenFileAndEnumNameTheSameColours(boolean dark) throws IOException {
    String css;
    try (InputStream in = Stylesheets.tokens(dark).openStream()) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> inFile =
        Pattern.compile("(-hearth-[a-z-]+):").matcher(css).results().map(r -> r.group(1)).toList();

    assertThat(inFile)
        .containsExactlyElementsOf(
            Arrays.stream(HearthColor.values())
                .map(HearthColor::cssName)
                .collect(Collectors.toList()));
    assertThat(Palette.load(dark).dark()).isEqualTo(dark);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void textIsReadableOnEveryGround(boolean dark) {
    Palette palette = Palette.load(dark);
    for (HearthColor ground :
        List.of(HearthColor.BG, HearthColor.PANEL, HearthColor.RAISED, HearthColor.SELECTION)) {
      assertContrast(palette, HearthColor.TEXT, ground, 7);
      assertContrast(palette, HearthColor.MUTED, ground, 4.5);
    }
    assertContrast(palette, HearthColor.ON_EMBER, HearthColor.EMBER_FILL, 4.5);
    assertContrast(palette, HearthColor.CODE_COMMENT, HearthColor.BG, 4);
    for (HearthColor mark :
        List.of(
            HearthColor.EMBER,
            HearthColor.COLD,
            HearthColor.ERROR,
            HearthColor.OK,
            HearthColor.THROTTLE,
            HearthColor.GOLD)) {
      assertContrast(palette, mark, HearthColor.PANEL, 3);
    }
  }

  private static void assertContrast(
      Palette palette, HearthColor ink, HearthColor ground, double least) {
    double a = luminance(palette.get(ink));
    double b = luminance(palette.get(ground));
    double contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    assertThat(contrast).as("%s on %s", ink, ground).isGreaterThanOrEqualTo(least);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
  }
}
