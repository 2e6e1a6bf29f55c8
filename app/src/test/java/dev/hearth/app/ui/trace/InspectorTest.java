package dev.hearth.app.ui.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.action.Action;
import dev.hearth.app.project.ImportedModules;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.service.PastLoader;
import dev.hearth.app.state.RuntimeEventReducer;
import dev.hearth.app.testing.DirectTasks;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.SyntheticHistory;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.TabStrip;
import dev.hearth.app.ui.kit.time.MemoryChart;
import dev.hearth.app.ui.kit.time.Waterfall;
import dev.hearth.runtime.event.ImportedModule;
import java.nio.file.Path;
import java.util.List;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectorTest extends FxTest {
  private final InMemorySession session = InMemorySession.sample();
  private final SyntheticHistory past = new SyntheticHistory();
  private PanelContext context;
  private RuntimeEventReducer reducer;
  private Panel panel;

  @BeforeEach
  void open() {
    past.fill(session);
    fx(
        () -> {
          context = TestContext.of(session, new FakeDialogs());
          reducer =
              new RuntimeEventReducer(
                  context.state(), session.lambda().clockAnchor(), session::assembler);
          session.lambda().subscribe(reducer::apply);
          panel = InspectorContribution.contribution().factory().apply(context);
        });
    show((Parent) panel.node());
  }

  @AfterEach
  void close() {
    fx(panel::close);
    assertThat(context.actions().all()).isEmpty();
  }

  @Test
  void theListHasTheFocusAsSoonAsItIsShown() {
    load();
    Stage stage = show(fxGet(BorderPane::new), 980, 500, true);
    fx(
        () -> {
          panel.node().getScene().setRoot(new BorderPane());
          ((BorderPane) stage.getScene().getRoot()).setCenter(panel.node());
          panel.focus();
        });
    settle();
    assertThat(fxGet(() -> stage.getScene().getFocusOwner())).isInstanceOf(ListView.class);
    fx(stage::hide);
  }

  private void load() {
    fx(
        () ->
            new PastLoader(session.history(), context.state(), new DirectTasks())
                .loadNewest(() -> {}, failure -> {}));
    settle();
  }

  @Test
  void withoutAnyInvocationItSaysWhatToDo() {
    assertThat(panel.node().lookup(".empty-state")).isNotNull();
    load();
    assertThat(panel.node().lookup(".empty-state")).isNull();
    assertThat(selected()).isEqualTo(past.records().getLast());
  }

  @Test
  void choosingARowShowsAllOfIt() {
    load();
    InvocationRecord cold = first(InvocationRecord::coldStart);
    fx(() -> list().getSelectionModel().select(cold));
    settle();

    assertThat(selected()).isEqualTo(cold);
    assertThat(figure("Status")).isEqualTo("200");
    assertThat(figure("Start")).isEqualTo("cold");
    assertThat(figure("Init")).isEqualTo("169 ms");
    assertThat(figure("Code")).isEqualTo("v7");
    Waterfall waterfall = find(panel.node(), ".waterfall", Waterfall.class);
    assertThat(waterfall.getAccessibleText()).contains("Initialization, 169 ms");
    MemoryChart chart = find(panel.node(), ".memory-chart", MemoryChart.class);
    assertThat(chart.getAccessibleText()).contains("of 512 MB");
    assertThat(find(panel.node(), ".log-lines", ListView.class).getItems()).hasSize(5);
  }

  /** The first cold call as if its imports had been measured. */
  private InvocationDetail measured() {
    InvocationRecord cold = first(InvocationRecord::coldStart);
    InvocationDetail plain = session.history().detail(cold.requestId()).orElseThrow();
    long at = cold.startedAt() - 90_000_000;
    InvocationDetail measured =
        new InvocationDetail(
            cold,
            plain.event(),
            plain.response(),
            plain.log(),
            plain.spans(),
            plain.memory(),
            null,
            new ImportedModules(
                1_204,
                List.of(
                    module(-1, "app", at, 80_000_000, 2_000_000),
                    module(0, "boto3", at + 2_000_000, 78_000_000, 9_000_000),
                    module(1, "botocore.session", at + 9_000_000, 69_000_000, 69_000_000))));
    session.history().add(measured);
    return measured;
  }

  private static ImportedModule module(int parent, String name, long at, long total, long self) {
    return new ImportedModule(
        parent, ImportedModule.Kind.MODULE, name, "/var/task/" + name, at, total, self);
  }

  @Test
  void aMeasuredColdStartShowsItsImportsSlowestFirst() {
    load();
    InvocationDetail measured = measured();
    fx(() -> list().getSelectionModel().select(measured.record()));
    settle();
    assertThat(find(panel.node(), ".waterfall", Waterfall.class).getAccessibleText())
        .containsSubsequence("import handler", "app, 80.0 ms", "botocore.session, 69.0 ms");
    assertThat(find(panel.node(), ".detail-message", Label.class).getText())
        .contains("measured and therefore slower");

    fx(() -> find(panel.node(), ".tab-strip", TabStrip.class).select("imports"));
    settle();
    TableView<?> table = find(panel.node(), ".imports", TableView.class);
    assertThat(table.getItems())
        .extracting(row -> ((ImportedModule) row).name())
        .containsExactly("botocore.session", "boto3", "app");
    assertThat(table.getColumns().get(1).getCellData(0)).isNotNull();
    assertThat(find(panel.node(), ".detail-message", Label.class).getText())
        .contains("1,204 modules", "slower");
  }

  @Test
  void anyOtherCallOffersToMeasureOne() {
    load();
    fx(() -> list().getSelectionModel().select(first(r -> !r.coldStart())));
    fx(() -> find(panel.node(), ".tab-strip", TabStrip.class).select("imports"));
    settle();
    press("Measure imports");
    fx(reducer::flush);
    settle();
    assertThat(session.invocations().replays()).containsExactly("measured");
    assertThat(selected()).isNotIn(past.records());
    assertThat(context.state().comparedWithProperty().get()).isNull();
  }

  private void press(String text) {
    fx(
        () ->
            panel.node().lookupAll(".button").stream()
                .filter(node -> node instanceof Button b && b.getText().equals(text))
                .map(Button.class::cast)
                .findFirst()
                .orElseThrow()
                .fire());
    settle();
  }

  @Test
  void anotherInvocationStandsBesideTheOneThatIsCompared() {
    load();
    InvocationRecord good = first(r -> r.status() == InvocationStatus.OK && !r.coldStart());
    InvocationRecord bad = first(r -> r.status() == InvocationStatus.ERROR);
    fx(() -> context.state().invocations().selectedProperty().set(good));
    settle();
    press("Compare");
    fx(() -> context.state().invocations().selectedProperty().set(bad));
    settle();

    ListView<?> lines = find(panel.node(), ".compare-lines", ListView.class);
    assertThat(lines.getItems())
        .asString()
        .contains(
            "FIRST, text=  \"statusCode\": 200", "SECOND, text=  \"errorType\": \"KeyError\"");
    String folder = System.getProperty("hearth.pictures");
    if (folder != null) {
      Screenshots.write(
          fxGet(() -> Screenshots.snapshot(panel.node().getScene())),
          Path.of(folder, "compare-dark.png"));
    }
  }

  @Test
  void twoQueriesAreComparedAsGroups() {
    load();
    fx(() -> find(panel.node(), ".tab-strip", TabStrip.class).select("compare"));
    settle();
    List<TextField> fields =
        panel.node().lookupAll(".group-fields .text-field").stream()
            .map(TextField.class::cast)
            .toList();
    fx(() -> fields.get(0).setText("function:orders cold:true"));
    fx(() -> fields.get(1).setText("function:orders cold:false"));
    fx(() -> fields.get(1).fireEvent(new ActionEvent()));
    settle();
    assertThat(labels())
        .anyMatch(
            text ->
                text.contains("function:orders cold:true")
                    && text.contains("median")
                    && text.contains("calls against"));

    fx(() -> fields.get(1).setText("duration>soon"));
    press("Compare groups");
    settle();
    assertThat(labels()).anyMatch(text -> text.contains("duration>soon"));
    fx(() -> list().getSelectionModel().select(first(r -> !r.coldStart())));
    settle();
    assertThat(labels()).as("stays").anyMatch(text -> text.contains("duration>soon"));
  }

  @Test
  void whatWasNotMeasuredIsNoZero() {
    load();
    InvocationRecord throttled = first(r -> r.status() == InvocationStatus.THROTTLED);
    fx(() -> context.state().invocations().selectedProperty().set(throttled));
    settle();

    assertThat(figure("Status")).isEqualTo("TooManyRequestsException");
    assertThat(figure("Duration")).isEqualTo("not measured here");
    assertThat(figures()).doesNotContain("Peak memory", "Billed", "Cost");
  }

  @Test
  void theFilterNarrowsTheListAndKeysMoveWithinIt() {
    load();
    TextField filter = find(panel.node(), ".text-field", TextField.class);
    fx(() -> filter.setText("status:error function:orders duration<100ms"));
    settle();
    List<InvocationRecord> expected =
        past.records().stream()
            .filter(r -> r.status() == InvocationStatus.ERROR)
            .filter(r -> r.functionName().equals("orders-api"))
            .toList();
    assertThat(list().getItems()).isEqualTo(expected).isNotEmpty();

    Action next = context.actions().get("invocation.next");
    assertThat(fxGet(() -> next.enabled().get())).isFalse();
    fx(
        () -> {
          context.state().viewProperty().set("invocations");
          context.state().invocations().selectedProperty().set(expected.getFirst());
          next.fire();
        });
    assertThat(selected()).isEqualTo(expected.get(1));
    fx(() -> context.actions().get("invocation.previous").fire());
    assertThat(selected()).isEqualTo(expected.getFirst());

    fx(() -> filter.setText("duration>soon"));
    settle();
    assertThat(list().getItems()).hasSameSizeAs(past.records());
    assertThat(labels()).anyMatch(text -> text.contains("duration>soon"));
  }

  @Test
  void replayInvokesAgainWithTheSameEventAndShowsTheNewCall() {
    load();
    InvocationRecord old = first(r -> r.status() == InvocationStatus.ERROR);
    fx(() -> context.state().invocations().selectedProperty().set(old));
    settle();
    SplitMenuButton replay = find(panel.node(), ".replay", SplitMenuButton.class);
    fx(replay::fire);
    fx(reducer::flush);
    settle();

    assertThat(session.invocations().events())
        .containsExactly("{\"pathParameters\": {\"orderId\": \"A-1042\"}}");
    assertThat(selected().requestId()).isNotEqualTo(old.requestId());
    assertThat(selected().status()).isEqualTo(InvocationStatus.OK);
    assertThat(session.invocations().replays()).containsExactly("v7");
    assertThat(context.state().comparedWithProperty().get().record()).isEqualTo(old);
    TabStrip tabs = find(panel.node(), ".tab-strip", TabStrip.class);
    assertThat(tabs.selectedProperty().get()).isEqualTo("compare");

    fx(() -> context.state().invocations().selectedProperty().set(old));
    settle();
    fx(() -> replay.getItems().get(1).fire());
    assertThat(session.invocations().replays()).containsExactly("v7", "today");
  }

  @Test
  void theEventCanBeKeptAsATestEvent() {
    load();
    int before = context.state().events().size();
    click(button("Save event"));

    assertThat(context.state().events()).hasSize(before + 1);
    assertThat(session.events().list()).anyMatch(event -> event.json().contains("A-1042"));
  }

  private InvocationRecord selected() {
    return fxGet(() -> context.state().invocations().selectedProperty().get());
  }

  private InvocationRecord first(java.util.function.Predicate<InvocationRecord> test) {
    return past.records().stream().filter(test).findFirst().orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private ListView<InvocationRecord> list() {
    return find(panel.node(), ".invocation-list .list-view", ListView.class);
  }

  private List<String> labels() {
    return fxGet(
        () ->
            panel.node().lookupAll(".label").stream()
                .filter(Node::isVisible)
                .map(node -> ((Label) node).getText())
                .toList());
  }

  private List<String> figures() {
    return fxGet(
        () ->
            panel.node().lookupAll(".figure-label").stream()
                .map(node -> ((Label) node).getText())
                .toList());
  }

  private String figure(String label) {
    return fxGet(
        () ->
            panel.node().lookupAll(".figure-label").stream()
                .map(Label.class::cast)
                .filter(node -> node.getText().equals(label))
                .map(node -> ((Label) node.getLabelFor()).getText())
                .findFirst()
                .orElse("no figure " + label));
  }

  private Button button(String text) {
    return fxGet(
        () ->
            panel.node().lookupAll(".button").stream()
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .filter(button -> text.equals(button.getText()))
                .findFirst()
                .orElseThrow());
  }
}
