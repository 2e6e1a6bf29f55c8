package dev.hearth.runtime.http;

/**
 * Text as a JSON string, quotes included. For documents of a few members, where building a tree
 * would cost a first call more than all the rest.
 */
public final class JsonString {
  private JsonString() {}

  /** With the escapes that JSON asks for. */
  public static String quoted(String text) {
    return quoted(text, "");
  }

  /** With those of HTML too, as Lambda's agent writes it (runtime-api.md section 1). */
  public static String htmlSafe(String text) {
    return quoted(text, "<>&");
  }

  private static String quoted(String text, String alsoEscaped) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || alsoEscaped.indexOf(c) >= 0) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
