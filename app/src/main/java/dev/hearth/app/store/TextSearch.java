package dev.hearth.app.store;

import dev.hearth.app.project.query.QueryTerm;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Which texts hold a word. */
final class TextSearch {
  /** The newest so many are looked at. */
  static final int MOST_DOCUMENTS = 50_000;

  /** So many candidates are looked at one by one. */
  private static final int FEW_DOCUMENTS = 500;

  private static final int PREFIX_CHARACTERS = 3;

  /**
   * @param documents those that hold the word
   * @param complete whether there are no more
   */
  record Found(BitSet documents, boolean complete) {}

  private TextSearch() {}

  static Found find(Sql sql, QueryTerm.Word word) throws SQLException {
    String match = match(word);
    if (match.isEmpty()) {
      return new Found(new BitSet(), true);
    }
    Found rare = word.quoted() ? byRarestPart(sql, word.text(), match) : null;
    return rare == null ? find(sql, match, MOST_DOCUMENTS) : rare;
  }

  private static Found find(Sql sql, String match, int most) throws SQLException {
    // One answer for all rows: handing them over one by one would take ten times as long.
    String ids =
        sql.first(
                "SELECT coalesce(group_concat(rowid), '') FROM (SELECT rowid FROM texts WHERE texts"
                    + " MATCH ? ORDER BY rowid DESC LIMIT ?)",
                row -> row.getString(1),
                match,
                most)
            .orElse("");
    BitSet documents = new BitSet();
    int count = ids.isEmpty() ? 0 : parse(ids, documents);
    return new Found(documents, count < most);
  }

  /**
   * A phrase such as {@code A-1042} can have a part that very many texts hold: those that hold its
   * longest part are looked at one by one, when they are few. Null when they are not.
   */
  private static @Nullable Found byRarestPart(Sql sql, String phrase, String match)
      throws SQLException {
    String[] parts = phrase.split("[^\\p{L}\\p{N}]+");
    if (parts.length < 2) {
      return null;
    }
    String longest = Collections.max(Arrays.asList(parts), Comparator.comparingInt(String::length));
    Found candidates = find(sql, '"' + longest + '"', FEW_DOCUMENTS);
    if (!candidates.complete()) {
      return null;
    }
    BitSet found = new BitSet();
    for (int id = candidates.documents().nextSetBit(0);
        id >= 0;
        id = candidates.documents().nextSetBit(id + 1)) {
      if (sql.number("SELECT count(*) FROM texts WHERE texts MATCH ? AND rowid = ?", match, id)
          > 0) {
        found.set(id);
      }
    }
    return new Found(found, true);
  }

  /** As an FTS5 string; a word without letters or digits can't be found. */
  private static String match(QueryTerm.Word word) {
    String text = word.text();
    if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return "";
    }
    boolean prefix = !word.quoted() && text.length() >= PREFIX_CHARACTERS;
    return '"' + text.replace("\"", "\"\"") + '"' + (prefix ? "*" : "");
  }

  private static int parse(String ids, BitSet into) {
    int count = 0;
    int value = 0;
    for (int i = 0; i < ids.length(); i++) {
      char c = ids.charAt(i);
      if (c == ',') {
        into.set(value);
        count++;
        value = 0;
      } else {
        value = value * 10 + (c - '0');
      }
    }
    into.set(value);
    return count + 1;
  }
}
