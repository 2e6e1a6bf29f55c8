package dev.hearth.app.project.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
  private final JsonMapper jackson =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  @Test
  void layoutKeepsOrderDigitsAndEscapes() {
    String text =
        """
        {"b":1.50,"a":1E+400,"big":123456789012345678901234567890,"s":"\\u00e9\\/",\
        "b":{},"c":[],"d":[1,2, 3],"e":{"f":{"g":null}}}\
        """;

    assertThat(format(text))
        .isEqualTo(
            """
            {
              "b": 1.50,
              "a": 1E+400,
              "big": 123456789012345678901234567890,
              "s": "\\u00e9\\/",
              "b": {},
              "c": [],
              "d": [1, 2, 3],
              "e": {
                "f": { "g": null }
              }
            }\
            """);
  }

  @Test
  void longFlatValuesAreSpreadOut() {
    String item = "\"" + "x".repeat(40) + "\"";

    assertThat(format("{\"a\":[" + item + "," + item + "]}"))
        .isEqualTo("{\n  \"a\": [\n    " + item + ",\n    " + item + "\n  ]\n}");
  }

  @Test
  void flatValuesStayOnOneLineOnlyWhereItFits() {
    String text = "{\"headers\":{\"content-type\":\"text/plain\"}}";
    String oneLine = "  \"headers\": { \"content-type\": \"text/plain\" }";

    assertThat(format(text, oneLine.length() + 1)).isEqualTo("{\n" + oneLine + "\n}");
    assertThat(format(text, oneLine.length()))
        .isEqualTo("{\n  \"headers\": {\n    \"content-type\": \"text/plain\"\n  }\n}");
  }

  @Test
  void layoutIsStable() {
    String once = format("[{\"a\":[1,[2,{\"b\":[]}]]},\"x\",true]");

    assertThat(format(once)).isEqualTo(once);
  }

  @Test
  void scalarsAreJson() {
    assertThat(format(" \"a\" ")).isEqualTo("\"a\"");
    assertThat(format("-0.5e-3\n")).isEqualTo("-0.5e-3");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "` `                 | 1 | 2 | `The text is empty; JSON needs a value, at least {}`",
        "`{\"a\": 1,}`       | 1 | 8 | `A comma must be followed by another key; remove it`",
        "`[1, ]`             | 1 | 3 | `A comma must be followed by another value; remove it`",
        "`{\"a\" 1}`         | 1 | 6 | `Expected : after the key, but here is 1`",
        "`{\"a\": 1 \"b\"}`  | 1 | 9 | `Expected , or }, but here is \"`",
        "`{a: 1}`            | 1 | 2 | `Expected a key in double quotes, but here is a`",
        "`{\"a\":`           | 1 | 6 | `The value of this key is missing`",
        "`{\"a\": \"b}`      | 1 | 7 | `The string is not closed; a \" is missing`",
        "`[1, 2`             | 1 | 6 | `The array is not closed; a ] is missing`",
        "`{\"a\": 'b'}`      | 1 | 7 | `Strings stand in double quotes, not in single ones`",
        "`{\"a\": None}`     | 1 | 7 | `JSON writes null`",
        "`{\"a\": True}`     | 1 | 7 | `JSON writes true`",
        "`{\"a\": 01}`       | 1 | 7 | `A number may not start with 0`",
        "`{\"a\": 1.}`       | 1 | 9 | `Digits are missing after the decimal point`",
        "`{} x`              | 1 | 4 | `Nothing may follow the end of the value, but here is x`",
        "`[// no`            | 1 | 2 | `JSON has no comments`",
        "`[\"\\x\"]`         | 1 | 3 | `A backslash starts an escape; write \\\\ for the backslash"
            + " itself`",
      })
  void namesTheProblemAndItsPlace(String text, int line, int column, String message) {
    JsonProblem problem = JsonText.check(text).orElseThrow();

    assertThat(problem.message()).isEqualTo(message);
    assertThat(problem.line()).isEqualTo(line);
    assertThat(problem.column()).isEqualTo(column);
  }

  @Test
  void countsLines() {
    JsonProblem problem = JsonText.check("{\n  \"a\": 1\n  \"b\": 2\n}").orElseThrow();

    assertThat(problem.describe()).isEqualTo("Line 3, column 3: Expected , or }, but here is \"");
    assertThat(problem.offset()).isEqualTo(13);
  }

  @Test
  void deepNestingIsAProblemNotAnOverflow() {
    assertThat(JsonText.check("[".repeat(100_000)).orElseThrow().offset()).isEqualTo(500);
    assertThat(JsonText.check("[".repeat(500) + "]".repeat(500))).isEmpty();
  }

  @Test
  void agreesWithTheReaderThatTheServiceUses() {
    Random random = new Random(3);
    String[] parts = {
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\"a\"",
      "\"",
      "1",
      "-",
      "0",
      ".",
      "e",
      "+",
      "true",
      "null",
      " ",
      "\n",
      "\\n",
      "\\u00e9",
      "x",
      "{\"a\":1}",
      "[1,2]",
      "\t"
    };
    int valid = 0;
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "[" : "{\"k\":");
      int length = random.nextInt(6);
      for (int i = 0; i < length; i++) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      text.append(text.charAt(0) == '[' ? ']' : '}');
      boolean ours = JsonText.check(text.toString()).isEmpty();
      assertThat(ours).as(text.toString()).isEqualTo(jacksonReads(text.toString()));
      if (ours) {
        valid++;
        assertThat(jackson.readTree(format(text.toString())))
            .isEqualTo(jackson.readTree(text.toString()));
      }
    }
    assertThat(valid).isGreaterThan(500);
  }

  private boolean jacksonReads(String text) {
    try {
      return !jackson.readTree(text).isMissingNode();
    } catch (JacksonException e) {
      return false;
    }
  }

  private static String format(String text, int columns) {
    return ((JsonText.Result.Formatted) JsonText.format(text, columns)).text();
  }

  private static String format(String text) {
    return ((JsonText.Result.Formatted) JsonText.format(text)).text();
  }
}
