package dev.hearth.runtime.event;

import dev.hearth.runtime.function.DeployedFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens in the local Lambda, in one sealed hierarchy. Times are monotonic
 * nanoseconds ({@link System#nanoTime()}); {@link ClockAnchor} turns them into wall-clock time.
 * Events of one environment are published in the order in which they happened. Listeners are called
 * on the runtime's threads and must return at once.
 */
public sealed interface RuntimeEvent {
  long nanos();

  /** An execution environment is being started for a call. */
  record EnvironmentStarted(
      long nanos,
      String environmentId,
      DeployedFunction function,
      String sandbox,
      List<String> notes)
      implements RuntimeEvent {}

  /** Init has ended, well or badly; {@code errorType} is null when it went well. */
  record InitDone(long nanos, String environmentId, InitPhases phases, @Nullable String errorType)
      implements RuntimeEvent {}

  /**
   * What loading the handler was made of, as an environment that was started to measure it told.
   * Published before its {@link InitDone}.
   */
  record ImportsMeasured(long nanos, String environmentId, ImportTimes times)
      implements RuntimeEvent {}

  /**
   * An event was accepted. Published for every call, also for those that are then throttled or
   * can't start.
   *
   * @param functionName the function as named by the caller
   */
  record InvokeQueued(long nanos, String requestId, String functionName, byte[] payload)
      implements RuntimeEvent {}

  /** An environment serves the call; {@code coldStart} when it was started for it. */
  record InvokeStarted(
      long nanos,
      String requestId,
      String environmentId,
      DeployedFunction function,
      boolean coldStart)
      implements RuntimeEvent {}

  /** One line of output; {@code requestId} is null for output of the init phase. */
  record LogLine(
      long nanos, String environmentId, @Nullable String requestId, LogStream stream, String text)
      implements RuntimeEvent {}

  /** Resident memory of an environment's process group; {@code requestId} is null during init. */
  record MemorySample(long nanos, String environmentId, @Nullable String requestId, long bytes)
      implements RuntimeEvent {}

  /**
   * The handler's own instrumentation told of what it did in a call. SDKs send it when they like:
   * it may come after the end of the call, even minutes later.
   */
  record SpansReceived(long nanos, String environmentId, String requestId, List<FunctionSpan> spans)
      implements RuntimeEvent {}

  /**
   * The call has ended: what the caller gets, and what was measured. The last event of a request id
   * but for late {@link SpansReceived}.
   */
  record InvokeDone(long nanos, InvokeResult result) implements RuntimeEvent {}

  /** The environment changed its state. */
  record EnvironmentStateChanged(long nanos, String environmentId, EnvironmentState state)
      implements RuntimeEvent {}

  /** The environment and its processes are gone. The last event of an environment. */
  record EnvironmentGone(long nanos, String environmentId, GoneReason reason)
      implements RuntimeEvent {}
}
