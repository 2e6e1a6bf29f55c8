package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FakeProjects;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.ui.kit.ThemeMode;
import dev.hearth.app.ui.kit.Themes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing that a first walk shows is styled with a colour that is not there. */
class WindowStylesTest extends FxTest {
  @BeforeEach
  void forgetOthers() {
    takeStyleWarnings();
  }

  @Test
  void everyColourIsFoundOnAFirstWalk() {
    try (AssembledWindow window = new AssembledWindow(new FakeProjects()).open(Optional.empty())) {
      type(window.scene(), "x = 1  # one\n");
      window.press("Ctrl+Enter");
      waitUntil("called", () -> window.state().totals().invocations() == 1);
      for (String view : List.of("F1", "Ctrl+K", "Esc", "F1", "Alt+1", "Alt+2", "Alt+3")) {
        window.press(view);
      }
      fx(() -> window.themes().modeProperty().set(ThemeMode.LIGHT));
      settle();
      fx(() -> window.themes().fontSizeProperty().set(Themes.MAX_FONT_SIZE));
      settle();
      // All of the window is styled anew, which nobody asks for while waiting for something else.
      startCounting();
      window.fire("project.close");
      waitUntil("no project", () -> window.window().state().isEmpty());
    }
    settle();
    assertThat(takeStyleWarnings()).isEmpty();
  }
}
