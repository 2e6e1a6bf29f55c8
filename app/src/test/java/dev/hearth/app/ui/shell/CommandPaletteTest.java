package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.testing.FakeProjects;
import dev.hearth.app.testing.FxTest;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandPaletteTest extends FxTest {
  private AssembledWindow window;

  @BeforeEach
  void open() {
    window = new AssembledWindow(new FakeProjects()).open(Optional.empty());
  }

  @AfterEach
  void close() {
    window.close();
    assertThat(window.unexpected()).isEmpty();
  }

  private List<String> titles() {
    ListView<?> list = window.find(".palette-list", ListView.class);
    return fxGet(
        () -> list.getItems().stream().map(item -> ((PaletteModel.Item) item).title()).toList());
  }

  private void search(String text) {
    window.press("Ctrl+K");
    FxTest.type(window.scene(), text);
  }

  private boolean isOpen() {
    return fxGet(() -> window.find(".palette-layer", Node.class).isVisible());
  }

  @Test
  void findsFunctionsEventsFilesAndCommandsAtOnce() {
    search("orders");
    assertThat(titles()).contains("orders-api");
    window.press("Enter");
    assertThat(isOpen()).isFalse();
    assertThat(window.state().functionProperty().get().name()).isEqualTo("orders-api");
  }

  @Test
  void runsACommandAfterTheGreaterSign() {
    search(">theme light");
    assertThat(titles()).first().isEqualTo("Theme: light");
    window.press("Enter");
    assertThat(window.themes().dark()).isFalse();
  }

  @Test
  void jumpsToASymbolAfterTheAtSign() {
    search("@total");
    waitUntil("found", () -> titles().contains("total"));
    window.press("Enter");
    waitUntil(
        "opened",
        () ->
            window.state().documentProperty().get() != null
                && window.state().documentProperty().get().path().equals("pricing.py"));
  }

  @Test
  void findsAPastInvocationAfterTheNumberSign() {
    for (int i = 0; i < 3; i++) {
      window.fire("invoke");
    }
    waitUntil("rows", () -> window.state().invocations().rows().size() == 3);
    InvocationRecord first = window.state().invocations().rows().getFirst();
    search("#" + first.requestId());
    assertThat(titles()).hasSize(1);
    window.press("Enter");
    assertThat(window.state().invocations().selectedProperty().get().requestId())
        .isEqualTo(first.requestId());
  }

  @Test
  void ctrlPFindsFilesOnly() {
    window.press("Ctrl+P");
    waitUntil("listed", () -> titles().contains("pricing.py"));
    assertThat(titles()).doesNotContain("orders-api", "Invoke").contains("handler.py");
  }

  @Test
  void arrowsMoveRoundAndEscapeGivesTheFocusBack() {
    Node before = window.focused();
    search(">");
    TextField input = window.find(".palette-input", TextField.class);
    assertThat(window.focused()).isSameAs(input);
    ListView<?> list = window.find(".palette-list", ListView.class);
    window.press("UP");
    assertThat(fxGet(() -> list.getSelectionModel().getSelectedIndex()))
        .isEqualTo(list.getItems().size() - 1);
    window.press("DOWN");
    assertThat(fxGet(() -> list.getSelectionModel().getSelectedIndex())).isZero();
    window.press("Esc");
    assertThat(isOpen()).isFalse();
    assertThat(window.focused()).isSameAs(before);
  }

  @Test
  void saysSoWhenNothingFits() {
    search("zzzzqqqq");
    assertThat(titles()).isEmpty();
    window.press("Enter");
    assertThat(isOpen()).isTrue();
  }

  @Test
  void disabledCommandsAreNotOffered() {
    search(">stop");
    assertThat(titles()).doesNotContain("Stop");
  }
}
