package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FakeProjects;
import dev.hearth.app.testing.FxTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys of DESIGN.md section 4, pressed in the assembled window. */
class ShellKeysTest extends FxTest {
  private static final List<String> REGIONS =
      List.of("explorer", "editor-panel", "event", "response", "tool-area");

  private final FakeProjects projects = new FakeProjects();
  private AssembledWindow window;

  @BeforeEach
  void open() {
    window = new AssembledWindow(projects).open(Optional.empty());
  }

  @AfterEach
  void close() {
    window.close();
    assertThat(window.unexpected()).isEmpty();
  }

  private String region() {
    // Without an answer there is only the tab to be focused.
    return window.focused() instanceof ToggleButton tab && tab.getText().equals("Response")
        ? "response"
        : REGIONS.stream().filter(window::focusIn).findFirst().orElse("none");
  }

  private String tool() {
    return window.window().root().lookupAll(".tool-area .tab-button").stream()
        .map(ToggleButton.class::cast)
        .filter(ToggleButton::isSelected)
        .map(ToggleButton::getText)
        .findFirst()
        .orElse("none");
  }

  @Test
  void theEditorHasTheFocusAtFirst() {
    assertThat(region()).isEqualTo("editor-panel");
  }

  @Test
  void f6VisitsTheRegionsInOrderAndShiftF6GoesBack() {
    List<String> visited = new ArrayList<>();
    for (int i = 0; i < REGIONS.size(); i++) {
      window.press("F6");
      visited.add(region());
    }
    assertThat(visited)
        .containsExactly("event", "response", "tool-area", "explorer", "editor-panel");
    window.press("Shift+F6");
    assertThat(region()).isEqualTo("explorer");
  }

  @Test
  void f6LeavesOutWhatIsHidden() {
    window.press("Ctrl+Alt+B");
    window.press("F6");
    assertThat(region()).isEqualTo("tool-area");
    window.press("Ctrl+J");
    window.press("Ctrl+B");
    window.press("Esc");
    window.press("F6");
    assertThat(region()).isEqualTo("editor-panel");
    window.fire("layout.reset");
    window.press("F6");
    assertThat(region()).isEqualTo("event");
  }

  @Test
  void altAndANumberShowATool() {
    List<String> shown = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      window.press("Alt+" + i);
      shown.add(tool());
      assertThat(region()).isEqualTo("tool-area");
    }
    assertThat(shown).containsExactly("Timeline", "Invocations", "Logs", "Trace", "Memory", "Cost");
  }

  @Test
  void altAndANumberBringsBackHiddenToolsAndTheWorkbench() {
    window.press("Ctrl+J");
    window.fire("view.settings");
    window.press("Alt+3");
    assertThat(tool()).isEqualTo("Logs");
    assertThat(window.find(".tool-area", javafx.scene.Node.class).getScene()).isNotNull();
  }

  @Test
  void escapeGoesBackToTheEditor() {
    window.press("Alt+1");
    window.press("Esc");
    assertThat(region()).isEqualTo("editor-panel");
  }

  @Test
  void theSettingsTakeTheFocusWhenTheyAreShown() {
    window.fire("view.settings");
    assertThat(window.focusIn("settings")).isTrue();
    window.press("Esc");
    assertThat(region()).isEqualTo("editor-panel");
  }

  @Test
  void ctrlWClosesTheFileAndCtrlShiftTBringsItBack() {
    String file = window.state().documents().getFirst().path();
    window.press("Ctrl+W");
    assertThat(window.state().documents()).isEmpty();
    window.press("Ctrl+Shift+T");
    waitUntil("open again", () -> !window.state().documents().isEmpty());
    assertThat(window.state().documents().getFirst().path()).isEqualTo(file);
  }

  @Test
  void theFontGrowsAndShrinksWithinItsLimits() {
    int before = window.themes().fontSizeProperty().get();
    window.press("Ctrl+Equals");
    assertThat(window.themes().fontSizeProperty().get()).isEqualTo(before + 1);
    for (int i = 0; i < 20; i++) {
      fx(() -> window.window().actions().fire("font.larger"));
    }
    assertThat(window.themes().fontSizeProperty().get()).isEqualTo(24);
    // A change of the font lays out everything anew.
    startCounting();
    window.press("Ctrl+0");
    assertThat(window.themes().fontSizeProperty().get()).isEqualTo(before);
  }

  @Test
  void hiddenEdgesAreRememberedInTheProject() {
    window.press("Ctrl+B");
    assertThat(projects.sample().settings().get("layout.side.shown")).contains("false");
  }
}
