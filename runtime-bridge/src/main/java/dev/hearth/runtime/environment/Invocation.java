package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.ResponseListener;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through an environment. Several threads may find an end for it (the answer,
 * the timeout, the death of the process, the user); the first one wins.
 */
public final class Invocation {
  private static final VarHandle COMPLETION;

  static {
    try {
      COMPLETION =
          MethodHandles.lookup().findVarHandle(Invocation.class, "completion", Completion.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String requestId;
  private final byte[] payload;
  private final Origin origin;
  private final long queuedNanos;
  private long startedNanos;
  private long deadlineNanos;
  private volatile @Nullable Completion completion;
  private volatile @Nullable Thread waiter;

  private @Nullable Consumer<InvokeOutcome> listener;
  private @Nullable ResponseListener responseListener;

  /**
   * @param listener hears the answer as early as possible, on the calling thread; null for none
   * @param queuedNanos monotonic time at which the call was accepted
   */
  public Invocation(
      String requestId,
      byte[] payload,
      Origin origin,
      @Nullable Consumer<InvokeOutcome> listener,
      long queuedNanos) {
    this.requestId = requestId;
    this.payload = payload;
    this.origin = origin;
    this.listener = listener;
    this.queuedNanos = queuedNanos;
  }

  /**
   * What the runtime is told about the caller.
   *
   * @param invokedArn the ARN as the caller qualified it
   * @param clientContext decoded JSON text; null when none
   * @param traceId the trace header
   * @param tenantId the tenant of a tenant-isolated function; null for others
   */
  public record Origin(
      String invokedArn,
      @Nullable String clientContext,
      String traceId,
      @Nullable String tenantId) {
    /** A call of a function that has no tenants. */
    public Origin(String invokedArn, @Nullable String clientContext, String traceId) {
      this(invokedArn, clientContext, traceId, null);
    }
  }

  public String requestId() {
    return requestId;
  }

  byte[] payload() {
    return payload;
  }

  Origin origin() {
    return origin;
  }

  public long queuedNanos() {
    return queuedNanos;
  }

  /** Passes the response on while it is written; before the call is served. */
  public void streamTo(ResponseListener caller) {
    responseListener = caller;
  }

  /** Who wants to hear the response while it is written; null when nobody does. */
  @Nullable ResponseListener responseListener() {
    return responseListener;
  }

  /** Tells the listener, if there is one that has not been told. */
  public void answer(InvokeOutcome outcome) {
    Consumer<InvokeOutcome> waiting = listener;
    listener = null;
    if (waiting != null) {
      waiting.accept(outcome);
    }
  }

  /** The function's time starts to count. */
  void start(long nanos, int timeoutSeconds) {
    startedNanos = nanos;
    deadlineNanos = nanos + timeoutSeconds * 1_000_000_000L;
  }

  long startedNanos() {
    return startedNanos;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** Ends the call; false when it had already ended in another way. */
  boolean complete(Completion end) {
    if (!COMPLETION.compareAndSet(this, null, end)) {
      return false;
    }
    LockSupport.unpark(waiter);
    ResponseListener streaming = responseListener;
    if (streaming != null) {
      streaming.over();
    }
    return true;
  }

  /** Cancels a call that no environment serves yet; false when it had already ended. */
  public boolean cancel() {
    return complete(Failures.cancelled());
  }

  public boolean isDone() {
    return completion != null;
  }

  @Nullable Completion completion() {
    return completion;
  }

  /**
   * Waits for the end.
   *
   * @return null when the calling thread was interrupted first; its interrupt flag stays set
   */
  @Nullable Completion await() {
    waiter = Thread.currentThread();
    while (true) {
      Completion end = completion;
      if (end != null || Thread.currentThread().isInterrupted()) {
        return end;
      }
      LockSupport.park(this);
    }
  }
}
