package dev.hearth.app.ui.shell;

import dev.hearth.app.ui.kit.code.lex.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a source file defines, line by line and by its looks alone: enough to jump there by
 * name, whatever state the code is in.
 */
final class Symbols {
  /** Longer lines are data, not definitions. */
  private static final int LONGEST = 1_000;

  private static final Set<String> NO_NAMES =
      Set.of("if", "for", "while", "switch", "catch", "return", "function", "new", "else", "do");

  private static final List<Rule> PYTHON =
      List.of(
          rule("function", "^\\s*(?:async\\s+)?def\\s+(\\w+)"),
          rule("class", "^\\s*class\\s+(\\w+)"));
  private static final List<Rule> JAVASCRIPT =
      List.of(
          rule(
              "function",
              "^\\s*(?:export\\s+)?(?:default\\s+)?(?:async\\s+)?function\\*?\\s+([\\w$]+)"),
          rule("class", "^\\s*(?:export\\s+)?(?:default\\s+)?class\\s+([\\w$]+)"),
          rule(
              "function",
              "^\\s*(?:export\\s+)?(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*(?:async\\b\\s*)?(?:function\\b|\\(.*=>|[\\w$]+\\s*=>)"),
          rule("function", "^\\s*(?:module\\.)?exports\\.([\\w$]+)\\s*="),
          rule("method", "^\\s+(?:static\\s+)?(?:async\\s+)?([\\w$]+)\\s*\\([^()]*\\)\\s*\\{"));
  private static final List<Rule> JAVA =
      List.of(
          rule("type", "^\\s*(?:[\\w-]+\\s+)*(?:class|interface|record|enum)\\s+(\\w+)"),
          rule(
              "method",
              "^\\s*(?:(?:public|protected|private|static|final|abstract|synchronized|default)\\s+)*"
                  + "[\\w.]+(?:<.*>)?(?:\\[])*\\s+(\\w+)\\s*\\([^;=]*$"));
  private static final List<Rule> RUBY =
      List.of(
          rule("function", "^\\s*def\\s+(?:self\\.)?(\\w+[?!=]?)"),
          rule("class", "^\\s*(?:class|module)\\s+(?:\\w+::)*([A-Z]\\w*)"));
  private static final List<Rule> SHELL =
      List.of(rule("function", "^\\s*(?:function\\s+)?([\\w-]+)\\s*\\(\\)\\s*\\{?\\s*$"));

  private Symbols() {}

  /**
   * Something defined in a file.
   *
   * @param line 1 for the first
   */
  record Symbol(String kind, String name, int line) {}

  private record Rule(String kind, Pattern pattern) {}

  private static Rule rule(String kind, String pattern) {
    return new Rule(kind, Pattern.compile(pattern));
  }

  /** In the order of the text. */
  static List<Symbol> of(Language language, String text) {
    List<Rule> rules = rules(language);
    List<Symbol> found = new ArrayList<>();
    if (rules.isEmpty()) {
      return found;
    }
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.length() <= LONGEST) {
        find(rules, line, number, found);
      }
    }
    return found;
  }

  private static void find(List<Rule> rules, String line, int number, List<Symbol> found) {
    for (Rule rule : rules) {
      Matcher matcher = rule.pattern().matcher(line);
      if (matcher.find() && !NO_NAMES.contains(matcher.group(1)) && !startsWithKeyword(line)) {
        found.add(new Symbol(rule.kind(), matcher.group(1), number));
        return;
      }
    }
  }

  private static boolean startsWithKeyword(String line) {
    String text = line.strip();
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    String word = text.substring(0, end);
    return NO_NAMES.contains(word) && !word.equals("function");
  }

  private static List<Rule> rules(Language language) {
    return switch (language) {
      case PYTHON -> PYTHON;
      case JAVASCRIPT -> JAVASCRIPT;
      case JAVA -> JAVA;
      case RUBY -> RUBY;
      case SHELL -> SHELL;
      default -> List.of();
    };
  }
}
