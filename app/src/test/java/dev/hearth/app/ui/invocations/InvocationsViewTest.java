package dev.hearth.app.ui.invocations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.SyntheticHistory;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.cost.CostContribution;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvocationsViewTest extends FxTest {
  private final SyntheticHistory history = new SyntheticHistory();
  private PanelContext context;
  private Panel panel;
  private Stage stage;

  @BeforeEach
  void open() {
    fx(
        () -> {
          InMemorySession session = InMemorySession.sample();
          history.fill(session);
          context = TestContext.of(session, new FakeDialogs());
          context.state().showStored(history.records(), history.environments());
          panel = InvocationsContribution.contribution().factory().apply(context);
        });
    stage = show(fxGet(() -> new BorderPane(panel.node())), 1100, 300, true);
    settle();
  }

  @AfterEach
  void close() {
    fx(
        () -> {
          panel.close();
          stage.hide();
        });
  }

  @SuppressWarnings("unchecked")
  private TableView<InvocationRecord> table() {
    return (TableView<InvocationRecord>) ((BorderPane) panel.node()).getCenter();
  }

  @Test
  void listsEveryInvocationAndCountsThem() {
    assertThat(fxGet(() -> List.copyOf(table().getItems()))).isEqualTo(history.records());
    assertThat(fxGet(() -> panel.badge().orElseThrow().getValue()))
        .isEqualTo(String.valueOf(history.records().size()));
    picture("invocations-dark.png");
  }

  @Test
  void sharesItsSelectionWithTheWindow() {
    InvocationRecord third = history.records().get(2);
    fx(() -> table().getSelectionModel().select(2));
    assertThat(fxGet(() -> context.state().invocations().selectedProperty().get()))
        .isEqualTo(third);

    InvocationRecord last = history.records().getLast();
    fx(() -> context.state().invocations().selectedProperty().set(last));
    assertThat(fxGet(() -> table().getSelectionModel().getSelectedItem())).isEqualTo(last);
  }

  private void type(String query) {
    fx(
        () -> {
          TextField field = (TextField) panel.node().lookup(".text-field");
          field.setText(query);
        });
  }

  @Test
  void asksTheWholeHistoryForWhatTheLineSays() {
    type("status:timeout");
    waitUntil("answered", () -> table().getItems().size() < 10);
    List<InvocationRecord> expected =
        history.records().stream()
            .filter(r -> r.status() == InvocationStatus.TIMEOUT)
            .toList()
            .reversed();
    assertThat(fxGet(() -> List.copyOf(table().getItems()))).isEqualTo(expected);
    picture("invocations-query-dark.png");
    type("");
    waitUntil("all", () -> table().getItems().size() == history.records().size());
  }

  @Test
  void saysWhatIsWrongWithTheLine() {
    type("duration>soon");
    waitUntil(
        "told",
        () ->
            panel.node().lookupAll(".error").stream()
                .anyMatch(node -> node instanceof Label l && l.getText().contains("100ms")));
  }

  @Test
  void pinsAnInvocation() {
    InvocationRecord past = history.records().getFirst();
    fx(() -> new InvocationsViewModel(context).pin(past, "kept"));
    assertThat(context.session().pins().list())
        .singleElement()
        .satisfies(pin -> assertThat(pin.functionName()).isEqualTo(past.functionName()));
  }

  @Test
  void opensTheInspectorWithEnter() {
    fx(
        () -> {
          table().getSelectionModel().select(0);
          table().requestFocus();
        });
    key(stage.getScene(), "ENTER");
    assertThat(fxGet(() -> context.state().viewProperty().get())).isEqualTo("invocations");
  }

  @Test
  void invokesAgainWithTheStoredEvent() {
    InMemorySession session = (InMemorySession) context.session();
    InvocationRecord past =
        history.records().stream()
            .filter(
                r ->
                    context.state().functions().stream()
                        .anyMatch(f -> f.name().equals(r.functionName())))
            .findFirst()
            .orElseThrow();

    fx(() -> new InvocationsViewModel(context).replay(past, true));

    assertThat(session.invocations().events()).hasSize(1);
  }

  @Test
  void keepsAnEventAsATestEvent() {
    InvocationRecord past = history.records().getFirst();

    fx(() -> new InvocationsViewModel(context).saveEvent(past, "kept"));

    assertThat(fxGet(() -> context.state().eventProperty().get().name())).isEqualTo("kept");
  }

  @Test
  void billsByFunction() {
    Panel cost = fxGet(() -> CostContribution.contribution().factory().apply(context));
    Stage second = show(fxGet(() -> new BorderPane(cost.node())), 1100, 200, true);
    settle();
    picture(second, "cost-dark.png");
    fx(
        () -> {
          cost.close();
          second.hide();
        });
  }

  private void picture(String name) {
    picture(stage, name);
  }

  private static void picture(Stage of, String name) {
    String folder = System.getProperty("hearth.pictures");
    if (folder != null) {
      Screenshots.write(fxGet(() -> Screenshots.snapshot(of.getScene())), Path.of(folder, name));
    }
  }
}
