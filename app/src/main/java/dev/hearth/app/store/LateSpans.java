package dev.hearth.app.store;

import dev.hearth.app.project.ReportedSpans;
import dev.hearth.app.project.TraceSpan;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds spans to calls whose row is written already. The table has no index of request ids, so the
 * rows written of late are remembered; spans that come after so many other calls are not kept. Used
 * by the writer's thread only.
 */
final class LateSpans {
  /** As many calls as the runtime remembers for the same purpose. */
  private static final int REMEMBERED = 16_384;

  private final DetailCodec codec;
  private final Map<String, Long> rows =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  LateSpans(DetailCodec codec) {
    this.codec = codec;
  }

  /** The row of a call that has ended; of a retry the last. */
  void written(String requestId, long id) {
    rows.put(requestId, id);
  }

  /** Writes the waterfall anew, inside the transaction under way. */
  void add(Sql sql, String requestId, List<TraceSpan> spans) throws SQLException {
    Long id = rows.get(requestId);
    if (id == null) {
      return;
    }
    byte[][] stored = new byte[1][];
    sql.query("SELECT spans FROM invocations WHERE id = ?", r -> stored[0] = r.getBytes(1), id);
    List<TraceSpan> all = ReportedSpans.merge(DetailCodec.decodeSpans(stored[0], id), spans);
    sql.update("UPDATE invocations SET spans = ? WHERE id = ?", codec.encodeSpans(all, id), id);
  }

  /** Rows may have gone: after a roll-back or a deletion. */
  void forget() {
    rows.clear();
  }
}
