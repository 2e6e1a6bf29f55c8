package dev.hearth.app.service;

import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.InvokeSettings;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Asynchronous invocations of the open project: the queue, the local targets that their records go
 * to, and what is set per function. All methods block on the project file; none belongs on the FX
 * thread.
 */
public interface QueueService {
  /** A local queue, topic, bus or bucket and how many messages it holds. */
  record Target(String arn, long count) {}

  /**
   * Accepts an event for a function as it was last saved; it is kept when this returns.
   *
   * @param json the event
   * @return the request id, the same for every attempt
   * @throws HearthException when the event is no JSON or the function is gone
   */
  String invoke(long functionId, String json);

  /**
   * Keeps an event for whichever process delivers next, without trying it here.
   *
   * @return the request id
   */
  String enqueue(long functionId, String json);

  /** What has not ended, by the time of the next attempt; the first {@code limit}. */
  List<QueuedEvent> pending(int limit);

  /** Tries an event at once; false when it is gone, being tried or another process's. */
  boolean retryNow(String requestId);

  /** Forgets an event; false when it is gone or another process's. */
  boolean discard(String requestId);

  /** The targets that hold messages. */
  List<Target> targets();

  /** The newest messages of a target, newest first. */
  List<DeliveredRecord> delivered(String targetArn, int limit);

  /** Removes all messages of a target. */
  void clear(String targetArn);

  /** Tells of changes made in this process, on the thread that makes them. */
  Subscription onChange(Runnable listener);

  /**
   * Tries what is due from now on, also what dead processes and commands have left, until closed.
   * What waits in a restricted project is tried once it is trusted.
   *
   * @param problems told of functions that can't be deployed, on a background thread
   */
  Subscription deliver(Consumer<String> problems);

  /** What is set for a function. */
  InvokeSettings settings(String functionName);

  /**
   * Changes what is set for a function.
   *
   * @throws dev.hearth.runtime.function.InvalidFunctionException when Lambda would refuse it
   */
  InvokeSettings change(String functionName, UnaryOperator<InvokeSettings> change);
}
