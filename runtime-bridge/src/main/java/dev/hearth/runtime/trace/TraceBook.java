package dev.hearth.runtime.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The calls of late, by trace and by environment, so that a span finds the call that it belongs to.
 * Retries of an asynchronous call and calls of one caller have the same trace: among them the time
 * decides. An environment serves one call at a time, so a sender that is known to be in one is
 * found by time as well when its trace is another.
 */
final class TraceBook {
  /** Spans of calls before that many others find nothing any more. */
  static final int CALLS = 16_384;

  /** More spans of one call are not kept. */
  static final int SPANS_OF_A_CALL = 5_000;

  /** The clocks of a span and of a call are read in different ways. */
  private static final long TOLERANCE_NANOS = 2_000_000;

  private final Deque<Call> calls = new ArrayDeque<>();
  private final Map<String, List<Call>> byTrace = new HashMap<>();

  /** A call and how much it has told. */
  static final class Call {
    private final String traceId;
    final String environmentId;
    final String requestId;
    private final long startNanos;
    final UnaryOperator<String> mask;
    private int spans;
    private boolean full;

    private Call(
        String traceId,
        String environmentId,
        String requestId,
        long startNanos,
        UnaryOperator<String> mask) {
      this.traceId = traceId;
      this.environmentId = environmentId;
      this.requestId = requestId;
      this.startNanos = startNanos;
      this.mask = mask;
    }
  }

  /**
   * An environment serves a call from now on.
   *
   * @param mask takes the function's secrets out of a text
   */
  synchronized void begin(
      String traceHeader,
      String environmentId,
      String requestId,
      long startNanos,
      UnaryOperator<String> mask) {
    Call call = new Call(TraceHeader.root(traceHeader), environmentId, requestId, startNanos, mask);
    calls.add(call);
    byTrace.computeIfAbsent(call.traceId, _ -> new ArrayList<>(1)).add(call);
    if (calls.size() > CALLS) {
      forget(calls.remove());
    }
  }

  private void forget(Call oldest) {
    List<Call> same = byTrace.get(oldest.traceId);
    if (same != null) {
      same.remove(oldest);
      if (same.isEmpty()) {
        byTrace.remove(oldest.traceId);
      }
    }
  }

  /**
   * The call that a span belongs to; null when none is known.
   *
   * @param traceId empty when the sender named none
   * @param environmentId where the sender is; null when that is not known
   */
  synchronized @Nullable Call find(String traceId, @Nullable String environmentId, long nanos) {
    List<Call> traced = traceId.isEmpty() ? List.of() : byTrace.getOrDefault(traceId, List.of());
    Call found = latest(traced, environmentId, nanos);
    if (found == null && environmentId != null) {
      found = latest(calls, environmentId, nanos);
    }
    return found;
  }

  /** The last one that had begun; the first of all when none had: it was the environment's init. */
  private static @Nullable Call latest(
      Iterable<Call> inOrder, @Nullable String environmentId, long nanos) {
    Call found = null;
    for (Call call : inOrder) {
      boolean fits = environmentId == null || call.environmentId.equals(environmentId);
      if (fits && (found == null || call.startNanos <= nanos + TOLERANCE_NANOS)) {
        found = call;
      }
    }
    return found;
  }

  /** Counts spans of a call: how many of so many are still kept. */
  synchronized int admit(Call call, int count) {
    int room = Math.min(count, SPANS_OF_A_CALL - call.spans);
    call.spans += room;
    return room;
  }

  /** True once for a call of which not all is kept. */
  synchronized boolean becomesFull(Call call) {
    boolean first = !call.full;
    call.full = true;
    return first;
  }
}
