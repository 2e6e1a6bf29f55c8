package dev.hearth.app.service;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.project.query.GroupKey;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.SearchResult;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import java.util.List;
import java.util.Optional;

/**
 * The stored past. What is queried includes everything that had ended when the call was made: the
 * batched writer is flushed first. Methods block.
 */
public interface HistoryService {
  /** The newest {@code limit} invocations, oldest of them first. */
  List<InvocationRecord> recent(int limit);

  /** Up to {@code limit} invocations before the one given, oldest first; for paging back. */
  List<InvocationRecord> before(InvocationRecord record, int limit);

  long count();

  Optional<InvocationDetail> detail(String requestId);

  /** The newest {@code limit} environments, oldest of them first. */
  List<EnvironmentRecord> environments(int limit);

  /** The memory curve of an environment between two times (nanoseconds since the epoch). */
  List<MemoryPoint> memory(String environmentId, long from, long to);

  /**
   * Finds ended invocations. Takes some milliseconds for a million of them, and a little longer the
   * first time.
   */
  SearchResult search(HistoryQuery query, SortOrder order);

  /** The rows at some places of a search result, in its order; what has gone is left out. */
  List<InvocationRecord> records(long[] positions);

  /** The figures of all rows of a query together. */
  GroupSummary summary(HistoryQuery query);

  /** The figures of the rows of a query, put together by what they have in common. */
  List<GroupSummary> groups(HistoryQuery query, GroupKey key);

  /** The durations of all rows of a query that have one, nanoseconds, in no order. */
  long[] durations(HistoryQuery query);

  /**
   * What existed and happened between two times, as fine as a picture can show it; of bounded size.
   *
   * @param from nanoseconds since the epoch
   * @param to nanoseconds since the epoch
   * @param nanosPerPixel of the picture
   */
  TimelineSlice slice(long from, long to, double nanosPerPixel);

  /** The whole history, coarsely. */
  TimelineOverview overview();

  /**
   * How calls went between two times; sums cost the same however many calls there are.
   *
   * @param from nanoseconds since the epoch
   * @param to nanoseconds since the epoch
   * @param function the only one that counts; empty for all
   */
  Insights insights(long from, long to, String function);

  /** Deletes all invocations and environments of the project. */
  void clear();
}
