package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.compare.GroupComparison;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.QueryParser;
import dev.hearth.app.project.query.QueryTerm;
import dev.hearth.app.project.query.QueryTimes;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.task.TaskRunner;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What the shown invocation is compared with, and, when both ran different source, whether the two
 * versions differ by more than chance. FX thread only.
 */
final class ComparisonModel {
  private final HistoryService history;
  private final TaskRunner tasks;
  private final ObjectProperty<@Nullable InvocationDetail> other;
  private final ReadOnlyStringWrapper sentence = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<List<Group>> groups = new ReadOnlyObjectWrapper<>(List.of());
  private boolean byQuery;
  private long asked;

  /**
   * @param other what the shown invocation is compared with
   */
  ComparisonModel(
      HistoryService history, TaskRunner tasks, ObjectProperty<@Nullable InvocationDetail> other) {
    this.other = other;
    this.history = history;
    this.tasks = tasks;
  }

  /** The invocation on the other side; null until one is chosen. */
  ObjectProperty<@Nullable InvocationDetail> otherProperty() {
    return other;
  }

  /** How the versions of the two differ; empty when they ran the same one. */
  ReadOnlyStringProperty sentenceProperty() {
    return sentence.getReadOnlyProperty();
  }

  /** The durations of the versions that the two ran; empty while nothing is known. */
  ReadOnlyObjectProperty<List<Group>> groupsProperty() {
    return groups.getReadOnlyProperty();
  }

  /**
   * Warm calls of a version that went well: cold ones and failures would blur the picture.
   *
   * @param sorted durations, nanoseconds; never empty; do not modify
   */
  @SuppressWarnings("ArrayRecordComponent") // held for drawing, compared by no one
  record Group(String name, long[] sorted) {
    /** The duration that a share of the calls did not exceed. */
    long at(double share) {
      return sorted[Math.clamp((int) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }
  }

  private record Answer(List<Group> groups, String sentence) {}

  /**
   * Compares the calls of two queries from now on, whatever is shown; those of the versions again
   * when both are empty.
   */
  void compareGroups(String before, String after, @Nullable InvocationRecord shown) {
    byQuery = !before.isEmpty() || !after.isEmpty();
    if (!byQuery) {
      compareVersions(shown);
      return;
    }
    long number = ++asked;
    groups.set(List.of());
    sentence.set("");
    tasks.run(
        "compare groups",
        () -> answer(named(before), named(after)),
        answer -> show(number, answer),
        failure -> show(number, new Answer(List.of(), String.valueOf(failure.getMessage()))));
  }

  private Group named(String line) {
    QueryParser.Parsed parsed = QueryParser.parse(line, QueryTimes.here());
    String problem = parsed.problem();
    long[] durations = problem == null ? history.durations(parsed.query()) : new long[0];
    if (durations.length == 0) {
      throw new HearthException(
          HearthException.Kind.INPUT,
          problem != null
              ? problem
              : "No invocation with a measured duration matches \"%s\".".formatted(line));
    }
    Arrays.sort(durations);
    return new Group(line.isEmpty() ? "all calls" : line, durations);
  }

  /** An answer or a failure that comes after a newer question is of no interest. */
  private void show(long number, Answer answer) {
    if (number == asked) {
      sentence.set(answer.sentence());
      groups.set(answer.groups());
    }
  }

  /** Reads what is known of the versions of both sides, unless groups were asked for. */
  void compareVersions(@Nullable InvocationRecord shown) {
    if (byQuery) {
      return;
    }
    long number = ++asked;
    sentence.set("");
    groups.set(List.of());
    InvocationDetail first = other.get();
    if (first == null
        || shown == null
        || !first.record().functionName().equals(shown.functionName())) {
      return;
    }
    int before = first.record().sourceVersion();
    int after = shown.sourceVersion();
    tasks.run(
        "compare versions",
        () -> versions(shown.functionName(), before, after),
        answer -> show(number, answer),
        failure -> show(number, new Answer(List.of(), String.valueOf(failure.getMessage()))));
  }

  private Answer versions(String function, int before, int after) {
    Group first = group(function, before);
    return answer(first, before == after ? first : group(function, after));
  }

  private static Answer answer(Group first, Group second) {
    List<Group> found =
        Stream.of(first, second).distinct().filter(g -> g.sorted().length > 0).toList();
    boolean both = found.size() == 2;
    return new Answer(
        found,
        both
            ? GroupComparison.of(first.sorted(), second.sorted())
                .sentence(first.name(), second.name())
            : "");
  }

  private Group group(String function, int version) {
    long[] durations = history.durations(query(function, version));
    Arrays.sort(durations);
    return new Group("v" + version, durations);
  }

  private static HistoryQuery query(String function, int version) {
    return new HistoryQuery(
        List.of(
            new QueryTerm.NameHas(QueryTerm.Name.FUNCTION, function.toLowerCase(Locale.ROOT), true),
            new QueryTerm.Amount(QueryTerm.Figure.VERSION, version, version),
            new QueryTerm.Cold(false),
            new QueryTerm.Status(EnumSet.of(InvocationStatus.OK))));
  }
}
