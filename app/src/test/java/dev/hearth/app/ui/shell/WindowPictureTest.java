package dev.hearth.app.ui.shell;

import dev.hearth.app.testing.FakeProjects;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.Golden;
import dev.hearth.app.testing.Screenshots;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembled window beside the approved pictures, with nothing in it that tells the time. */
class WindowPictureTest extends FxTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void looksAsApproved(boolean dark) {
    try (AssembledWindow window =
        new AssembledWindow(new FakeProjects(), dark).open(Optional.empty())) {
      for (int i = 1; i <= 3; i++) {
        window.fire("invoke");
        int calls = i;
        waitUntil("counted", () -> window.state().totals().invocations() == calls);
      }
      window.fire("tool.cost");
      Golden.assertSame(
          dark ? "window-dark" : "window-light", Screenshots.snapshot(window.scene()));
    }
  }
}
