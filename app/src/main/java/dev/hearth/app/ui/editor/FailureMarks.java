package dev.hearth.app.ui.editor;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.service.HistoryService;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.ui.kit.code.LineMarker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Marks the lines that the selected invocation failed at. The marks go with the next call that
 * succeeds and when another invocation is selected.
 */
final class FailureMarks {
  /** Enough to hold any stack trace; a longer payload is not searched further. */
  private static final int MAX_PAYLOAD = 200_000;

  private final HistoryService history;
  private final TaskRunner tasks;
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
  private List<StackLines.StackLine> lines = List.of();
  private long functionId;
  private String message = "";
  private String requestId = "";

  FailureMarks(HistoryService history, TaskRunner tasks) {
    this.history = history;
    this.tasks = tasks;
  }

  /** Grows whenever the marks have changed. */
  ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /** The selected invocation has changed, or has ended. */
  void show(@Nullable InvocationRecord record) {
    boolean failed =
        record != null
            && (record.status() == InvocationStatus.ERROR
                || record.status() == InvocationStatus.CRASHED);
    if (!failed) {
      requestId = "";
      set(0, "", List.of());
      return;
    }
    if (record.requestId().equals(requestId)) {
      return;
    }
    requestId = record.requestId();
    tasks.run(
        "failing line",
        () -> history.detail(record.requestId()).map(FailureMarks::linesOf).orElse(List.of()),
        found -> {
          if (record.requestId().equals(requestId)) {
            String type = record.errorType() == null ? "" : record.errorType();
            set(record.functionId(), type, found);
          }
        },
        failure -> set(0, "", List.of()));
  }

  private static List<StackLines.StackLine> linesOf(InvocationDetail detail) {
    byte[] payload = detail.response();
    int length = Math.min(payload.length, MAX_PAYLOAD);
    return StackLines.parse(new String(payload, 0, length, StandardCharsets.UTF_8));
  }

  private void set(long function, String text, List<StackLines.StackLine> found) {
    if (lines.isEmpty() && found.isEmpty()) {
      return;
    }
    functionId = function;
    message = text;
    lines = found;
    revision.set(revision.get() + 1);
  }

  /** What is to be marked in a document. */
  List<LineMarker> of(EditorDocument document) {
    List<LineMarker> markers = new ArrayList<>();
    if (document.functionId() == functionId) {
      for (StackLines.StackLine line : lines) {
        if (line.isIn(document.path()) && line.line() > 0) {
          markers.add(new LineMarker(line.line() - 1, -1, message));
        }
      }
    }
    return markers;
  }
}
