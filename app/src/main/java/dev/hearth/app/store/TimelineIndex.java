package dev.hearth.app.store;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.project.timeline.TimelineLevels;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sums that the timeline draws from afar up to date: a batch of calls is added up in
 * memory at the finest level, and each coarser level is made from the one before, so that a batch
 * costs a few tiles and not a few tiles per call. Used by the writer's thread only.
 */
final class TimelineIndex {
  /** A call is at most this long in stretches; Lambda ends it after 15 minutes. */
  private static final long MOST_BUCKETS = 4_096;

  private final TileCodec codec = new TileCodec();
  private final Map<Long, Map<Long, BucketSum>> environments = new HashMap<>();
  private final Map<String, Map<Long, BucketSum>> functions = new HashMap<>();

  /** Takes an ended call; it is stored with the next {@link #flush}. */
  void add(InvocationRecord record, @Nullable Long environment) {
    if (environment != null) {
      spread(environments.computeIfAbsent(environment, id -> new HashMap<>()), record, 0);
    }
    spread(
        functions.computeIfAbsent(record.functionName(), name -> new HashMap<>()),
        record,
        TimelineLevels.FUNCTION_FIRST);
  }

  private static void spread(Map<Long, BucketSum> sums, InvocationRecord record, int level) {
    long start = record.startedAt() > 0 ? record.startedAt() : record.queuedAt();
    sum(sums, TimelineLevels.bucket(start, level)).count(record);
    if (record.startedAt() <= 0) {
      return;
    }
    if (record.coldStart() && record.initNanos() > 0) {
      run(sums, level, start - record.initNanos(), start, Time.INIT);
    }
    if (record.durationNanos() > 0) {
      Time kind = BucketSum.isError(record.status()) ? Time.FAILED : Time.BUSY;
      run(sums, level, start, start + record.durationNanos(), kind);
    }
  }

  private enum Time {
    INIT,
    BUSY,
    FAILED
  }

  private static void run(Map<Long, BucketSum> sums, int level, long from, long to, Time kind) {
    long length = TimelineLevels.nanos(level);
    long first = TimelineLevels.bucket(from, level);
    long last = Math.min(TimelineLevels.bucket(to - 1, level), first + MOST_BUCKETS);
    for (long bucket = first; bucket <= last; bucket++) {
      long end = bucket == last ? to : (bucket + 1) * length;
      long part = end - Math.max(from, bucket * length);
      BucketSum sum = sum(sums, bucket);
      switch (kind) {
        case INIT -> sum.initNanos += part;
        case BUSY -> sum.busyNanos += part;
        case FAILED -> sum.failedNanos += part;
      }
    }
  }

  private static BucketSum sum(Map<Long, BucketSum> sums, long bucket) {
    return sums.computeIfAbsent(bucket, b -> new BucketSum());
  }

  /** Stores what was added, inside the transaction under way. */
  void flush(Sql sql) throws SQLException {
    for (Map.Entry<Long, Map<Long, BucketSum>> lane : environments.entrySet()) {
      store(sql, lane.getKey(), lane.getValue(), 0, TimelineLevels.ENVIRONMENT_LAST);
    }
    for (Map.Entry<String, Map<Long, BucketSum>> lane : functions.entrySet()) {
      store(
          sql,
          -functionId(sql, lane.getKey()),
          lane.getValue(),
          TimelineLevels.FUNCTION_FIRST,
          TimelineLevels.FUNCTION_LAST);
    }
    environments.clear();
    functions.clear();
  }

  /** Forgets what was not stored. */
  void forget() {
    environments.clear();
    functions.clear();
  }

  private void store(Sql sql, long lane, Map<Long, BucketSum> finest, int first, int last)
      throws SQLException {
    TreeMap<Long, BucketSum> sums = new TreeMap<>(finest);
    for (int level = first; ; level++) {
      storeLevel(sql, lane, level, sums);
      if (level == last) {
        return;
      }
      TreeMap<Long, BucketSum> coarser = new TreeMap<>();
      sums.forEach((bucket, sum) -> sum(coarser, bucket >> 2).add(sum));
      sums = coarser;
    }
  }

  private void storeLevel(Sql sql, long lane, int level, TreeMap<Long, BucketSum> sums)
      throws SQLException {
    long tile = Long.MIN_VALUE;
    @Nullable BucketSum[] slots = new BucketSum[0];
    for (Map.Entry<Long, BucketSum> entry : sums.entrySet()) {
      long wanted = entry.getKey() >> TileCodec.SLOT_BITS;
      if (wanted != tile) {
        put(sql, lane, level, tile, slots);
        tile = wanted;
        slots = read(sql, lane, level, tile);
      }
      int slot = (int) (entry.getKey() & TileCodec.SLOTS - 1);
      BucketSum sum = slots[slot];
      if (sum == null) {
        sum = new BucketSum();
        slots[slot] = sum;
      }
      sum.add(entry.getValue());
    }
    put(sql, lane, level, tile, slots);
  }

  private static @Nullable BucketSum[] read(Sql sql, long lane, int level, long tile)
      throws SQLException {
    Optional<byte[]> stored =
        sql.first(
            "SELECT data FROM timeline_tiles WHERE lane = ? AND level = ? AND tile = ?",
            row -> row.getBytes(1),
            lane,
            level,
            tile);
    return stored.isPresent() ? TileCodec.decode(stored.get()) : new BucketSum[TileCodec.SLOTS];
  }

  private void put(Sql sql, long lane, int level, long tile, @Nullable BucketSum[] slots)
      throws SQLException {
    if (slots.length > 0) {
      sql.update(
          "INSERT INTO timeline_tiles VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET data ="
              + " excluded.data",
          lane,
          level,
          tile,
          codec.encode(slots));
    }
  }

  private static long functionId(Sql sql, String name) throws SQLException {
    long found = sql.number("SELECT id FROM timeline_functions WHERE name = ?", name);
    return found != 0
        ? found
        : sql.insert("INSERT INTO timeline_functions (name) VALUES (?)", name);
  }
}
