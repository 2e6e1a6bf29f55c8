package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.compare.GroupComparison;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.QueryTerm;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.task.TaskRunner;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
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

  /** Reads what is known of the versions of both sides. */
  void compareVersions(@Nullable InvocationRecord shown) {
    long number = ++asked;
    sentence.set("");
    InvocationDetail first = other.get();
    boolean comparable =
        first != null
            && shown != null
            && first.record().functionName().equals(shown.functionName())
            && first.record().sourceVersion() != shown.sourceVersion();
    if (!comparable) {
      return;
    }
    int before = first.record().sourceVersion();
    int after = shown.sourceVersion();
    tasks.run(
        "compare versions",
        () -> versions(shown.functionName(), before, after),
        text -> {
          if (number == asked) {
            sentence.set(text);
          }
        },
        failure -> sentence.set(String.valueOf(failure.getMessage())));
  }

  /** Warm calls that went well: cold ones and failures would blur the picture. */
  private String versions(String function, int before, int after) {
    long[] first = history.durations(query(function, before));
    long[] second = history.durations(query(function, after));
    return first.length == 0 || second.length == 0
        ? ""
        : GroupComparison.of(first, second).sentence("v" + before, "v" + after);
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
