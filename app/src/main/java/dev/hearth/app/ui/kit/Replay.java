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
import java.nio.charset.StandardCharsets;
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
   * Invokes with the same event, and shows both beside each other.
   *
   * @param today today's code, saved before; else the source version and configuration of that time
   */
  public void run(@Nullable InvocationRecord record, boolean today) {
    if (record == null) {
      return;
    }
    start(record, today ? Mode.TODAY : Mode.SAME);
  }

  /**
   * Invokes today's code with the same event in a new environment that measures what loading the
   * handler is made of.
   */
  public void measureImports(@Nullable InvocationRecord record) {
    if (record != null) {
      start(record, Mode.MEASURE);
    }
  }

  private enum Mode {
    SAME,
    TODAY,
    MEASURE
  }

  private void start(InvocationRecord record, Mode mode) {
    CompletableFuture<Void> saved =
        mode != Mode.SAME ? state.saveAll() : CompletableFuture.completedFuture(null);
    saved.whenComplete(
        (done, failure) ->
            context
                .tasks()
                .onFx(
                    () -> {
                      if (failure == null) {
                        invoke(record, mode);
                      } else {
                        fail(failure);
                      }
                    }));
  }

  private record Started(InvocationDetail past, InvocationService.Invocation call, Mode mode) {}

  private void invoke(InvocationRecord record, Mode mode) {
    context
        .tasks()
        .run(
            mode == Mode.MEASURE ? "measure imports" : "replay",
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
              return new Started(past, call(past, mode), mode);
            },
            this::show,
            this::fail);
  }

  private InvocationService.Invocation call(InvocationDetail past, Mode mode) {
    InvocationService invocations = context.session().invocations();
    return mode == Mode.MEASURE
        ? invocations.measureImports(
            past.record().functionId(), new String(past.event(), StandardCharsets.UTF_8))
        : invocations.replay(past, mode == Mode.TODAY);
  }

  private void show(Started started) {
    started
        .call()
        .result()
        .whenComplete(
            (result, failure) -> context.tasks().onFx(() -> ended(started, result, failure)));
    if (started.mode() != Mode.MEASURE) {
      state.comparedWithProperty().set(started.past());
    }
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
