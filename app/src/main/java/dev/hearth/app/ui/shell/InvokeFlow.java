package dev.hearth.app.ui.shell;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.InvocationService;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import java.util.LinkedHashSet;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Invoke and stop: saves what is unsaved, calls, follows the call with the selection and tells when
 * nothing could be tried. FX thread only.
 */
final class InvokeFlow {
  private static final String NO_EVENT = "{}";

  private final PanelContext context;
  private final WorkbenchState state;
  private final Set<String> running = new LinkedHashSet<>();
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

  InvokeFlow(PanelContext context) {
    this.context = context;
    this.state = context.state();
  }

  /** Whether a call started here has not ended. */
  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Saves, then invokes the selected function with the selected event. */
  void invoke() {
    afterSaving(
        (function, json) -> {
          InvocationService.Invocation call =
              context.session().invocations().invoke(function.id(), json);
          running.add(call.requestId());
          busy.set(true);
          state.invocations().select(call.requestId());
          call.result()
              .whenComplete(
                  (result, failure) ->
                      context.tasks().onFx(() -> ended(call.requestId(), result, failure)));
        },
        () -> {});
  }

  /** Saves, then queues the selected event for the selected function. */
  void invokeLater() {
    afterSaving(
        (function, json) ->
            context
                .tasks()
                .run(
                    "invoke asynchronously",
                    () -> context.session().queues().invoke(function.id(), json),
                    state.invocations()::select,
                    failure -> state.notices().add(Failures.notice(failure))),
        () -> {});
  }

  /** What to do with function and event once everything is saved. */
  @FunctionalInterface
  interface Call {
    void with(FunctionDefinition function, String json);
  }

  /**
   * Runs a call with the newest text of function and event.
   *
   * @param otherwise runs when there is no function, or when saving failed, which is told
   */
  void afterSaving(Call call, Runnable otherwise) {
    state
        .saveAll()
        .whenComplete(
            (saved, failure) -> context.tasks().onFx(() -> saved(failure, call, otherwise)));
  }

  private void saved(@Nullable Throwable failure, Call call, Runnable otherwise) {
    FunctionDefinition function = state.functionProperty().get();
    if (failure != null) {
      state.notices().add(Failures.notice(failure));
    }
    if (failure != null || function == null) {
      otherwise.run();
      return;
    }
    TestEvent event = state.eventProperty().get();
    call.with(function, event == null ? NO_EVENT : event.json());
  }

  /** Stops every call that was started here. */
  void stop() {
    Set.copyOf(running).forEach(id -> context.session().invocations().cancel(id));
  }

  private void ended(String requestId, @Nullable InvokeResult result, @Nullable Throwable failure) {
    running.remove(requestId);
    busy.set(!running.isEmpty());
    if (failure != null) {
      state.notices().add(Failures.notice(failure));
    } else if (result != null
        && result.outcome() instanceof InvokeOutcome.CouldNotRun(String message)) {
      Notice notice = new Notice(Notice.Severity.ERROR, message);
      if (!state.notices().contains(notice)) {
        state.notices().add(notice);
      }
    }
  }
}
