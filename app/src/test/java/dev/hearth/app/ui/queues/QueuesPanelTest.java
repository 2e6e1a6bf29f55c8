package dev.hearth.app.ui.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.InvokeOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueuesPanelTest extends FxTest {
  private static final String DONE = "arn:aws:sqs:us-east-1:000000000000:done";

  private final InMemorySession session = InMemorySession.sample();
  private final FakeDialogs dialogs = new FakeDialogs();
  private PanelContext context;

  @BeforeEach
  void create() {
    session.virtualClock().setSpeed(0);
    context = fxGet(() -> TestContext.of(session, dialogs));
  }

  private QueuesViewModel open() {
    return fxGet(() -> new QueuesViewModel(context));
  }

  private void accept(InvokeOutcome outcome) {
    session.lambda().outcome(outcome);
    session.queues().invoke(session.function("orders-api").id(), "{}");
  }

  @Test
  void showsWhatWaitsAndRetriesIt() {
    accept(new InvokeOutcome.FunctionError("ValueError", new byte[0]));
    QueuesViewModel model = open();
    var waiting = model.contentProperty().get().waiting();
    assertThat(waiting).hasSize(1);
    assertThat(waiting.getFirst().problem()).isEqualTo("ValueError");
    session.lambda().outcome(new InvokeOutcome.Succeeded(new byte[0]));
    fx(() -> model.retryNow(waiting.getFirst()));
    assertThat(model.contentProperty().get().waiting()).isEmpty();
    fx(model::close);
  }

  @Test
  void discardsWhatWaits() {
    accept(new InvokeOutcome.Throttled("ConcurrentInvocationLimitExceeded"));
    QueuesViewModel model = open();
    fx(() -> model.discard(model.contentProperty().get().waiting()));
    assertThat(model.contentProperty().get().waiting()).isEmpty();
    assertThat(session.queues().pending(10)).isEmpty();
    fx(model::close);
  }

  @Test
  void opensATargetWithItsMessagesAndClearsIt() {
    session
        .queues()
        .add(
            new DeliveredRecord(
                DONE,
                DeliveredRecord.Kind.ON_SUCCESS,
                "id-1",
                "orders-api",
                0,
                "{\"version\":\"1.0\"}".getBytes(StandardCharsets.UTF_8),
                Map.of(),
                null));
    QueuesViewModel model = open();
    assertThat(model.contentProperty().get().sources())
        .containsExactly(new QueuesViewModel.Source("", 0), new QueuesViewModel.Source(DONE, 1));
    assertThat(model.contentProperty().get().sources().get(1).name()).isEqualTo("done");
    fx(() -> model.targetProperty().set(DONE));
    assertThat(model.contentProperty().get().records()).hasSize(1);
    fx(() -> model.clear(DONE));
    assertThat(model.contentProperty().get().sources()).hasSize(1);
    fx(model::close);
  }

  @Test
  void theViewHoldsTheSame() {
    accept(new InvokeOutcome.FunctionError("ValueError", new byte[0]));
    fx(
        () -> {
          QueuesView view = new QueuesView(context, new QueuesViewModel(context));
          assertThat(view.badge().orElseThrow().getValue()).isEqualTo("1");
          view.close();
        });
  }
}
