package dev.hearth.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.service.PastLoader;
import dev.hearth.app.testing.DirectTasks;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.SyntheticHistory;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

class RuntimeEventReducerTest {
  private final InMemorySession session = InMemorySession.sample();
  private final WorkbenchState state = new WorkbenchState();
  private final RuntimeEventReducer reducer =
      new RuntimeEventReducer(state, session.lambda().clockAnchor(), session::assembler);
  private final FunctionDefinition function = session.functions().list().getFirst();

  @Test
  void aCallShowsInRowsTimelineLogsAndCosts() {
    session.lambda().subscribe(reducer::apply);
    invoke();
    invoke();
    assertThat(state.invocations().rows()).isEmpty();
    reducer.flush();

    assertThat(state.invocations().rows())
        .extracting(InvocationRecord::status)
        .containsExactly(InvocationStatus.OK, InvocationStatus.OK);
    TimelineLane lane = state.timeline().lanes().getFirst();
    assertThat(lane.functionName()).isEqualTo(function.name());
    assertThat(lane.spans().size()).isEqualTo(3);
    assertThat(lane.spans().kind(0)).isEqualTo(SpanKind.INIT);
    InvocationRecord first = state.invocations().rows().getFirst();
    assertThat(lane.spans().start(0)).isEqualTo(first.startedAt() - first.initNanos());
    assertThat(state.logs().size()).isPositive();
    CostTotals.FunctionCost cost = state.sessionCosts().functions().iterator().next();
    assertThat(cost.invocations()).isEqualTo(2);
    assertThat(cost.costPicoUsd())
        .isEqualTo(2 * 0 + first.costPicoUsd() + cost.last().costPicoUsd());
    assertThat(state.timeline().active()).isFalse();
  }

  @Test
  void listenersAreToldOncePerFlush() {
    List<RuntimeEvent> events = new ArrayList<>();
    session.lambda().subscribe(events::add);
    for (int i = 0; i < 1_000; i++) {
      invoke();
    }
    AtomicInteger told = new AtomicInteger();
    state
        .invocations()
        .rows()
        .addListener((ListChangeListener<InvocationRecord>) c -> told.incrementAndGet());
    state.timeline().revisionProperty().addListener(o -> told.incrementAndGet());
    events.forEach(reducer::apply);
    reducer.flush();
    reducer.flush();

    assertThat(told).hasValue(2);
    assertThat(state.invocations().rows()).hasSize(1_000);
  }

  @Test
  void theStoredPastComesBeforeWhatHappensNow() {
    SyntheticHistory past = new SyntheticHistory();
    past.fill(session);
    session.lambda().subscribe(reducer::apply);
    invoke();
    reducer.flush();
    new PastLoader(session.history(), state, new DirectTasks())
        .loadNewest(() -> {}, failure -> assertThat(failure).isNull());

    List<InvocationRecord> rows = state.invocations().rows();
    assertThat(rows.subList(0, rows.size() - 1)).isEqualTo(past.records());
    assertThat(state.timeline().lanes()).hasSize(5);
    assertThat(state.timeline().throttles().size()).isEqualTo(3);
    assertThat(state.timeline().lane("e-b21c").goneReason()).isEqualTo("idle time-out");
    assertThat(state.allCosts().functions()).hasSize(3);
    assertThat(state.sessionCosts().functions()).hasSize(1);
    assertThat(state.timeline().active()).isFalse();
  }

  @Test
  void aCallWhoseStartWasMissedIsShownByItsEnd() {
    reducer.apply(
        new RuntimeEvent.InvokeDone(
            5,
            new InvokeResult("r", null, null, new InvokeOutcome.Throttled("x"), null, null, "")));
    reducer.flush();

    assertThat(state.invocations().find("r").status()).isEqualTo(InvocationStatus.THROTTLED);
  }

  @Test
  void whatIsKnownOfARunningCallCanBeAsked() {
    reducer.apply(
        new RuntimeEvent.InvokeQueued(
            1, "r", function.name(), "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
    reducer.flush();

    assertThat(state.invocations().openDetail("r").event())
        .isEqualTo("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(state.invocations().openDetail("other")).isNull();
    assertThat(state.timeline().active()).isTrue();
  }

  private void invoke() {
    session.invocations().invoke(function.id(), "{}");
  }
}
