package dev.hearth.app.ui.kit.code.lex;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks every lexer with the marked texts beside this class: each token stands in angle quotes
 * after the first letter of its kind, {@code k‹def› n‹f›(x): k‹return› d‹1›} (numbers are {@code d}
 * for digits). The marks are stripped, the rest is lexed and must get the same marks.
 */
class LexerTest {
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("sections")
  void marksAsWritten(Language language, String title, String marked) {
    String code = marked.replaceAll("[knsdca]‹([^›]*)›", "$1");

    assertThat(lex(language, code)).isEqualTo(marked);
  }

  static Stream<Arguments> sections() {
    return EnumSet.complementOf(EnumSet.of(Language.PLAIN)).stream()
        .flatMap(
            language ->
                Arrays.stream(read(language).split("(?m)^### "))
                    .skip(1)
                    .map(
                        section -> {
                          int line = section.indexOf('\n');
                          return Arguments.of(
                              language, section.substring(0, line), section.substring(line + 1));
                        }));
  }

  @ParameterizedTest
  @EnumSource
  void acceptsAnyText(Language language) {
    Random random = new Random(11);
    String[] parts = {
      "'",
      "\"",
      "'''",
      "\"\"\"",
      "`",
      "${",
      "{",
      "}",
      "$(",
      "(",
      ")",
      "/*",
      "*/",
      "//",
      "#",
      "\\",
      "f'",
      "<<A",
      "A",
      "\n",
      " ",
      "1",
      "e+",
      ".",
      "@",
      "é",
      "\uD83D\uDE00",
      "case ",
      "r/x/",
      ":"
    };
    for (int round = 0; round < 2_000; round++) {
      String text =
          Stream.generate(() -> parts[random.nextInt(parts.length)])
              .limit(30)
              .collect(Collectors.joining());
      assertThat(lex(language, text).replaceAll("[knsdca]‹|›", "")).isEqualTo(strip(text));
    }
  }

  @Test
  void nestingIsFollowedOnlySoFar() {
    LexState state = Language.JAVASCRIPT.lexer().start();
    for (int i = 0; i < 10_000; i++) {
      state = Language.JAVASCRIPT.lexer().lex("`${", state, TokenSink.NONE);
    }
    assertThat(state.level()).isLessThan(100);
  }

  @Test
  void languageByExtensionElseByInterpreter() {
    assertThat(Language.of("src/handler.py", "")).isEqualTo(Language.PYTHON);
    assertThat(Language.of("INDEX.MJS", "")).isEqualTo(Language.JAVASCRIPT);
    assertThat(Language.of("bootstrap", "#!/bin/bash -e\n")).isEqualTo(Language.SHELL);
    assertThat(Language.of("bootstrap", "#!/usr/bin/env python3\n")).isEqualTo(Language.PYTHON);
    assertThat(Language.of("run", "#!/usr/bin/env node")).isEqualTo(Language.JAVASCRIPT);
    assertThat(Language.of("Gemfile", "")).isEqualTo(Language.RUBY);
    assertThat(Language.of("run", "#!/usr/bin/env ruby")).isEqualTo(Language.RUBY);
    assertThat(Language.of("requirements.txt", "boto3")).isEqualTo(Language.PLAIN);
    assertThat(Language.of("a.py/data", "")).isEqualTo(Language.PLAIN);
  }

  private static String strip(String text) {
    return text.replaceAll("[knsdca]‹|›", "");
  }

  private static String lex(Language language, String code) {
    LexState[] state = {language.lexer().start()};
    return Arrays.stream(code.split("\n", -1))
        .map(line -> mark(language.lexer(), line, state))
        .collect(Collectors.joining("\n"));
  }

  private static String mark(Lexer lexer, String line, LexState[] state) {
    StringBuilder out = new StringBuilder();
    int[] done = {0};
    state[0] =
        lexer.lex(
            line,
            state[0],
            (kind, start, end) -> {
              if (start < done[0] || end <= start || end > line.length()) {
                throw new AssertionError("Bad token " + kind + " " + start + ".." + end);
              }
              out.append(line, done[0], start).append(letter(kind)).append('‹');
              out.append(line, start, end).append('›');
              done[0] = end;
            });
    return out.append(line.substring(done[0])).toString();
  }

  private static char letter(TokenKind kind) {
    return switch (kind) {
      case KEYWORD -> 'k';
      case NAME -> 'n';
      case STRING -> 's';
      case NUMBER -> 'd';
      case COMMENT -> 'c';
      case ANNOTATION -> 'a';
    };
  }

  private static String read(Language language) {
    String file = language.name().toLowerCase(Locale.ROOT) + ".txt";
    try (var in = LexerTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }
}
