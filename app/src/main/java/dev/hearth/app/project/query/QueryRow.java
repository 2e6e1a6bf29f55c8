package dev.hearth.app.project.query;

import dev.hearth.app.project.InvocationStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a query can ask of one invocation, so that the rows of the window and the packed rows of the
 * history are judged by the same code. Times and durations in nanoseconds, below 0 when unmeasured.
 */
public interface QueryRow {
  InvocationStatus status();

  boolean coldStart();

  String functionName();

  @Nullable String errorType();

  @Nullable String environmentId();

  int sourceVersion();

  /** Nanoseconds since the epoch. */
  long queuedAt();

  long initNanos();

  long durationNanos();

  long billedMillis();

  int memoryMb();

  long peakMemoryBytes();

  long costPicoUsd();

  /** Whether the request id starts with these lower-case characters. */
  boolean idStartsWith(String start);

  /** Whether the event, the response or the log holds a word of the query. */
  boolean hasText(QueryTerm.Word word);
}
