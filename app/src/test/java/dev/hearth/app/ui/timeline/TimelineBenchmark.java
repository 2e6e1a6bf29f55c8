package dev.hearth.app.ui.timeline;

import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.service.HearthServices;
import dev.hearth.app.service.PastLoader;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.UserFolders;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.testing.DirectTasks;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.Palette;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;

/**
 * Measures how long the timeline of a project takes to be drawn in software at five zoom levels,
 * and a bare canvas to be filled; writes a picture of each level.
 *
 * <p>Arguments: the project file, the folder for the pictures.
 */
final class TimelineBenchmark extends FxTest {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 400;
  private static final int ROUNDS = 240;
  private static final PrintStream OUT = System.out;

  private final Path folder;
  private PanelContext context;
  private TimelineViewModel viewModel;
  private TimelineView view;

  private TimelineBenchmark(Path folder) {
    this.folder = folder;
  }

  public static void main(String... args) {
    FxTest.start();
    new TimelineBenchmark(Path.of(args[1])).run(Path.of(args[0]));
    System.exit(0);
  }

  private void run(Path file) {
    UserFolders folders = UserFolders.under(folder.resolve("user"));
    try (ProjectService projects = HearthServices.openForCommand(folders);
        ProjectSession session = projects.open(file)) {
      open(session, true);
      OUT.printf("| fill of a bare canvas, ms | %.2f |%n", floor());
      double[] spans = {1, 1 / 16.0, 1 / 256.0, 1 / 4096.0, 1 / 65536.0};
      for (double part : spans) {
        level(part);
      }
      fx(view::close);
    }
  }

  private void open(ProjectSession session, boolean dark) {
    fx(
        () -> {
          context =
              new PanelContext(
                  session,
                  new WorkbenchState(),
                  new ActionRegistry(),
                  new DirectTasks(),
                  new FakeDialogs(),
                  new ThemeColors(Palette.load(dark)));
          new PastLoader(session.history(), context.state(), context.tasks())
              .loadNewest(() -> {}, failure -> {});
          viewModel = new TimelineViewModel(context.state());
          view = new TimelineView(context, viewModel);
        });
  }

  private void level(double part) {
    Stage stage = show(fxGet(() -> new BorderPane(view.node())), WIDTH, HEIGHT, true);
    settle();
    fx(
        () -> {
          long from = viewModel.past().overview().from();
          long to = viewModel.past().overview().to();
          long middle = viewModel.model().lanes().getFirst().startedAt();
          long half = (long) ((to - from) * part / 2);
          long centre = part == 1 ? (from + to) / 2 : middle;
          viewModel.followProperty().set(false);
          viewModel.scaleProperty().set(TimeScale.fit(centre - half, centre + half, WIDTH - 124.0));
        });
    waitUntil("drawn", () -> !view.isScheduled());
    Screenshots.write(
        Screenshots.snapshot(stage.getScene()),
        folder.resolve("timeline-%.5f.png".formatted(part)));
    double ms = mean(view::paintOn);
    OUT.printf(
        Locale.ROOT,
        "| redraw, %s of the history, %d lanes, ms | %.2f |%n",
        part == 1 ? "all" : "1/" + Math.round(1 / part),
        fxGet(() -> viewModel.shownLanes(WIDTH - 124.0).size()),
        ms);
    fx(stage::hide);
  }

  /** Draws on a canvas. */
  @FunctionalInterface
  private interface Drawing {
    void on(Canvas canvas);
  }

  private static double floor() {
    return mean(
        canvas -> {
          canvas.setWidth(WIDTH);
          canvas.setHeight(HEIGHT);
          GraphicsContext g = canvas.getGraphicsContext2D();
          g.setFill(new ThemeColors(Palette.load(true)).get(HearthColor.WARM));
          g.fillRect(0, 0, WIDTH, HEIGHT);
        });
  }

  /** Processor time of one drawing with its rendering in software; of all threads. */
  private static double mean(Drawing drawing) {
    Canvas canvas = fxGet(Canvas::new);
    WritableImage image = new WritableImage(WIDTH, HEIGHT);
    long start = 0;
    for (int i = -ROUNDS; i < ROUNDS; i++) {
      if (i == 0) {
        start = cpu();
      }
      fx(
          () -> {
            drawing.on(canvas);
            canvas.snapshot(null, image);
          });
    }
    return (cpu() - start) / 1e6 / ROUNDS;
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
