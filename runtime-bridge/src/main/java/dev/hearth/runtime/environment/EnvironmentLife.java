package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.RuntimeEvent;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one environment: which state may follow which, which process and which call
 * it has, and whether it ends after that call. Guarded by its own monitor; whoever has to do
 * several things at once holds it.
 */
final class EnvironmentLife {
  private final EnvironmentLog log;
  private EnvironmentState state = EnvironmentState.STARTING;
  private @Nullable GoneReason closing;
  private boolean cancelOnArrival;
  private long idleSince;
  private @Nullable RuntimeDomain process;
  private @Nullable RunningCall call;

  /** A call is on its way: the environment must not end before it. True from birth. */
  private boolean reserved = true;

  /** What a wish to end the environment leads to. */
  enum Ending {
    NOW,
    AFTER_THE_CALL,
    ALREADY
  }

  EnvironmentLife(EnvironmentLog log) {
    this.log = log;
  }

  synchronized EnvironmentState state() {
    return state;
  }

  synchronized long idleSince() {
    return idleSince;
  }

  /** The process that serves; null before its start and after its end. */
  synchronized @Nullable RuntimeDomain process() {
    return process;
  }

  synchronized void process(@Nullable RuntimeDomain current) {
    process = current;
  }

  /** The call that is being served; null when there is none. */
  synchronized @Nullable RunningCall call() {
    return call;
  }

  /**
   * Changes the state and says so.
   *
   * @throws IllegalStateException when the life cycle does not allow it
   */
  synchronized void to(EnvironmentState next) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(
          "Environment " + log.environmentId() + ": " + state + " to " + next);
    }
    state = next;
    publish(System.nanoTime());
  }

  /** Publishes the state. */
  synchronized void publish(long nanos) {
    log.publish(new RuntimeEvent.EnvironmentStateChanged(nanos, log.environmentId(), state));
  }

  private boolean idle() {
    return state == EnvironmentState.IDLE || state == EnvironmentState.FROZEN;
  }

  /** Keeps the environment for a call; false when it is busy or ending. */
  synchronized boolean reserve() {
    if (call != null || reserved || closing != null || !idle()) {
      return false;
    }
    reserved = true;
    return true;
  }

  /** The reserved call does not come: why the environment ends now; null when it stays. */
  synchronized @Nullable GoneReason cancelReservation() {
    reserved = false;
    // One that was never used has nothing that could be kept.
    return closing == null && !idle() ? GoneReason.STOPPED : closing;
  }

  /**
   * The reserved call has come.
   *
   * @return whether it is to be cancelled at once
   */
  synchronized boolean arrive(RunningCall running) {
    reserved = false;
    call = running;
    running.coldStart = process == null;
    return cancelOnArrival;
  }

  /** Somebody wants the environment to end. */
  synchronized Ending requestEnd(GoneReason reason, boolean cancelCall) {
    if (call != null || reserved) {
      closing = reason;
      cancelOnArrival |= cancelCall;
      return Ending.AFTER_THE_CALL;
    }
    if (!state.next().contains(EnvironmentState.SHUTTING_DOWN)) {
      return Ending.ALREADY;
    }
    to(EnvironmentState.SHUTTING_DOWN);
    return Ending.NOW;
  }

  /**
   * A call has ended.
   *
   * @param begun whether the function was called at all
   * @return why the environment ends with it; null when it stays for other calls
   */
  synchronized @Nullable GoneReason afterCall(InvokeOutcome outcome, boolean begun) {
    call = null;
    GoneReason reason = closing;
    if (reason == null && outcome instanceof InvokeOutcome.Cancelled) {
      reason = GoneReason.STOPPED;
    } else if (reason == null && (!begun || outcome instanceof InvokeOutcome.CouldNotRun)) {
      reason = GoneReason.INIT_FAILED;
    }
    if (reason == null) {
      idleSince = System.nanoTime();
      to(EnvironmentState.IDLE);
    } else {
      to(EnvironmentState.SHUTTING_DOWN);
    }
    return reason;
  }
}
