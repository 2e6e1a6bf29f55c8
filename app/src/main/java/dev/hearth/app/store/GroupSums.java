package dev.hearth.app.store;

import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.query.GroupKey;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.timeline.BucketSum;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Adds up the rows of a group. */
final class GroupSums {
  private static final long NANOS = 1_000_000_000L;
  private static final long HOUR = 3_600 * NANOS;
  private static final DateTimeFormatter HOUR_TEXT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final ZoneId ZONE = ZoneId.systemDefault();

  private final FactRows.Numbers durations = new FactRows.Numbers();
  private long calls;
  private long cold;
  private long errors;
  private long throttled;
  private long peak = -1;
  private long cost;

  void add(FactSegment segment, int row) {
    InvocationStatus status = segment.status(row);
    calls++;
    cold += segment.cold(row) ? 1 : 0;
    errors += BucketSum.isError(status) ? 1 : 0;
    throttled += status == InvocationStatus.THROTTLED ? 1 : 0;
    peak = Math.max(peak, segment.peaks[row]);
    cost += segment.costs[row];
    if (segment.durations[row] >= 0) {
      durations.add(segment.durations[row]);
    }
  }

  GroupSummary summary(String key) {
    long[] sorted = durations.toArray();
    RadixOrder.sort(sorted);
    return new GroupSummary(
        key,
        calls,
        cold,
        errors,
        throttled,
        percentile(sorted, 0.5),
        percentile(sorted, 0.9),
        percentile(sorted, 0.99),
        peak,
        cost);
  }

  /** By nearest rank; -1 when there is nothing. */
  static long percentile(long[] sorted, double fraction) {
    return sorted.length == 0
        ? -1
        : sorted[Math.max(0, (int) Math.ceil(fraction * sorted.length) - 1)];
  }

  /** What rows of a group have in common, cheap to compare. */
  static Object key(FactSegment segment, int row, GroupKey key) {
    return switch (key) {
      case FUNCTION -> segment.functions[row];
      case STATUS -> segment.status(row);
      case ERROR -> segment.errors[row] == null ? "" : segment.errors[row];
      case START -> segment.cold(row);
      case VERSION -> segment.versions[row];
      case ENVIRONMENT -> segment.environments[row];
      case HOUR -> Math.floorDiv(segment.ids[row], HOUR);
    };
  }

  static String text(Sql sql, Object key, GroupKey by) throws SQLException {
    return switch (by) {
      case FUNCTION, ERROR, VERSION -> String.valueOf(key);
      case STATUS -> HistoryQuery.statusWord((InvocationStatus) key);
      case START -> key.equals(true) ? "cold" : "warm";
      case ENVIRONMENT ->
          sql.first(
                  "SELECT environment_id FROM environments WHERE id = ?",
                  row -> row.getString(1),
                  key)
              .orElse("");
      case HOUR -> HOUR_TEXT.format(local((Long) key));
    };
  }

  private static LocalDateTime local(long hour) {
    return LocalDateTime.ofInstant(Instant.ofEpochSecond(hour * HOUR / NANOS), ZONE);
  }
}
