package dev.hearth.app.ui.kit.code.lex;

import java.util.Locale;

/** What a piece of code is, as far as its colour goes. */
public enum TokenKind {
  KEYWORD,
  /** A function being defined or called, a JSON key, a shell variable. */
  NAME,
  STRING,
  NUMBER,
  COMMENT,
  ANNOTATION;

  /** The style class in {@code editor.css}. */
  public String styleClass() {
    return "code-" + name().toLowerCase(Locale.ROOT);
  }
}
