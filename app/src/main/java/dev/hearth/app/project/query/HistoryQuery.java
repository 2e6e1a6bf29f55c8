package dev.hearth.app.project.query;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What invocations are asked for: all terms must hold; none asks for all. */
public record HistoryQuery(List<QueryTerm> terms) {
  /** Asks for everything. */
  public static final HistoryQuery ALL = new HistoryQuery(List.of());

  private static final Map<InvocationStatus, String> STATUS_WORDS = statusWords();

  public HistoryQuery {
    terms = List.copyOf(terms);
  }

  /** What was accepted between two times, both included; nanoseconds since the epoch. */
  public static HistoryQuery between(long from, long to) {
    return new HistoryQuery(List.of(new QueryTerm.Time(from, to)));
  }

  /** This with one more term. */
  public HistoryQuery and(QueryTerm term) {
    List<QueryTerm> more = new ArrayList<>(terms);
    more.add(term);
    return new HistoryQuery(more);
  }

  public boolean test(QueryRow row) {
    for (QueryTerm term : terms) {
      if (!term.test(row)) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #test(QueryRow)} for a record, whose texts are not at hand. */
  public boolean test(InvocationRecord record) {
    return test(new RecordRow(record));
  }

  /** The words to be looked for in texts, in order of their number. */
  public List<QueryTerm.Word> words() {
    List<QueryTerm.Word> words = new ArrayList<>();
    for (QueryTerm term : terms) {
      QueryTerm inner = term instanceof QueryTerm.Not(QueryTerm negated) ? negated : term;
      if (inner instanceof QueryTerm.Word word) {
        words.add(word);
      }
    }
    return words;
  }

  /** The word for a status in lists and queries. */
  public static String statusWord(InvocationStatus status) {
    return STATUS_WORDS.get(status);
  }

  /** The statuses whose word contains a text. */
  static Set<InvocationStatus> statusesNamed(String text) {
    Set<InvocationStatus> found = EnumSet.noneOf(InvocationStatus.class);
    STATUS_WORDS.forEach(
        (status, word) -> {
          if (word.contains(text)) {
            found.add(status);
          }
        });
    return found;
  }

  private static Map<InvocationStatus, String> statusWords() {
    Map<InvocationStatus, String> words = new EnumMap<>(InvocationStatus.class);
    for (InvocationStatus status : InvocationStatus.values()) {
      words.put(status, status.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    return words;
  }
}
