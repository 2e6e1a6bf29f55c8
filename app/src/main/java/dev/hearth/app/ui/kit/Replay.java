package dev.hearth.app.ui.kit;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.InvocationService;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs a past invocation again and opens the result beside it in the inspector. Wherever a past
 * invocation stands it can be replayed, so this is shared. FX thread only.
 */
public final class Replay {
  private static final String INSPECTOR = "invocations";

  private final PanelContext context;
  private final WorkbenchState state;
  private final Texts texts = Texts.of("trace");

  public Replay(PanelContext context) {
    this.context = context;
    this.state = context.state();
  }

  /** Whether it can be: it has ended, its function is there, and the project may run code. */
  public boolean canRun(@Nullable InvocationRecord record) {
    return record != null
        && record.status().ended()
        && state.trustedProperty().get()
        && state.functions().stream().anyMatch(f -> f.id() == record.functionId());
  }

  /**
   * Invokes with the same event.
   *
   * @param today today's code, saved before; else the source version and configuration of that time
   */
  public void run(@Nullable InvocationRecord record, boolean today) {
    if (record == null) {
      return;
    }
    CompletableFuture<Void> saved =
        today ? state.saveAll() : CompletableFuture.completedFuture(null);
    saved.whenComplete(
        (done, failure) ->
            context
                .tasks()
                .onFx(
                    () -> {
                      if (failure == null) {
                        start(record, today);
                      } else {
                        fail(failure);
                      }
                    }));
  }

  private record Started(InvocationDetail past, InvocationService.Invocation call) {}

  private void start(InvocationRecord record, boolean today) {
    context
        .tasks()
        .run(
            "replay",
            () -> {
              InvocationDetail past =
                  context
                      .session()
                      .history()
                      .detail(record.requestId())
                      .orElseThrow(
                          () ->
                              new HearthException(
                                  HearthException.Kind.INPUT, texts.get("replay.no.detail")));
              return new Started(past, context.session().invocations().replay(past, today));
            },
            this::show,
            this::fail);
  }

  private void show(Started started) {
    started
        .call()
        .result()
        .whenComplete(
            (result, failure) -> context.tasks().onFx(() -> ended(started, result, failure)));
    state.comparedWithProperty().set(started.past());
    state.viewProperty().set(INSPECTOR);
    state.invocations().select(started.call().requestId());
  }

  private void ended(Started started, @Nullable InvokeResult result, @Nullable Throwable failure) {
    if (failure != null) {
      state.comparedWithProperty().set(null);
      state.invocations().select(started.past().record().requestId());
      fail(failure);
    } else if (result != null
        && result.outcome() instanceof InvokeOutcome.CouldNotRun(String message)) {
      state.notices().add(new Notice(Notice.Severity.ERROR, message));
    }
  }

  private void fail(Throwable failure) {
    state.notices().add(Failures.notice(failure));
  }
}
