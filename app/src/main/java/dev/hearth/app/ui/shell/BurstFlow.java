package dev.hearth.app.ui.shell;

import dev.hearth.app.service.InvocationService;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.runtime.event.InvokeResult;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Many calls of the selected function: starts them, counts how many have ended and how many of them
 * failed, stops them. FX thread only; progress that arrives in between is collected and shown once.
 */
final class BurstFlow {
  static final int MAX_COUNT = 1_000_000;
  static final int MAX_CONCURRENCY = 1_000;

  private final PanelContext context;
  private final InvokeFlow invoke;
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper();
  private final ReadOnlyIntegerWrapper done = new ReadOnlyIntegerWrapper();
  private final ReadOnlyIntegerWrapper failed = new ReadOnlyIntegerWrapper();
  private final AtomicInteger doneNow = new AtomicInteger();
  private final AtomicInteger failedNow = new AtomicInteger();
  private final AtomicBoolean showing = new AtomicBoolean();
  private InvocationService.@Nullable Burst burst;

  BurstFlow(PanelContext context, InvokeFlow invoke) {
    this.context = context;
    this.invoke = invoke;
  }

  ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** How many calls the last burst asked for; 0 before the first. */
  ReadOnlyIntegerProperty totalProperty() {
    return total.getReadOnlyProperty();
  }

  ReadOnlyIntegerProperty doneProperty() {
    return done.getReadOnlyProperty();
  }

  ReadOnlyIntegerProperty failedProperty() {
    return failed.getReadOnlyProperty();
  }

  /** Saves, then starts; does nothing while a burst is under way. */
  void start(int count, int concurrency) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    total.set(count);
    doneNow.set(0);
    failedNow.set(0);
    show();
    invoke.afterSaving(
        (function, json) ->
            run(new InvocationService.BurstRequest(function.id(), json, count, concurrency)),
        () -> busy.set(false));
  }

  private void run(InvocationService.BurstRequest request) {
    burst = context.session().invocations().burst(request, this::progress);
    burst
        .done()
        .whenComplete(
            (nothing, failure) ->
                context
                    .tasks()
                    .onFx(
                        () -> {
                          show();
                          busy.set(false);
                          burst = null;
                          if (failure != null) {
                            context.state().notices().add(Failures.notice(failure));
                          }
                        }));
  }

  /** Called on background threads, possibly many thousand times a second. */
  private void progress(InvokeResult result) {
    doneNow.incrementAndGet();
    if (!result.succeeded()) {
      failedNow.incrementAndGet();
    }
    if (showing.compareAndSet(false, true)) {
      context.tasks().onFx(this::show);
    }
  }

  private void show() {
    showing.set(false);
    done.set(doneNow.get());
    failed.set(failedNow.get());
  }

  void cancel() {
    if (burst != null) {
      burst.cancel();
    }
  }
}
