package dev.hearth.app.store;

import dev.hearth.app.project.ReportedSpans;
import dev.hearth.app.project.TraceSpan;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds spans to calls whose row is written already. The table has no index of request ids, so the
 * rows written of late are remembered; spans that come after so many other calls are not kept. Used
 * by the writer's thread only.
 */
final class LateSpans {
  /** As many calls as the runtime remembers for the same purpose. */
  private static final int REMEMBERED = 16_384;

  private final DetailCodec codec;
  private final HistoryIndex index;
  private final Map<String, Long> rows =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  LateSpans(DetailCodec codec, HistoryIndex index) {
    this.codec = codec;
    this.index = index;
  }

  /** The row of a call that has ended; of a retry the last. */
  void written(String requestId, long id) {
    rows.put(requestId, id);
  }

  /** Writes the waterfall anew, inside the transaction under way, and lets its words be found. */
  void add(Sql sql, String requestId, List<TraceSpan> spans) throws SQLException {
    Long id = rows.get(requestId);
    if (id == null) {
      return;
    }
    Optional<HistoryIndex.InvocationWords> stored =
        sql.first(
            "SELECT spans, log FROM invocations WHERE id = ?",
            row ->
                new HistoryIndex.InvocationWords(
                    id,
                    requestId,
                    DetailCodec.decodeLog(row.getBytes(2), id, requestId),
                    ReportedSpans.merge(DetailCodec.decodeSpans(row.getBytes(1), id), spans)),
            id);
    if (stored.isPresent()) {
      byte[] blob = codec.encodeSpans(stored.get().spans(), id);
      sql.update("UPDATE invocations SET spans = ? WHERE id = ?", blob, id);
      index.addLate(sql, stored.get());
    }
  }

  /** Rows may have gone: after a roll-back or a deletion. */
  void forget() {
    rows.clear();
  }
}
