package dev.hearth.app.store;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.TraceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that the batched writer stores. */
public sealed interface HistoryWrite {
  /** An invocation that has ended, with everything. */
  record Ended(InvocationDetail detail) implements HistoryWrite {}

  /**
   * An invocation that has not ended yet when the batch is written, so that it is found after a
   * crash.
   */
  record Open(InvocationDetail detail) implements HistoryWrite {}

  /** What instrumentation told of an invocation after its end was stored. */
  record LateSpans(String requestId, List<TraceSpan> spans) implements HistoryWrite {}

  /** A new or changed environment. */
  record Environment(EnvironmentRecord record) implements HistoryWrite {}

  /** A project setting; null removes it. */
  record Setting(String key, @Nullable String value) implements HistoryWrite {}
}
