package dev.hearth.app.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A table that holds each content once, found by its hash. It remembers the ids of what was stored
 * lately, since the same event is sent again and again. Used by one thread at a time.
 */
final class ContentTable {
  private static final int RAW = 0;
  private static final int DEFLATED = 1;
  private static final int REMEMBERED = 512;
  private static final int REMEMBERED_BYTES = 8 << 20;

  private final String insert;
  private final String find;
  private final String read;
  private final MessageDigest digest = sha256();
  private final Map<Content, Long> ids = new LinkedHashMap<>(64, 0.75f, true);
  private long rememberedBytes;

  /**
   * @param table {@code bodies} or {@code source_blobs}
   */
  ContentTable(String table) {
    insert = "INSERT INTO %s (sha256, size, encoding, data) VALUES (?, ?, ?, ?)".formatted(table);
    find = "SELECT id FROM %s WHERE sha256 = ?".formatted(table);
    read = "SELECT size, encoding, data FROM %s WHERE id = ?".formatted(table);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The id of the row that holds these bytes; inserts it when there is none. */
  long put(Sql sql, byte[] data) throws SQLException {
    Content content = new Content(data);
    Long known = ids.get(content);
    if (known != null) {
      return known;
    }
    byte[] hash = digest.digest(data);
    Optional<Long> found = sql.first(find, row -> row.getLong(1), hash);
    long id = found.isPresent() ? found.get() : insert(sql, hash, data);
    remember(content, id);
    return id;
  }

  private long insert(Sql sql, byte[] hash, byte[] data) throws SQLException {
    byte[] packed = data.length < Deflate.WORTH_BYTES ? data : Deflate.tryDeflate(data);
    int encoding = packed.length < data.length ? DEFLATED : RAW;
    return sql.insert(insert, hash, data.length, encoding, packed);
  }

  private void remember(Content content, long id) {
    if (content.bytes.length > REMEMBERED_BYTES / 4) {
      return;
    }
    ids.put(content, id);
    rememberedBytes += content.bytes.length;
    var eldest = ids.keySet().iterator();
    while (ids.size() > REMEMBERED || rememberedBytes > REMEMBERED_BYTES) {
      rememberedBytes -= eldest.next().bytes.length;
      eldest.remove();
    }
  }

  /** To be called when rows may have gone: after a roll-back or a deletion. */
  void forget() {
    ids.clear();
    rememberedBytes = 0;
  }

  /**
   * @throws SQLException also when there is no such row
   */
  byte[] get(Sql sql, long id) throws SQLException {
    return sql.first(read, row -> decode(row, 1), id)
        .orElseThrow(() -> new SQLException("no content with id " + id));
  }

  /** Reads the columns {@code size, encoding, data} that start at the given one. */
  static byte[] decode(ResultSet row, int column) throws SQLException {
    byte[] data = row.getBytes(column + 2);
    return row.getInt(column + 1) == DEFLATED ? Deflate.inflate(data, row.getInt(column)) : data;
  }

  /** Bytes as a key. */
  private static final class Content {
    private final byte[] bytes;
    private final int hash;

    Content(byte[] bytes) {
      this.bytes = bytes;
      this.hash = Arrays.hashCode(bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Content content
          && (content.bytes == bytes || Arrays.equals(content.bytes, bytes));
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
