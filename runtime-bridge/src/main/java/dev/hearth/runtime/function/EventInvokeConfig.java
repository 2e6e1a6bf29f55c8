package dev.hearth.runtime.function;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How asynchronous invocations of a function, version or alias are repeated and where their records
 * go (events-and-failure.md section 1, invoke-api.md section 5).
 *
 * @param maximumRetryAttempts 0 to 2; null when not set, which means 2
 * @param maximumEventAgeInSeconds 60 to 21,600; null when not set, which means six hours
 * @param onSuccess ARN for records of successes; null for none
 * @param onFailure ARN for records of events that were given up; null for none
 * @param lastModified when it was set
 */
public record EventInvokeConfig(
    @Nullable Integer maximumRetryAttempts,
    @Nullable Integer maximumEventAgeInSeconds,
    @Nullable String onSuccess,
    @Nullable String onFailure,
    Instant lastModified) {
  public static final int DEFAULT_RETRY_ATTEMPTS = 2;
  public static final int DEFAULT_EVENT_AGE_SECONDS = 21_600;
  private static final int MIN_EVENT_AGE_SECONDS = 60;

  /** Nothing is set. */
  public static final EventInvokeConfig DEFAULT =
      new EventInvokeConfig(null, null, null, null, Instant.EPOCH);

  /**
   * @throws InvalidFunctionException when a number is out of range or a target is none
   */
  public EventInvokeConfig {
    checkRange(
        "maximumRetryAttempts", "Retry attempts", maximumRetryAttempts, 0, DEFAULT_RETRY_ATTEMPTS);
    checkRange(
        "maximumEventAgeInSeconds",
        "Maximum event age in seconds",
        maximumEventAgeInSeconds,
        MIN_EVENT_AGE_SECONDS,
        DEFAULT_EVENT_AGE_SECONDS);
    if (onSuccess != null) {
      checkTarget("onSuccess", onSuccess);
    }
    if (onFailure != null) {
      checkTarget("onFailure", onFailure);
    }
  }

  private static void checkRange(
      String field, String label, @Nullable Integer value, int low, int high) {
    if (value != null && (value < low || value > high)) {
      throw new InvalidFunctionException(
          field, "%s: %,d is out of range. Use %,d to %,d.".formatted(label, value, low, high));
    }
  }

  /** Queue, topic, function and bus; a bucket takes failures only. */
  private static void checkTarget(String field, String arn) {
    TargetArn target = TargetArn.parse(field, arn);
    if (target.service() == TargetArn.Service.S3 && field.equals("onSuccess")) {
      throw new InvalidFunctionException(
          field, "A bucket takes records of failures only. Use a queue, topic, function or bus.");
    }
  }

  /** Attempts after the first one. */
  public int retryAttempts() {
    return maximumRetryAttempts == null ? DEFAULT_RETRY_ATTEMPTS : maximumRetryAttempts;
  }

  /** How long an event may wait, in seconds. */
  public int eventAgeSeconds() {
    return maximumEventAgeInSeconds == null ? DEFAULT_EVENT_AGE_SECONDS : maximumEventAgeInSeconds;
  }
}
