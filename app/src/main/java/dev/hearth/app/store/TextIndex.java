package dev.hearth.app.store;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.runtime.event.LogStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the words of events, responses, logs and reported spans into the index. The same event is
 * sent again and again, so a text that was met lately is not indexed a second time. Platform lines
 * are left out: they say the same of every call. Used by the writer's thread only.
 */
final class TextIndex {
  /** So much of a text is indexed. */
  private static final int MOST_CHARACTERS = 64 << 10;

  private static final int REMEMBERED = 512;
  private static final int REMEMBERED_CHARACTERS = 4_096;

  private final Map<String, Integer> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final StringBuilder buffer = new StringBuilder();
  private long next;
  private boolean started;

  /** Indexes the texts of a call inside the transaction under way. */
  FactSegment.Texts put(Sql sql, InvocationDetail detail) throws SQLException {
    return new FactSegment.Texts(
        put(sql, body(detail.event())),
        put(sql, body(detail.response())),
        put(sql, log(detail.record().requestId(), detail.log(), detail.spans())));
  }

  /** Indexes what a handler said once more, when it has said more; the new document. */
  int putLog(Sql sql, String requestId, List<LogEntry> log, List<TraceSpan> spans)
      throws SQLException {
    return put(sql, log(requestId, log, spans));
  }

  private static String body(byte[] bytes) {
    int length = Math.min(bytes.length, MOST_CHARACTERS);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * What the handler said, by its log or its spans. Without the request id, which would make every
   * log another one.
   */
  private String log(String requestId, List<LogEntry> log, List<TraceSpan> spans) {
    buffer.setLength(0);
    for (LogEntry entry : log) {
      if (entry.stream() != LogStream.PLATFORM && buffer.length() < MOST_CHARACTERS) {
        buffer
            .append(entry.text(), 0, Math.min(entry.text().length(), MOST_CHARACTERS))
            .append('\n');
      }
    }
    for (TraceSpan span : spans) {
      TraceSpan.Reported reported = span.reported();
      if (reported != null && buffer.length() < MOST_CHARACTERS) {
        buffer.append(span.name()).append(' ').append(span.detail()).append(' ');
        buffer.append(reported.error() == null ? "" : reported.error()).append('\n');
      }
    }
    return buffer.isEmpty() ? "" : buffer.toString().replace(requestId, "");
  }

  private int put(Sql sql, String text) throws SQLException {
    if (text.isBlank()) {
      return 0;
    }
    start(sql);
    Integer document = known.get(text);
    if (document != null) {
      return document;
    }
    int id = Math.toIntExact(next++);
    sql.update("INSERT INTO texts (rowid, body) VALUES (?, ?)", id, text);
    if (text.length() <= REMEMBERED_CHARACTERS) {
      known.put(text, id);
    }
    return id;
  }

  /** Another process may have added documents meanwhile, or deleted all of them. */
  private void start(Sql sql) throws SQLException {
    if (!started) {
      long stored = sql.number("SELECT next FROM text_sequence");
      if (stored != next) {
        known.clear();
      }
      next = stored;
      started = true;
    }
  }

  /** To be called before the transaction is committed. */
  void flush(Sql sql) throws SQLException {
    if (started) {
      sql.update("UPDATE text_sequence SET next = ?", next);
      started = false;
    }
  }

  /** Documents may have gone: after a roll-back or a deletion. */
  void forget() {
    known.clear();
    started = false;
  }
}
