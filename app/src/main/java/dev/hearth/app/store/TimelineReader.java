package dev.hearth.app.store;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.project.timeline.TimelineLevels;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the timeline draws: as much as a picture can show, however long the history is. What
 * the writer still holds is not seen: flush it first.
 */
public final class TimelineReader {
  /** Stretches in the map of the whole history: about as many as a map has pixels. */
  private static final int MAP_BUCKETS = 2_000;

  /** A lane of fewer calls is always read call by call. */
  private static final int FEW_CALLS = 2_000;

  private static final int CALLS_BEFORE = 20;

  private final Database database;

  public TimelineReader(Database database) {
    this.database = database;
  }

  /** An environment with its row. */
  private record Known(long row, EnvironmentRecord environment) {}

  private record Function(long row, String name) {}

  /**
   * What existed and happened between two times.
   *
   * @param from nanoseconds since the epoch
   * @param to nanoseconds since the epoch
   * @param nanosPerPixel of the picture
   */
  public TimelineSlice slice(long from, long to, double nanosPerPixel) {
    return database.read(
        sql -> {
          long count = count(sql, from, to);
          boolean many = count > TimelineSlice.MAX_LANES;
          List<Known> known = many ? List.of() : environments(sql, from, to);
          List<TimelineSlice.FunctionLane> functions =
              functions(
                  sql,
                  from,
                  to,
                  TimelineLevels.forPixel(
                      nanosPerPixel, TimelineLevels.FUNCTION_FIRST, TimelineLevels.FUNCTION_LAST));
          return new TimelineSlice(
              from,
              to,
              nanosPerPixel,
              lanes(sql, known, from, to, nanosPerPixel),
              functions,
              many ? Math.toIntExact(count) : 0,
              throttled(sql, functions, nanosPerPixel));
        });
  }

  /**
   * The sums tell where calls were refused; where a stretch of them is longer than a pixel, the
   * calls are asked.
   */
  private static List<Long> throttled(
      Sql sql, List<TimelineSlice.FunctionLane> functions, double nanosPerPixel)
      throws SQLException {
    TreeSet<Long> starts = new TreeSet<>();
    long length = 0;
    for (TimelineSlice.FunctionLane lane : functions) {
      BucketSeries buckets = lane.buckets();
      length = buckets.nanos();
      for (int i = 0; i < buckets.size(); i++) {
        if (buckets.sum(i).throttled > 0) {
          starts.add(buckets.start(i));
        }
      }
    }
    if (starts.isEmpty() || length <= nanosPerPixel) {
      long half = length / 2;
      return starts.stream().map(start -> start + half).toList();
    }
    return sql.query(
        "SELECT min(id) FROM invocations WHERE environment IS NULL AND id BETWEEN ? AND ?"
            + " AND status = 'THROTTLED' GROUP BY id / ? ORDER BY 1",
        row -> row.getLong(1),
        starts.first(),
        starts.last() + length,
        Math.max(1, (long) nanosPerPixel));
  }

  private static final String OVERLAPS =
      " FROM environments WHERE started_at <= ? AND (gone_at = 0 OR gone_at >= ?)";

  private static long count(Sql sql, long from, long to) throws SQLException {
    return sql.number("SELECT count(*)" + OVERLAPS, to, from);
  }

  /** By function and start. */
  private static List<Known> environments(Sql sql, long from, long to) throws SQLException {
    List<Known> found =
        sql.query(
            "SELECT environment_id, function_name, memory_mb, started_at, init_ended_at, gone_at,"
                + " gone_reason, id"
                + OVERLAPS
                + " ORDER BY started_at DESC LIMIT ?",
            row -> new Known(row.getLong(8), HistoryReader.environment(row)),
            to,
            from,
            TimelineSlice.MAX_LANES);
    found.sort(
        Comparator.comparing((Known k) -> k.environment.functionName())
            .thenComparingLong(k -> k.environment.startedAt()));
    return found;
  }

  private static List<TimelineSlice.Lane> lanes(
      Sql sql, List<Known> known, long from, long to, double nanosPerPixel) throws SQLException {
    int level = TimelineLevels.forPixel(nanosPerPixel, 0, TimelineLevels.ENVIRONMENT_LAST);
    List<TimelineSlice.Lane> lanes = new ArrayList<>(known.size());
    int left = TimelineSlice.MAX_CALLS;
    for (Known lane : known) {
      BucketSeries buckets = buckets(sql, lane.row, level, from, to);
      long calls = buckets.sums().stream().mapToLong(sum -> sum.calls).sum();
      boolean sparse = calls <= left && (calls <= FEW_CALLS || level == 0);
      if (sparse) {
        left -= (int) calls;
        lanes.add(new TimelineSlice.Lane(lane.environment, calls(sql, lane.row, from, to), null));
      } else {
        lanes.add(new TimelineSlice.Lane(lane.environment, null, buckets));
      }
    }
    return lanes;
  }

