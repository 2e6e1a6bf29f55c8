package dev.hearth.app.store;

import java.lang.ref.SoftReference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The segments of the history in memory, for as long as there is memory to spare: what has come
 * since the last time is read, nothing twice. Safe for use by several threads.
 */
final class FactCache {
  private SoftReference<Loaded> last = new SoftReference<>(null);

  private static final class Loaded {
    private final Map<Long, FactSegment> segments = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
  }

  /** All segments as they are in the file now. */
  List<FactSegment> read(Sql sql) throws SQLException {
    synchronized (this) {
      Loaded loaded = last.get();
      if (loaded == null) {
        loaded = new Loaded();
        last = new SoftReference<>(loaded);
      }
      return read(sql, loaded);
    }
  }

  private static List<FactSegment> read(Sql sql, Loaded loaded) throws SQLException {
    List<Long> ids = sql.query("SELECT id FROM fact_segments ORDER BY id", row -> row.getLong(1));
    loaded.segments.keySet().retainAll(new java.util.HashSet<>(ids));
    List<FactSegment> current = new ArrayList<>(ids.size());
    for (long id : ids) {
      FactSegment segment = loaded.segments.get(id);
      if (segment == null) {
        // A segment that was joined to others since the ids were read is found in the next answer.
        segment =
            sql.first(
                    "SELECT data FROM fact_segments WHERE id = ?",
                    row -> FactSegment.decode(row.getBytes(1), loaded.names),
                    id)
                .orElse(null);
        if (segment == null) {
          continue;
        }
        loaded.segments.put(id, segment);
      }
      current.add(segment);
    }
    return current;
  }
}
