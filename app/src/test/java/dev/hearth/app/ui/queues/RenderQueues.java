package dev.hearth.app.ui.queues;

import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.InvokeOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** Draws the queues to PNG files in both themes, to be looked at. Argument: folder. */
public final class RenderQueues {
  private static final String DONE = "arn:aws:sqs:us-east-1:000000000000:orders-done";
  private static final String FAILED = "arn:aws:sns:us-east-1:000000000000:orders-failed";

  private RenderQueues() {}

  public static void main(String[] args) {
    FxTest.start();
    InMemorySession session = InMemorySession.sample();
    session.virtualClock().setSpeed(0);
    session.lambda().outcome(new InvokeOutcome.FunctionError("ValueError", new byte[0]));
    for (int i = 0; i < 4; i++) {
      session.queues().invoke(session.function("orders-api").id(), "{}");
    }
    for (int i = 0; i < 3; i++) {
      session
          .queues()
          .add(
              new DeliveredRecord(
                  i == 2 ? FAILED : DONE,
                  i == 2 ? DeliveredRecord.Kind.ON_FAILURE : DeliveredRecord.Kind.ON_SUCCESS,
                  "3f0c8a52-6a0e-4b7e-9c57-5b3f3c1f5e0" + i,
                  "orders-api",
                  session.virtualClock().epochNanos(),
                  "{\"version\":\"1.0\",\"timestamp\":\"2026-03-01T10:00:00.000Z\"}"
                      .getBytes(StandardCharsets.UTF_8),
                  Map.of(),
                  null));
    }
    for (boolean dark : new boolean[] {true, false}) {
      for (String target : new String[] {"", DONE}) {
        shoot(session, dark, target, Path.of(args[0]));
      }
    }
    System.exit(0);
  }

  private static void shoot(InMemorySession session, boolean dark, String target, Path folder) {
    PanelContext context = FxTest.fxGet(() -> TestContext.of(session, new FakeDialogs()));
    QueuesViewModel model = FxTest.fxGet(() -> new QueuesViewModel(context));
    Stage stage =
        FxTest.fxGet(
            () -> {
              QueuesView view = new QueuesView(context, model);
              Scene scene = new Scene(new StackPane(view.node()), 1100, 320);
              Themes.style(scene, dark, Themes.DEFAULT_FONT_SIZE);
              Stage made = new Stage();
              made.setScene(scene);
              made.show();
              model.targetProperty().set(target);
              return made;
            });
    FxTest.settle();
    String name = (target.isEmpty() ? "waiting" : "messages") + (dark ? "-dark" : "-light");
    Screenshots.write(
        Screenshots.snapshot(stage.getScene()), folder.resolve("queues-" + name + ".png"));
    FxTest.fx(stage::hide);
  }
}
