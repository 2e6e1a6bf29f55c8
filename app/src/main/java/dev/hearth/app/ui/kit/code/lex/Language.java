package dev.hearth.app.ui.kit.code.lex;

import java.util.Locale;
import java.util.Map;

/** The languages that the editor knows, with what editing commands need to know of each. */
public enum Language {
  PYTHON("Python", "#", 4, new PythonLexer()),
  JAVASCRIPT("JavaScript", "//", 2, new JavaScriptLexer()),
  JAVA("Java", "//", 4, new JavaLexer()),
  JSON("JSON", "", 2, new JsonLexer()),
  RUBY("Ruby", "#", 2, new RubyLexer()),
  SHELL("Shell", "#", 2, new ShellLexer()),
  PLAIN("Plain text", "#", 2, new PlainLexer());

  private static final Map<String, Language> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("py", PYTHON),
          Map.entry("pyi", PYTHON),
          Map.entry("js", JAVASCRIPT),
          Map.entry("mjs", JAVASCRIPT),
          Map.entry("cjs", JAVASCRIPT),
          Map.entry("jsx", JAVASCRIPT),
          Map.entry("ts", JAVASCRIPT),
          Map.entry("mts", JAVASCRIPT),
          Map.entry("tsx", JAVASCRIPT),
          Map.entry("java", JAVA),
          Map.entry("json", JSON),
          Map.entry("rb", RUBY),
          Map.entry("rake", RUBY),
          Map.entry("gemspec", RUBY),
          Map.entry("gemfile", RUBY),
          Map.entry("rakefile", RUBY),
          Map.entry("sh", SHELL),
          Map.entry("bash", SHELL));

  private final String title;
  private final String lineComment;
  private final int indent;
  private final Lexer lexer;

  Language(String title, String lineComment, int indent, Lexer lexer) {
    this.title = title;
    this.lineComment = lineComment;
    this.indent = indent;
    this.lexer = lexer;
  }

  /**
   * Tells the language by the file's extension, else by the interpreter in its first line.
   *
   * @param path name or path of the file
   * @param text its content, or just the beginning of it
   */
  public static Language of(String path, String text) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    Language known = BY_EXTENSION.get(name.substring(name.lastIndexOf('.') + 1));
    if (known != null) {
      return known;
    }
    if (!text.startsWith("#!")) {
      return name.equals("bootstrap") ? SHELL : PLAIN;
    }
    String first = text.lines().findFirst().orElse("");
    if (first.contains("python")) {
      return PYTHON;
    }
    if (first.contains("node")) {
      return JAVASCRIPT;
    }
    if (first.contains("ruby")) {
      return RUBY;
    }
    return first.matches(".*\\b(sh|bash|dash|zsh|ksh)\\b.*") ? SHELL : PLAIN;
  }

  /** What a user calls it. */
  public String title() {
    return title;
  }

  /** What starts a comment up to the end of the line; empty when there is no such thing. */
  public String lineComment() {
    return lineComment;
  }

  /** Spaces per level of indentation in new code. */
  public int indent() {
    return indent;
  }

  public Lexer lexer() {
    return lexer;
  }
}
