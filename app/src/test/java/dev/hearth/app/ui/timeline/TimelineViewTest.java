package dev.hearth.app.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.project.timeline.TimelineLevels;
import dev.hearth.app.project.timeline.TimelineSlice;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class TimelineViewTest extends FxTest {
  private static final TimelineMetrics METRICS = new TimelineMetrics(Themes.DEFAULT_FONT_SIZE);

  private PanelContext context;
  private TimelineViewModel viewModel;
  private TimelineView view;
  private Stage stage;

  @BeforeEach
  void open() {
    fx(
        () -> {
          context = TestContext.of(InMemorySession.sample(), new FakeDialogs());
          LiveHistory.fill(context.state());
          viewModel = new TimelineViewModel(context.state());
          view = new TimelineView(context, viewModel);
        });
    stage = show(fxGet(() -> new BorderPane(view.node())), 900, 300, true);
    fx(() -> viewModel.fit(900 - METRICS.labels()));
    settle();
  }

  @AfterEach
  void close() {
    fx(
        () -> {
          view.close();
          stage.hide();
        });
  }

  private void press(String key) {
    fx(() -> view.node().requestFocus());
    key(stage.getScene(), key);
    settle();
  }

  private WorkbenchState state() {
    return context.state();
  }

  private void mouse(javafx.event.EventType<MouseEvent> type, double x, double y) {
    fx(
        () ->
            view.node()
                .fireEvent(
                    new MouseEvent(
                        type,
                        x,
                        y,
                        x,
                        y,
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        true,
                        false,
                        false,
                        false,
                        false,
                        false,
                        null)));
  }

  @Test
  void fitsEverythingIntoView() {
    TimeScale scale = fxGet(() -> viewModel.scaleProperty().get());

    assertThat(scale.x(LiveHistory.START + 1_200_000_000L)).isPositive();
    assertThat(scale.x(LiveHistory.START + 58_000_000_000L)).isLessThan(900 - METRICS.labels());
  }

  @Test
  void zoomsPansAndStepsWithTheKeyboard() {
    double before = fxGet(() -> viewModel.scaleProperty().get().nanosPerPixel());
    press("W");
    assertThat(fxGet(() -> viewModel.scaleProperty().get().nanosPerPixel())).isLessThan(before);
    long start = fxGet(() -> viewModel.scaleProperty().get().start());
    press("D");
    assertThat(fxGet(() -> viewModel.scaleProperty().get().start())).isGreaterThan(start);

    press("COMMA");
    String last = fxGet(() -> state().invocations().selectedProperty().get().requestId());
    press("COMMA");
    assertThat(fxGet(() -> state().invocations().selectedProperty().get().requestId()))
        .isNotEqualTo(last);
    press("PERIOD");
    assertThat(fxGet(() -> state().invocations().selectedProperty().get().requestId()))
        .isEqualTo(last);
  }

  @Test
  void selectsTheInvocationThatIsClicked() {
    double x =
        fxGet(
            () -> {
              var spans = state().timeline().lanes().getFirst().spans();
              int call = spans.size() - 1;
              long middle = (spans.start(call) + spans.end(call)) / 2;
              return METRICS.labels() + viewModel.scaleProperty().get().x(middle);
            });
    double y = METRICS.ruler() + METRICS.blockTop() + 10.0;

    mouse(MouseEvent.MOUSE_PRESSED, x, y);
    mouse(MouseEvent.MOUSE_RELEASED, x, y);

    var selected = fxGet(() -> state().invocations().selectedProperty().get());
    assertThat(selected).isNotNull();
    assertThat(selected.environmentId()).isEqualTo("7f3a");
  }

  @Test
  void sumsUpADraggedRangeAndEscapeClearsIt() {
    mouse(MouseEvent.MOUSE_PRESSED, METRICS.labels() + 1.0, 60);
    mouse(MouseEvent.MOUSE_DRAGGED, 895, 60);
    mouse(MouseEvent.MOUSE_RELEASED, 895, 60);

    RangeSummary summary = fxGet(() -> viewModel.summary());
    assertThat(summary).isNotNull();
    assertThat(summary.calls()).isEqualTo(fxGet(() -> state().invocations().rows().size()) - 3);
    assertThat(summary.cold()).isEqualTo(4);
    assertThat(summary.errors()).isPositive();
    assertThat(summary.p50Nanos()).isPositive();

    press("ESCAPE");
    assertThat(fxGet(() -> viewModel.rangeProperty().get())).isNull();
  }

  @Test
  void findsTheClickedInvocationAtALargeFontSizeToo() {
    fx(() -> Themes.style(stage.getScene(), true, Themes.MAX_FONT_SIZE));
    settle();
    TimelineMetrics large = new TimelineMetrics(Themes.MAX_FONT_SIZE);
    fx(() -> viewModel.fit(900 - large.labels()));
    double x =
        fxGet(
            () -> {
              var spans = state().timeline().lanes().get(1).spans();
              return large.labels()
                  + viewModel.scaleProperty().get().x(spans.start(spans.size() - 1));
            });
    double y = large.laneTop(1, 0) + large.blockTop() + 2.0;

    mouse(MouseEvent.MOUSE_PRESSED, x, y);
    mouse(MouseEvent.MOUSE_RELEASED, x, y);

    assertThat(large.lane()).isGreaterThan(METRICS.lane());
    assertThat(fxGet(() -> state().invocations().selectedProperty().get().environmentId()))
        .isEqualTo(fxGet(() -> state().timeline().lanes().get(1).environmentId()));
  }

  private List<String> lanes() {
    return fxGet(
        () -> viewModel.shownLanes(900 - 124.0).stream().map(TimelineLane::environmentId).toList());
  }

  @Test
  void pinnedLanesStandOnTopAndHiddenOnesNowhere() {
    assertThat(lanes()).containsExactly("7f3a", "b21c", "90de", "11aa");
    fx(() -> viewModel.choice().togglePin(state().timeline().lane("11aa")));
    fx(() -> viewModel.choice().hide(state().timeline().lane("b21c")));
    assertThat(lanes()).containsExactly("11aa", "7f3a", "90de");
    fx(() -> viewModel.choice().hideFunction("orders-api"));
    assertThat(lanes()).containsExactly("11aa");
    fx(() -> viewModel.choice().showAll());
    assertThat(lanes()).hasSize(4);
  }

  @Test
  void manyEnvironmentsOfThePastAreShownByFunction() {
    BucketSum sum = new BucketSum();
    sum.calls = 42;
    sum.busyNanos = 1_000_000_000L;
    long number = LiveHistory.START / TimelineLevels.nanos(2);
    BucketSeries series = new BucketSeries(2, new long[] {number}, List.of(sum));
    fx(
        () ->
            state()
                .timelinePast()
                .show(
                    new TimelineSlice(
                        0,
                        Long.MAX_VALUE,
                        viewModel.scaleProperty().get().nanosPerPixel(),
                        List.of(),
                        List.of(new TimelineSlice.FunctionLane("mailer", series)),
                        900,
                        List.of())));
    waitUntil("drawn", () -> !view.isScheduled());
    assertThat(fxGet(() -> viewModel.shownLanes(700)).getFirst().functionName())
        .isEqualTo("mailer");
  }

  @Test
  void writesWhatIsShownIntoFiles(@TempDir Path folder) throws IOException {
    for (TimelineExport.Format format : TimelineExport.Format.values()) {
      Path file = folder.resolve("t." + format.suffix());
      fx(() -> new TimelineExport(context, viewModel, view).write(format, file));
      waitUntil("written", () -> Files.exists(file));
    }
    assertThat(ImageIO.read(folder.resolve("t.png").toFile()).getWidth()).isEqualTo(900);
    assertThat(Files.readString(folder.resolve("t.svg")))
        .contains("orders-api")
        .endsWith("</svg>\n");
    Document svg =
        assertDoesNotThrow(
            () ->
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve("t.svg").toFile()));
    assertThat(svg.getDocumentElement().getAttribute("width")).matches("[0-9]+");
    assertThat(svg.getElementsByTagName("rect").getLength()).isGreaterThan(5);
  }

  private String card(double x, double y) {
    fx(
        () ->
            view.node()
                .fireEvent(
                    new MouseEvent(
                        MouseEvent.MOUSE_MOVED,
                        x,
                        y,
                        x,
                        y,
                        MouseButton.NONE,
                        0,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        null)));
    return fxGet(
        () -> {
          Label card = (Label) view.node().lookup(".timeline-card");
          return card.isVisible() ? card.getText() : "";
        });
  }

  @Test
  void saysWhatIsAtThePointer() {
    double lane = METRICS.laneTop(0, 0) + METRICS.blockTop() + 5.0;
    double idle =
        fxGet(
            () -> {
              var spans = state().timeline().lanes().getFirst().spans();
              int widest = 1;
              for (int i = 1; i + 1 < spans.size(); i++) {
                boolean wider =
                    spans.start(i + 1) - spans.end(i) > spans.start(widest + 1) - spans.end(widest);
                widest = wider ? i : widest;
              }
              long middle = (spans.end(widest) + spans.start(widest + 1)) / 2;
              return METRICS.labels() + viewModel.scaleProperty().get().x(middle);
            });
    double throttled =
        fxGet(
            () ->
                METRICS.labels()
                    + viewModel.scaleProperty().get().x(state().timeline().throttles().start(1)));

    assertThat(card(idle, lane)).contains("orders-api").contains("idle for");
    assertThat(card(throttled, METRICS.ruler() - 4.0)).contains("throttled");
    assertThat(card(METRICS.labels() + 1.0, METRICS.laneTop(4, 0) + 5.0)).isEmpty();

    mouse(MouseEvent.MOUSE_PRESSED, throttled, METRICS.ruler() - 4.0);
    mouse(MouseEvent.MOUSE_RELEASED, throttled, METRICS.ruler() - 4.0);
    assertThat(fxGet(() -> state().invocations().selectedProperty().get().status()))
        .isEqualTo(InvocationStatus.THROTTLED);
  }

  @Test
  void theLegendExplainsEveryColourAndKey() {
    fx(
        () -> {
          Button legend =
              (Button)
                  view.tools().orElseThrow().lookupAll(".button").stream()
                      .filter(node -> ((Button) node).getText().equals("Legend"))
                      .findFirst()
                      .orElseThrow();
          ((BorderPane) stage.getScene().getRoot()).setTop(view.tools().orElseThrow());
          legend.fire();
          assertThat(
                  Window.getWindows().stream()
                      .filter(window -> window != stage)
                      .map(window -> window.getScene().getRoot().lookup(".timeline-key")))
              .hasSize(1)
              .doesNotContainNull();
          legend.fire();
          assertThat(Window.getWindows()).containsExactly(stage);
        });
  }

  @Test
  void drawsNothingWhileNothingChanges() {
    settle();
    settle();
    assertThat(fxGet(() -> view.isScheduled())).isFalse();
  }

  /** Writes pictures for people when asked to, with -Dhearth.pictures=FOLDER. */
  @Test
  void canBePainted() {
    var image = fxGet(() -> Screenshots.snapshot((Scene) stage.getScene()));
    assertThat(image.getWidth()).isEqualTo(900);
    String folder = System.getProperty("hearth.pictures");
    if (folder != null) {
      Screenshots.write(image, Path.of(folder, "timeline-dark.png"));
    }
  }
}