  /**
   * Also a few that were accepted before, which may have run into the range: an environment serves
   * one call at a time.
   */
  private static List<InvocationRecord> calls(Sql sql, long lane, long from, long to)
      throws SQLException {
    long first =
        sql.number(
            "SELECT coalesce(min(id), ?) FROM (SELECT id FROM invocations WHERE environment = ? AND"
                + " id <= ? ORDER BY id DESC LIMIT ?)",
            from,
            lane,
            from,
            CALLS_BEFORE);
    return sql.query(
        HistoryReader.RECORDS
            + "WHERE i.environment = ? AND i.id BETWEEN ? AND ?"
            + " AND i.started_at + max(i.duration_nanos, 0) >= ?"
            + " AND i.status NOT IN ('PENDING', 'RUNNING') ORDER BY i.id",
        HistoryReader::record,
        lane,
        first,
        to,
        from);
  }

  private static List<TimelineSlice.FunctionLane> functions(Sql sql, long from, long to, int level)
      throws SQLException {
    List<TimelineSlice.FunctionLane> lanes = new ArrayList<>();
    for (Function function :
        sql.query(
            "SELECT id, name FROM timeline_functions ORDER BY name",
            row -> new Function(row.getLong(1), row.getString(2)))) {
      BucketSeries buckets = buckets(sql, -function.row, level, from, to);
      if (buckets.size() > 0) {
        lanes.add(new TimelineSlice.FunctionLane(function.name, buckets));
      }
    }
    return lanes;
  }

  static BucketSeries buckets(Sql sql, long lane, int level, long from, long to)
      throws SQLException {
    long first = TimelineLevels.bucket(from, level);
    long last = TimelineLevels.bucket(to, level);
    FactRows.Numbers numbers = new FactRows.Numbers();
    List<BucketSum> sums = new ArrayList<>();
    sql.query(
        "SELECT tile, data FROM timeline_tiles WHERE lane = ? AND level = ? AND tile BETWEEN ? AND"
            + " ? ORDER BY tile",
        row -> {
          long base = row.getLong(1) << TileCodec.SLOT_BITS;
          @Nullable BucketSum[] slots = TileCodec.decode(row.getBytes(2));
          for (int slot = 0; slot < slots.length; slot++) {
            BucketSum sum = slots[slot];
            if (sum != null && base + slot >= first && base + slot <= last) {
              numbers.add(base + slot);
              sums.add(sum);
            }
          }
          return sums.size();
        },
        lane,
        level,
        first >> TileCodec.SLOT_BITS,
        last >> TileCodec.SLOT_BITS);
    return new BucketSeries(level, numbers.toArray(), sums);
  }

  /** The whole history. */
  public TimelineOverview overview() {
    return overview(0, Long.MAX_VALUE, MAP_BUCKETS);
  }

  /**
   * What was called between two times, from the first stretch with a call to the last.
   *
   * @param from nanoseconds since the epoch
   * @param to nanoseconds since the epoch
   * @param most stretches; at the finest level there may be fewer
   */
  public TimelineOverview overview(long from, long to, int most) {
    return database.read(
        sql -> {
          List<TimelineSlice.FunctionLane> coarse =
              functions(sql, from, to, TimelineLevels.FUNCTION_LAST);
          return coarse.isEmpty()
              ? TimelineOverview.NONE
              : finer(sql, coarse, new Bounds(from, to, most));
        });
  }

  private record Bounds(long from, long to, int most) {}

  /** The bounds are known coarsely, so the level is refined step by step. */
  private static TimelineOverview finer(
      Sql sql, List<TimelineSlice.FunctionLane> coarse, Bounds bounds) throws SQLException {
    List<TimelineSlice.FunctionLane> lanes = coarse;
    for (int level = TimelineLevels.FUNCTION_LAST; ; level--) {
      if (lanes.isEmpty()) {
        return TimelineOverview.NONE;
      }
      long from = lanes.stream().mapToLong(l -> l.buckets().start(0)).min().orElseThrow();
      long to =
          lanes.stream()
              .mapToLong(l -> l.buckets().start(l.buckets().size() - 1) + l.buckets().nanos())
              .max()
              .orElseThrow();
      boolean fine =
          level == TimelineLevels.FUNCTION_FIRST
              || (Math.min(to, bounds.to) - Math.max(from, bounds.from))
                      / TimelineLevels.nanos(level - 1)
                  > bounds.most;
      if (fine) {
        return new TimelineOverview(from, to, lanes);
      }
      long first = Math.max(from, bounds.from);
      lanes = functions(sql, first, Math.min(to - 1, bounds.to), level - 1);
    }
  }
}
