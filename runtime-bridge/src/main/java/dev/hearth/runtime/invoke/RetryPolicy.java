package dev.hearth.runtime.invoke;

import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.function.EventInvokeConfig;
import java.util.concurrent.TimeUnit;

/**
 * When an asynchronous invocation is tried again and when it is given up: the rules of
 * events-and-failure.md section 1 as arithmetic on the virtual clock's nanoseconds.
 */
final class RetryPolicy {
  private static final long[] AFTER_ERROR = {
    TimeUnit.MINUTES.toNanos(1), TimeUnit.MINUTES.toNanos(2)
  };
  private static final long FIRST_BACK_OFF = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_BACK_OFF = TimeUnit.MINUTES.toNanos(5);
  private static final int DOUBLINGS = 9;

  private RetryPolicy() {}

  /** How an event ends, in the words of its record. */
  enum Condition {
    SUCCESS("Success"),
    RETRIES_EXHAUSTED("RetriesExhausted"),
    EVENT_AGE_EXCEEDED("EventAgeExceeded"),
    ZERO_RESERVED_CONCURRENCY("ZeroReservedConcurrency"),
    /** Lambda's record for a stopped loop has not been seen; this names what happened. */
    RECURSIVE_LOOP("RecursiveInvocation");

    private final String text;

    Condition(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** What happens next. */
  sealed interface Decision {
    record Retry(QueuedEvent event) implements Decision {}

    /**
     * @param event with its last attempt counted
     */
    record GiveUp(QueuedEvent event, Condition condition) implements Decision {}
  }

  /** Whether an event may not be tried any more. */
  static boolean tooOld(QueuedEvent event, EventInvokeConfig config, long now) {
    return now >= lastMoment(event, config);
  }

  private static long lastMoment(QueuedEvent event, EventInvokeConfig config) {
    return event.acceptedAt() + TimeUnit.SECONDS.toNanos(config.eventAgeSeconds());
  }

  /** The function ran and failed: another attempt in one, then two minutes. */
  static Decision afterError(
      QueuedEvent event, EventInvokeConfig config, long now, String problem) {
    if (event.attempts() >= config.retryAttempts()) {
      return new Decision.GiveUp(event.failed(now, problem), Condition.RETRIES_EXHAUSTED);
    }
    QueuedEvent next = event.failed(now + AFTER_ERROR[event.attempts()], problem);
    return tooOld(event, config, next.nextAttemptAt())
        ? new Decision.GiveUp(next, Condition.EVENT_AGE_EXCEEDED)
        : new Decision.Retry(next);
  }

  /** It was throttled or could not run: again after one second, then twice as long each time. */
  static Decision afterRefusal(
      QueuedEvent event, EventInvokeConfig config, long now, String problem) {
    long wait = Math.min(LONGEST_BACK_OFF, FIRST_BACK_OFF << Math.min(DOUBLINGS, event.refusals()));
    long last = lastMoment(event, config);
    if (now >= last) {
      return new Decision.GiveUp(event.refused(now, problem), Condition.EVENT_AGE_EXCEEDED);
    }
    return new Decision.Retry(event.refused(Math.min(now + wait, last), problem));
  }
}
