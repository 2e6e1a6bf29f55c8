package dev.hearth.app;

import static dev.hearth.app.testing.FxTest.fx;
import static dev.hearth.app.testing.FxTest.fxGet;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.service.HearthServices;
import dev.hearth.app.service.InvocationService.Burst;
import dev.hearth.app.service.InvocationService.BurstRequest;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.UserFolders;
import dev.hearth.app.task.FxTaskRunner;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.app.ui.shell.WorkbenchWindow;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.scene.Scene;
import javafx.stage.Stage;

/**
 * What many calls in one session do to the window: frames while they run beside frames while
 * nothing does, and memory afterwards beside memory before. The whole window with the real runtime
 * and store, drawn by software without a display. Argument: how many calls (10,000).
 */
public final class WindowBenchmark {
  private static final long IDLE_SECONDS = 5;
  private static final int WARM_UP = 500;

  private final CompletableFuture<ProjectSession> opened = new CompletableFuture<>();
  private final Frames frames = new Frames();

  private WindowBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    FxTest.start();
    new WindowBenchmark().run(calls);
    System.exit(0);
  }

  private void run(int calls) throws Exception {
    Path folder = Files.createTempDirectory("hearth-window-benchmark");
    ProjectService projects = watched(HearthServices.open(UserFolders.under(folder)));
    fx(() -> open(projects));
    ProjectSession session = opened.get(1, TimeUnit.MINUTES);
    FunctionDefinition function = session.functions().get("orders-api");
    burst(session, function, WARM_UP);
    long before = usedAfterCollection();
    frames.restart();
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    String idle = frames.report(1);
    double idleRate = frames.rate();
    frames.restart();
    long start = System.nanoTime();
    burst(session, function, calls);
    double seconds = (System.nanoTime() - start) / 1e9;
    String busy = frames.report(idleRate);
    long after = usedAfterCollection();
    System.out.printf("window, nothing running        %s%n", idle);
    System.out.printf("window, %,d calls in %.1f s   %s%n", calls, seconds, busy);
    System.out.printf(
        "heap in use: %.1f MB before, %.1f MB after, %.0f bytes a call%n",
        before / 1e6, after / 1e6, (after - before) / (double) calls);
    session.close();
  }

  private void open(ProjectService projects) {
    Themes themes = new Themes(projects.userSettings());
    FxTaskRunner tasks = new FxTaskRunner(Throwable::printStackTrace);
    WorkbenchWindow window =
        new WorkbenchWindow(
            new WorkbenchWindow.Parts(
                projects,
                tasks,
                themes,
                WindowLauncher.panels(themes, projects.userSettings(), Map.of()),
                () -> {}));
    Scene scene = new Scene(window.root(), WindowPlace.WIDTH, WindowPlace.HEIGHT);
    window.installKeys(scene);
    Stage stage = new Stage();
    stage.setScene(scene);
    stage.show();
    window.start(Optional.empty());
    frames.start();
  }

  /** Tells which session the window opened. */
  private ProjectService watched(ProjectService projects) {
    return (ProjectService)
        Proxy.newProxyInstance(
            WindowBenchmark.class.getClassLoader(),
            new Class<?>[] {ProjectService.class},
            (_, method, values) -> {
              try {
                Object result = method.invoke(projects, values);
                if (result instanceof ProjectSession session) {
                  opened.complete(session);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void burst(ProjectSession session, FunctionDefinition function, int calls)
      throws Exception {
    Burst burst =
        session.invocations().burst(new BurstRequest(function.id(), "{}", calls, 2), _ -> {});
    burst.done().get(10, TimeUnit.MINUTES);
    FxTest.settle();
  }

  private static long usedAfterCollection() throws IOException, InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Counts pulses of the FX thread and the gaps between them. */
  private static final class Frames extends AnimationTimer {
    private long[] gaps = new long[0];
    private int count;
    private long last;
    private double rate;

    void restart() {
      fx(
          () -> {
            gaps = new long[1 << 16];
            count = 0;
            last = 0;
          });
    }

    @Override
    public void handle(long now) {
      if (last != 0 && count < gaps.length) {
        gaps[count++] = now - last;
      }
      last = now;
    }

    double rate() {
      return rate;
    }

    String report(double idleRate) {
      long[] sorted = fxGet(() -> Arrays.copyOf(gaps, count));
      double total = Arrays.stream(sorted).sum() / 1e9;
      rate = sorted.length / total;
      Arrays.sort(sorted);
      return "%5.1f frames/s (%.2f x idle), gaps p50 %.1f ms, p99 %.1f ms, longest %.1f ms"
          .formatted(
              rate,
              idleRate == 1 ? 1 : rate / idleRate,
              sorted[sorted.length / 2] / 1e6,
              sorted[(int) (sorted.length * 0.99)] / 1e6,
              sorted[sorted.length - 1] / 1e6);
    }
  }
}
