package dev.hearth.app.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FxTest;
import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

class TabStripTest extends FxTest {
  private TabStrip strip;

  private void open(double width) {
    strip =
        fxGet(
            () -> {
              TabStrip made = new TabStrip();
              for (String name : List.of("Timeline", "Invocations", "Logs", "Trace", "Memory")) {
                made.add(name, name);
              }
              return made;
            });
    show(fxGet(() -> new VBox(strip)), width, 60, true);
    settle();
  }

  private List<String> shown() {
    return fxGet(
        () ->
            strip.getChildren().stream()
                .filter(ToggleButton.class::isInstance)
                .filter(tab -> tab.isVisible())
                .map(tab -> ((ToggleButton) tab).getText())
                .toList());
  }

  private MenuButton more() {
    return find(strip, ".more-tabs", MenuButton.class);
  }

  @Test
  void allTabsStandInARowThatIsWideEnough() {
    open(900);
    assertThat(shown()).hasSize(5);
    assertThat(more().isVisible()).isFalse();
  }

  @Test
  void smallerTextGivesTheTabsTheirRoomBack() {
    open(620);
    assertThat(shown()).hasSize(5);
    fx(() -> Themes.style(strip.getScene(), true, Themes.MAX_FONT_SIZE));
    settle();
    assertThat(shown()).hasSizeLessThan(5);
    fx(() -> Themes.style(strip.getScene(), true, Themes.DEFAULT_FONT_SIZE));
    settle();
    assertThat(shown()).hasSize(5);
  }

  @Test
  void whatDoesNotFitIsInAMenuAndComesOutWhenItIsChosen() {
    open(260);
    assertThat(shown()).startsWith("Timeline").doesNotContain("Memory");
    MenuItem memory = fxGet(() -> more().getItems().getLast());
    assertThat(memory.getText()).isEqualTo("Memory");
    fx(memory::fire);
    settle();
    assertThat(strip.selectedProperty().get()).isEqualTo("Memory");
    assertThat(shown()).contains("Timeline", "Memory").doesNotContain("Trace");
  }
}
