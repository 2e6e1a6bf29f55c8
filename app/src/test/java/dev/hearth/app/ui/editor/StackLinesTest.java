package dev.hearth.app.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.ui.editor.StackLines.StackLine;
import org.junit.jupiter.api.Test;

class StackLinesTest {
  @Test
  void readsPython() {
    String payload =
        """
        {"errorMessage": "'Item'", "errorType": "KeyError", "stackTrace": \
        ["  File \\"/var/task/handler.py\\", line 11, in handler\\n    item = x\\n", \
        "  File \\"/var/task/lib/pricing.py\\", line 3, in total\\n"]}\
        """;

    assertThat(StackLines.parse(payload))
        .containsExactly(
            new StackLine("/var/task/handler.py", 11),
            new StackLine("/var/task/lib/pricing.py", 3));
  }

  @Test
  void readsJavaScriptAndJava() {
    assertThat(StackLines.parse("    at handler (file:///var/task/index.mjs:10:11)"))
        .contains(new StackLine("///var/task/index.mjs", 10));
    assertThat(StackLines.parse("example.Handler.handleRequest(Handler.java:12)"))
        .contains(new StackLine("Handler.java", 12));
  }

  @Test
  void knowsItsFile() {
    assertThat(new StackLine("/var/task/lib/a.py", 1).isIn("lib/a.py")).isTrue();
    assertThat(new StackLine("/var/task/lib/a.py", 1).isIn("a.py")).isTrue();
    assertThat(new StackLine("Handler.java", 1).isIn("src/example/Handler.java")).isTrue();
    assertThat(new StackLine("/usr/lib/python3/json/handler2.py", 1).isIn("handler.py")).isFalse();
  }
}
