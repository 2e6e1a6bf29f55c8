package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.service.PastLoader;
import dev.hearth.app.testing.DirectTasks;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.SyntheticHistory;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.memory.MemoryContribution;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.TimeZone;
import javafx.scene.Parent;

/** Renders the panels with a fixed history to PNG files, to be looked at. */
final class RenderPanels {
  private RenderPanels() {}

  /**
   * @param arguments the folder to write to
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    FxTest.start();
    for (boolean dark : new boolean[] {true, false}) {
      String theme = dark ? "-dark" : "-light";
      write(folder, "inspector" + theme, InspectorContribution.contribution(), 1396, 830, dark);
      write(
          folder, "inspector-small" + theme, InspectorContribution.contribution(), 980, 630, dark);
      Screenshots.write(compare(1396, 830, dark), folder.resolve("compare" + theme + ".png"));
      Screenshots.write(compare(980, 630, dark), folder.resolve("compare-small" + theme + ".png"));
      write(folder, "trace" + theme, TraceContribution.contribution(), 1160, 290, dark);
      write(folder, "trace-small" + theme, TraceContribution.contribution(), 560, 220, dark);
      write(folder, "memory" + theme, MemoryContribution.contribution(), 1160, 290, dark);
    }
    System.exit(0);
  }

  private static void write(
      Path folder, String name, PanelContribution panel, int width, int height, boolean dark) {
    Screenshots.write(render(panel, width, height, dark), folder.resolve(name + ".png"));
  }

  /** The inspector with a warm call beside the first cold one. */
  static BufferedImage compare(int width, int height, boolean dark) {
    InMemorySession session = InMemorySession.sample();
    new SyntheticHistory().fill(session);
    Panel panel =
        FxTest.fxGet(
            () -> {
              PanelContext context = TestContext.of(session, new FakeDialogs(), dark);
              new PastLoader(session.history(), context.state(), new DirectTasks())
                  .loadNewest(() -> {}, failure -> {});
              var rows = context.state().invocations().rows();
              var cold =
                  rows.stream().filter(InvocationRecord::coldStart).findFirst().orElseThrow();
              var warm =
                  rows.stream()
                      .filter(r -> !r.coldStart() && r.functionId() == cold.functionId())
                      .findFirst()
                      .orElseThrow();
              context
                  .state()
                  .comparedWithProperty()
                  .set(session.history().detail(cold.requestId()).orElseThrow());
              context.state().invocations().selectedProperty().set(warm);
              return InspectorContribution.contribution().factory().apply(context);
            });
    return Screenshots.render((Parent) panel.node(), width, height, dark);
  }

  /** A panel with the first cold call of the fixed history selected. */
  static BufferedImage render(PanelContribution contribution, int width, int height, boolean dark) {
    InMemorySession session = InMemorySession.sample();
    new SyntheticHistory().fill(session);
    Panel panel =
        FxTest.fxGet(
            () -> {
              PanelContext context = TestContext.of(session, new FakeDialogs(), dark);
              new PastLoader(session.history(), context.state(), new DirectTasks())
                  .loadNewest(() -> {}, failure -> {});
              context
                  .state()
                  .invocations()
                  .selectedProperty()
                  .set(
                      context.state().invocations().rows().stream()
                          .filter(InvocationRecord::coldStart)
                          .findFirst()
                          .orElseThrow());
              return contribution.factory().apply(context);
            });
    return Screenshots.render((Parent) panel.node(), width, height, dark);
  }
}
