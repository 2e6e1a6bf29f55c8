package dev.hearth.app.ui.insights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.Golden;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.SyntheticHistory;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.PanelContext;
import java.util.TimeZone;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsightsViewTest extends FxTest {
  private static final TimeZone ZONE = TimeZone.getDefault();

  private PanelContext context;
  private InsightsViewModel viewModel;
  private InsightsView view;

  @BeforeAll
  static void clockTimesAreUtc() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterAll
  static void zoneIsAsItWas() {
    TimeZone.setDefault(ZONE);
  }

  private void open(boolean full, boolean dark) {
    InMemorySession session = InMemorySession.sample();
    if (full) {
      new SyntheticHistory().fill(session);
    }
    fx(
        () -> {
          context = TestContext.of(session, new FakeDialogs(), dark);
          viewModel = new InsightsViewModel(context);
          view = new InsightsView(context, viewModel);
        });
  }

  private void show() {
    Parent root = fxGet(() -> new BorderPane(view.node()));
    show(root, 1000, 300, true);
  }

  @AfterEach
  void close() {
    fx(view::close);
  }

  @Test
  void saysSoWhenNothingWasInvoked() {
    open(false, true);
    show();
    Label sentence = find(view.node(), ".empty-state .label", Label.class);
    assertThat(sentence.getText()).startsWith("Nothing was invoked");
  }

  @Test
  void aClickOnAChartShowsTheStretchInTheTimeline() {
    open(true, true);
    fx(() -> toggle("All history").fire());
    show();
    Insights shown = fxGet(() -> viewModel.insightsProperty().get());
    assertThat(shown.stretches()).hasSizeGreaterThan(5);
    fx(
        () -> {
          view.focus();
          viewModel.step(1);
          viewModel.step(1);
        });
    enter(view.charts().getFirst());
    assertThat(fxGet(() -> context.state().timelineRequestProperty().get()))
        .isEqualTo(new TimeRange(shown.start(1), shown.start(2)));
    assertThat(fxGet(() -> view.charts().getFirst().getAccessibleText()))
        .startsWith("Duration: p50 ");
  }

  @Test
  void theTablesSayTheSame() {
    open(true, true);
    fx(() -> toggle("All history").fire());
    show();
    fx(() -> toggle("By function").fire());
    TableView<?> functions = (TableView<?>) fxGet(() -> view.node().lookup(".table-view"));
    assertThat(fxGet(() -> functions.getItems().size()))
        .isEqualTo(fxGet(() -> viewModel.insightsProperty().get().functions().size()));
    fx(() -> functions.getSelectionModel().select(0));
    enter(functions);
    assertThat(fxGet(() -> viewModel.functionProperty().get())).isNotEmpty();
    assertThat(fxGet(() -> viewModel.insightsProperty().get().total().key()))
        .isEqualTo(fxGet(() -> viewModel.functionProperty().get()));
  }

  private static void enter(Node node) {
    fx(
        () ->
            Event.fireEvent(
                node,
                new KeyEvent(
                    KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false)));
  }

  private ToggleButton toggle(String text) {
    return view.node().lookupAll(".toggle-button").stream()
        .map(ToggleButton.class::cast)
        .filter(button -> button.getText().equals(text))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void looksAsApproved(boolean dark) {
    open(true, dark);
    fx(() -> toggle("All history").fire());
    Golden.assertSame(
        dark ? "insights-dark" : "insights-light",
        Screenshots.render((Parent) view.node(), 1160, 300, dark));
  }
}
