package dev.hearth.app.ui.invocations;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.state.InvocationFeed;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Replay;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be done with a row of the invocation table. FX thread only. */
final class InvocationsViewModel {
  private final ProjectSession session;
  private final WorkbenchState state;
  private final TaskRunner tasks;
  private final Consumer<Throwable> failures;
  private final Replay replay;
  private final Texts texts = Texts.of("invocations");

  InvocationsViewModel(PanelContext context) {
    session = context.session();
    replay = new Replay(context);
    state = context.state();
    tasks = context.tasks();
    failures = failure -> state.notices().add(Failures.notice(failure));
  }

  InvocationFeed feed() {
    return state.invocations();
  }

  void inspect() {
    state.viewProperty().set("invocations");
  }

  /**
   * Invokes again with the event of a past call.
   *
   * @param today today's code, or the version that ran
   */
  void replay(InvocationRecord record, boolean today) {
    replay.run(record, today);
  }

  boolean canReplay(@Nullable InvocationRecord record) {
    return replay.canRun(record);
  }

  /** Keeps the event of a past call as a test event and selects it. */
  void saveEvent(InvocationRecord record, String name) {
    tasks.run(
        "save event", () -> session.events().create(name, "", event(record)), this::show, failures);
  }

  /** Keeps a past call as a test for {@code hearth test}. */
  void pin(InvocationRecord record, String name) {
    tasks.run(
        "pin invocation",
        () -> session.pins().pin(record.requestId(), name),
        pin -> {
          state.pinsChanged();
          state
              .notices()
              .add(
                  new Notice(
                      Notice.Severity.INFO,
                      texts.get("pinned", pin.name(), Units.duration(pin.mostNanos()))));
        },
        failures);
  }

  private void show(TestEvent event) {
    state.events().add(event);
    state.events().sort((a, b) -> a.name().compareToIgnoreCase(b.name()));
    state.eventProperty().set(event);
  }

  private String event(InvocationRecord record) {
    return session
        .history()
        .detail(record.requestId())
        .map(InvocationDetail::event)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElseThrow(() -> new HearthException(HearthException.Kind.INPUT, texts.get("no.detail")));
  }
}
