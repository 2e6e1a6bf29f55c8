package dev.hearth.app;

import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.SettingsService;
import dev.hearth.app.service.UserFolders;
import dev.hearth.app.task.FxTaskRunner;
import dev.hearth.app.ui.cost.CostContribution;
import dev.hearth.app.ui.editor.EditorContribution;
import dev.hearth.app.ui.event.EventContribution;
import dev.hearth.app.ui.explorer.ExplorerPanel;
import dev.hearth.app.ui.guide.GuideContribution;
import dev.hearth.app.ui.insights.InsightsContribution;
import dev.hearth.app.ui.invocations.InvocationsContribution;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.app.ui.logs.LogsContribution;
import dev.hearth.app.ui.memory.MemoryContribution;
import dev.hearth.app.ui.pins.PinsContribution;
import dev.hearth.app.ui.queues.QueuesContribution;
import dev.hearth.app.ui.response.ResponseContribution;
import dev.hearth.app.ui.settings.SettingsPanel;
import dev.hearth.app.ui.shell.WorkbenchWindow;
import dev.hearth.app.ui.timeline.TimelineContribution;
import dev.hearth.app.ui.trace.InspectorContribution;
import dev.hearth.app.ui.trace.TraceContribution;
import dev.hearth.app.ui.versions.VersionsContribution;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The window's composition root: makes the services, the theme and the panels once, and puts them
 * into a stage whose place is remembered.
 */
public final class WindowLauncher extends Application {
  private static final Logger LOG = LoggerFactory.getLogger(WindowLauncher.class);

  /** How long a project may keep the window away from the screen. */
  private static final Duration PATIENCE = Duration.millis(700);

  private WindowPlace place;
  private WorkbenchWindow window;
  private FxTaskRunner tasks;
  private Themes themes;

  @Override
  public void start(Stage stage) {
    FrameClock.letRest();
    Opening opening = WindowStart.begun(getParameters().getUnnamed());
    UserFolders folders = opening.folders();
    ProjectService projects = opening.services();
    SettingsService settings = projects.userSettings();
    themes = new Themes(settings);
    tasks = new FxTaskRunner(this::unexpected);
    window =
        new WorkbenchWindow(
            new WorkbenchWindow.Parts(
                projects,
                tasks,
                themes,
                panels(
                    themes, settings, Map.of("config", folders.config(), "cache", folders.cache())),
                () -> quit(stage)));
    Scene scene = new Scene(window.root(), WindowPlace.WIDTH, WindowPlace.HEIGHT);
    window.installKeys(scene);
    place = new WindowPlace(settings, stage);
    place.restore();
    stage.titleProperty().bind(window.titleProperty());
    stage.setOnCloseRequest(
        event -> {
          event.consume();
          quit(stage);
        });
    stage.setMinWidth(900);
    stage.setMinHeight(600);
    stage.setScene(scene);
    icons(stage);
    showWithContent(stage);
    window.start(opening::first);
  }

  /** An empty window first would only be drawn for nothing, unless the project takes its time. */
  private void showWithContent(Stage stage) {
    PauseTransition patience = new PauseTransition(PATIENCE);
    patience.setOnFinished(event -> stage.show());
    patience.play();
    window.setOnFirstContent(
        () -> {
          patience.stop();
          stage.show();
        });
  }

  private static void icons(Stage stage) {
    for (int size : new int[] {16, 32, 64, 128}) {
      var png =
          WindowLauncher.class.getResourceAsStream(
              "/dev/hearth/resources/icons/hearth-" + size + ".png");
      if (png != null) {
        stage.getIcons().add(new Image(png));
      }
    }
  }

  /** Text is saved and environments end before the window goes. */
  private void quit(Stage stage) {
    place.remember();
    window.quit(stage::hide);
  }

  /**
   * Every panel of the window, one line each.
   *
   * @param settings of the user
   * @param places folders of Hearth, for the settings
   */
  public static List<PanelContribution> panels(
      Themes themes, SettingsService settings, Map<String, Path> places) {
    return List.of(
        ExplorerPanel.contribution(),
        EditorContribution.contribution(),
        EventContribution.contribution(),
        ResponseContribution.contribution(),
        LogsContribution.ofInvocation(),
        TimelineContribution.contribution(),
        InvocationsContribution.contribution(),
        LogsContribution.all(),
        TraceContribution.contribution(),
        MemoryContribution.contribution(),
        InsightsContribution.contribution(),
        CostContribution.contribution(),
        QueuesContribution.contribution(),
        PinsContribution.contribution(),
        VersionsContribution.contribution(),
        InspectorContribution.contribution(),
        GuideContribution.contribution(),
        SettingsPanel.contribution(themes, settings, places));
  }

  private void unexpected(Throwable failure) {
    LOG.error("Nobody handled a failure", failure);
    window.tell(Failures.notice(failure));
  }

  @Override
  public void stop() {
    themes.close();
    tasks.close();
  }
}
