package dev.hearth.app.ui.timeline;

import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.service.HearthServices;
import dev.hearth.app.service.PastLoader;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.UserFolders;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.store.Database;
import dev.hearth.app.store.GeneratedHistory;
import dev.hearth.app.store.ProjectFiles;
import dev.hearth.app.testing.DirectTasks;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.Golden;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.ui.kit.Palette;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.nio.file.Path;
import java.util.TimeZone;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stored past from half a year down to single calls, in both themes. */
class TimelineZoomPictureTest extends FxTest {
  private static final TimeZone ZONE = TimeZone.getDefault();
  private static final int CALLS = 4_000;
  private static final double PLOT = 980 - 124.0;

  @TempDir static Path folder;
  private static ProjectService projects;
  private static ProjectSession session;

  @BeforeAll
  static void fill() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    Path file = folder.resolve("past.hearth");
    new ProjectFiles().create(file);
    try (Database database = new ProjectFiles().open(file)) {
      new GeneratedHistory(3, CALLS).fill(database);
    }
    projects = HearthServices.openForCommand(UserFolders.under(folder.resolve("user")));
    session = projects.open(file);
  }

  @AfterAll
  static void close() {
    session.close();
    projects.close();
    TimeZone.setDefault(ZONE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "1, 1, false",
    "2, 16, true",
    "2, 16, false",
    "3, 256, true",
    "3, 256, false",
    "4, 4096, true",
    "4, 4096, false",
    "5, 262144, true",
    "5, 262144, false"
  })
  void looksAsApproved(int zoom, int part, boolean dark) {
    PanelContext context =
        fxGet(
            () ->
                new PanelContext(
                    session,
                    new WorkbenchState(),
                    new ActionRegistry(),
                    new DirectTasks(),
                    new FakeDialogs(),
                    new ThemeColors(Palette.load(dark))));
    TimelineViewModel viewModel = fxGet(() -> new TimelineViewModel(context.state()));
    unwatched(
        () -> {
          new PastLoader(session.history(), context.state(), context.tasks())
              .loadNewest(() -> {}, failure -> {});
          return true;
        });
    TimelineView view = fxGet(() -> new TimelineView(context, viewModel));
    Stage stage = show(fxGet(() -> new BorderPane(view.node())), 980, 300, dark);
    waitUntil("drawn", () -> !view.isScheduled());
    unwatched(
        () -> {
          viewModel.followProperty().set(false);
          viewModel.scaleProperty().set(scale(viewModel, part));
          return true;
        });
    waitUntil("drawn at the zoom", () -> !view.isScheduled());
    startCounting();
    Golden.assertSame(
        "timeline-zoom-" + zoom + (dark ? "-dark" : "-light"),
        Screenshots.snapshot(stage.getScene()));
    fx(view::close);
  }

  /** A part of the whole around the start of the first environment that the window holds. */
  private static TimeScale scale(TimelineViewModel viewModel, int part) {
    long from = viewModel.past().overview().from();
    long to = viewModel.past().overview().to();
    long half = (to - from) / part / 2;
    long centre =
        part == 1 ? (from + to) / 2 : viewModel.model().lanes().getFirst().startedAt() + half / 2;
    return TimeScale.fit(centre - half, centre + half, PLOT);
  }
}
