package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FakeProjects;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.Screenshots;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide in the window: its steps do what they say and tell what was measured. */
class GuideTest extends FxTest {
  private static List<Button> buttons(AssembledWindow window) {
    return fxGet(
        () ->
            window.find(".guide-steps", VBox.class).lookupAll(".button").stream()
                .map(Button.class::cast)
                .toList());
  }

  private static Button button(AssembledWindow window, String text) {
    return buttons(window).stream().filter(b -> b.getText().equals(text)).findFirst().orElseThrow();
  }

  private static List<String> results(AssembledWindow window) {
    return fxGet(
        () ->
            window.find(".guide-steps", VBox.class).lookupAll(".guide-result").stream()
                .map(label -> ((Label) label).getText())
                .toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void invokesAndTellsWhatWasMeasured(boolean dark) {
    try (AssembledWindow window =
        new AssembledWindow(new FakeProjects(), dark).open(Optional.empty())) {
      window.press("F1");
      assertThat(results(window)).allMatch(text -> text.startsWith("Nothing has been called"));
      for (int i = 1; i <= 2; i++) {
        int calls = i;
        fx(button(window, "Invoke")::fire);
        waitUntil("counted", () -> window.state().totals().invocations() == calls);
      }
      settle();
      assertThat(results(window).get(0)).contains("cold start took");
      assertThat(results(window).get(1)).contains("warm call took");
      String pictures = System.getProperty("hearth.pictures");
      if (pictures != null) {
        Screenshots.write(
            Screenshots.snapshot(window.scene()),
            Path.of(pictures, dark ? "guide-dark.png" : "guide-light.png"));
      }
    }
  }

  @Test
  void everyStepHasItsCommands() {
    try (AssembledWindow window = new AssembledWindow(new FakeProjects()).open(Optional.empty())) {
      window.press("F1");
      assertThat(fxGet(() -> buttons(window).getFirst().isFocused())).isTrue();
      assertThat(buttons(window)).hasSize(10);
      fx(button(window, "Show Timeline")::fire);
      settle();
      assertThat(window.state().viewProperty().get()).isEqualTo(ActivityRail.WORKBENCH);
    }
  }

  @Test
  void startsFromTheWindowWithoutAProject() {
    try (AssembledWindow window = new AssembledWindow(new FakeProjects()).open(Optional.empty())) {
      window.fire("project.close");
      waitUntil("no project", () -> window.window().state().isEmpty());
      window.press("F1");
      waitUntil("the sample", () -> window.window().state().isPresent());
      settle();
      assertThat(window.state().viewProperty().get()).isEqualTo("guide");
      assertThat(buttons(window)).isNotEmpty();
    }
  }
}
