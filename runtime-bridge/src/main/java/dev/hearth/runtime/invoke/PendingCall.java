package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.ExecutionEnvironment;
import dev.hearth.runtime.environment.Invocation;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A call that has been accepted: waiting for an environment, then served by one. */
final class PendingCall {
  private final Invocation invocation;
  private final boolean measuresImports;
  private final Thread caller = Thread.currentThread();
  private volatile @Nullable ExecutionEnvironment environment;
  private volatile boolean woken;

  /**
   * @param measuresImports whether it needs a new environment that measures its imports
   */
  PendingCall(Invocation invocation, boolean measuresImports) {
    this.invocation = invocation;
    this.measuresImports = measuresImports;
  }

  boolean measuresImports() {
    return measuresImports;
  }

  Invocation invocation() {
    return invocation;
  }

  /** The environment that serves it. */
  void assign(ExecutionEnvironment chosen) {
    environment = chosen;
  }

  @Nullable ExecutionEnvironment environment() {
    return environment;
  }

  /** Forgets an earlier {@link #wake}; on the caller's thread, before it may be woken again. */
  void rearm() {
    woken = false;
  }

  /** Lets a waiting caller look again. */
  void wake() {
    woken = true;
    LockSupport.unpark(caller);
  }

  /**
   * Waits to be woken.
   *
   * @return false when the time has passed, the call was cancelled or the thread interrupted
   */
  boolean await(long untilNanos) {
    while (!woken) {
      long left = untilNanos - System.nanoTime();
      if (left <= 0 || invocation.isDone()) {
        return false;
      }
      if (Thread.currentThread().isInterrupted()) {
        invocation.cancel();
        return false;
      }
      LockSupport.parkNanos(this, left);
    }
    return true;
  }

  /** Stops it; false when it has ended. */
  boolean cancel() {
    ExecutionEnvironment serving = environment;
    boolean stopped = serving == null ? invocation.cancel() : serving.cancel(invocation);
    LockSupport.unpark(caller);
    return stopped;
  }
}
