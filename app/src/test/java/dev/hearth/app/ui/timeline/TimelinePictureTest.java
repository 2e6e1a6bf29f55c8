package dev.hearth.app.ui.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.service.PastLoader;
import dev.hearth.app.testing.DirectTasks;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.Golden;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.SyntheticHistory;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.Palette;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.util.TimeZone;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelinePictureTest extends FxTest {
  private static final TimeZone ZONE = TimeZone.getDefault();

  private PanelContext context;
  private TimelineViewModel viewModel;
  private TimelineView view;

  @BeforeAll
  static void clockTimesAreUtc() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterAll
  static void zoneIsAsItWas() {
    TimeZone.setDefault(ZONE);
  }

  private Stage open(boolean dark) {
    InMemorySession session = InMemorySession.sample();
    new SyntheticHistory().fill(session);
    fx(
        () -> {
          PanelContext plain = TestContext.of(session, new FakeDialogs());
          context =
              new PanelContext(
                  session,
                  plain.state(),
                  plain.actions(),
                  plain.tasks(),
                  plain.dialogs(),
                  new ThemeColors(Palette.load(dark)));
          new PastLoader(session.history(), context.state(), new DirectTasks())
              .loadNewest(() -> {}, failure -> {});
          viewModel = new TimelineViewModel(context.state());
          view = new TimelineView(context, viewModel);
        });
    Stage stage = show(fxGet(() -> new BorderPane(view.node())), 980, 260, dark);
    waitUntil("drawn", () -> !view.isScheduled());
    return stage;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void looksAsApproved(boolean dark) {
    Stage stage = open(dark);
    fx(
        () ->
            context
                .state()
                .invocations()
                .selectedProperty()
                .set(context.state().invocations().rows().get(20)));
    waitUntil("drawn", () -> !view.isScheduled());
    Golden.assertSame(
        dark ? "timeline-dark" : "timeline-light", Screenshots.snapshot(stage.getScene()));
    fx(view::close);
  }

  @Test
  void storedMemoryCurvesComeWithTheLanesThatAreSeen() {
    open(true);
    assertThat(fxGet(() -> viewModel.shownLanes(800).getFirst().memory().time(0)))
        .isEqualTo(fxGet(() -> viewModel.shownLanes(800).getFirst().startedAt()));
    assertThat(context.state().notices()).isEmpty();
    fx(view::close);
  }

  @Test
  void lanesOfAnotherTimeAreNotShown() {
    open(true);
    assertThat(fxGet(() -> viewModel.shownLanes(800))).hasSize(4);
    int early =
        fxGet(
            () -> {
              long base = SyntheticHistory.BASE;
              viewModel.scaleProperty().set(TimeScale.fit(base, base + 10_000_000_000L, 800));
              return viewModel.shownLanes(800).size();
            });
    assertThat(early).isEqualTo(1);
    fx(view::close);
  }
}
