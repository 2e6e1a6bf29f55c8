package dev.hearth.app.ui.kit.code;

import dev.hearth.app.ui.kit.code.lex.TokenKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/** Turns token kinds and decoration flags of characters into RichTextFX's style spans. */
final class LineStyles {
  /** Of an empty line, which has nothing to be styled. */
  static final StyleSpans<Collection<String>> EMPTY = StyleSpans.singleton(List.of(), 0);

  private final Map<Integer, Collection<String>> classes = new HashMap<>();

  /**
   * Styles of a line that is not empty.
   *
   * @param kinds per character, ordinal of the token kind plus one; 0 for plain
   * @param flags per character, see {@link Decorations}
   */
  StyleSpans<Collection<String>> spans(byte[] kinds, byte[] flags) {
    StyleSpansBuilder<Collection<String>> builder = new StyleSpansBuilder<>();
    int start = 0;
    for (int i = 1; i <= kinds.length; i++) {
      if (i == kinds.length || kinds[i] != kinds[start] || flags[i] != flags[start]) {
        builder.add(classesOf(kinds[start], flags[start]), i - start);
        start = i;
      }
    }
    return builder.create();
  }

  /** Styles of neighbouring lines with the breaks between them. */
  static StyleSpans<Collection<String>> joined(List<StyleSpans<Collection<String>>> lines) {
    StyleSpansBuilder<Collection<String>> builder = new StyleSpansBuilder<>();
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0) {
        builder.add(List.of(), 1);
      }
      builder.addAll(lines.get(i));
    }
    return builder.create();
  }

  private Collection<String> classesOf(int kind, int flags) {
    return classes.computeIfAbsent(kind << 8 | flags, key -> makeClasses(kind, flags));
  }

  private static Collection<String> makeClasses(int kind, int flags) {
    List<String> names = new ArrayList<>();
    if (kind > 0) {
      names.add(TokenKind.values()[kind - 1].styleClass());
    }
    String[] byFlag = {"code-match", "code-match-current", "code-bracket", "code-error"};
    for (int i = 0; i < byFlag.length; i++) {
      if ((flags & 1 << i) != 0) {
        names.add(byFlag[i]);
      }
    }
    return List.copyOf(names);
  }

  /** Whether two lines look the same. */
  static boolean same(
      StyleSpans<Collection<String>> one, StyleSpans<? extends Collection<String>> other) {
    if (one.length() != other.length() || one.getSpanCount() != other.getSpanCount()) {
      return false;
    }
    for (int i = 0; i < one.getSpanCount(); i++) {
      var a = one.getStyleSpan(i);
      var b = other.getStyleSpan(i);
      if (a.getLength() != b.getLength()
          || !List.copyOf(a.getStyle()).equals(List.copyOf(b.getStyle()))) {
        return false;
      }
    }
    return true;
  }
}
