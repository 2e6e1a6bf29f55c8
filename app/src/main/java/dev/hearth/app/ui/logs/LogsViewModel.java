package dev.hearth.app.ui.logs;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.state.LogBuffer;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.resources.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;

/**
 * The log lines that pass the filter: live from the window's buffer, or of one stored invocation.
 * Appending is incremental; the list is bounded like the buffer.
 */
final class LogsViewModel {
  private final ProjectSession session;
  private final WorkbenchState state;
  private final TaskRunner tasks;
  private final Texts texts = Texts.of("logs");
  private final ObservableList<LogEntry> lines = FXCollections.observableArrayList();
  private final BooleanProperty onlySelected;
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final Subscription subscription;
  private Predicate<String> accept = text -> true;
  private List<LogEntry> stored = List.of();
  private long read;
  private long ticket;

  LogsViewModel(PanelContext context, boolean onlySelected) {
    session = context.session();
    state = context.state();
    tasks = context.tasks();
    this.onlySelected = new SimpleBooleanProperty(onlySelected);
    LogBuffer buffer = state.logs();
    subscription =
        Subscription.combine(
            this.onlySelected.subscribe(on -> restart()),
            filter.subscribe(text -> filterChanged(text)),
            state.invocations().selectedProperty().subscribe(record -> selectionChanged()),
            buffer.startProperty().subscribe(start -> dropOld()));
  }

  /** The lines to show, oldest first. */
  ObservableList<LogEntry> lines() {
    return lines;
  }

  BooleanProperty onlySelectedProperty() {
    return onlySelected;
  }

  StringProperty filterProperty() {
    return filter;
  }

  /** What is wrong with the filter; empty when nothing is. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  LogBuffer buffer() {
    return state.logs();
  }

  void clear() {
    state.logs().clear();
    stored = List.of();
    restart();
  }

  /** Takes the lines that came since the last call; the view calls it at most once per pulse. */
  void pull() {
    LogBuffer buffer = state.logs();
    if (onlySelected.get()) {
      return;
    }
    List<LogEntry> fresh = new ArrayList<>();
    for (read = Math.max(read, buffer.start()); read < buffer.end(); read++) {
      LogEntry entry = buffer.line(read).entry();
      if (accept.test(entry.text())) {
        fresh.add(entry);
      }
    }
    if (!fresh.isEmpty()) {
      lines.addAll(fresh);
    }
  }

  private void filterChanged(String text) {
    problem.set("");
    accept = line -> true;
    if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
      String expression = text.substring(1, text.length() - 1);
      try {
        accept = Pattern.compile(expression, Pattern.CASE_INSENSITIVE).asPredicate();
      } catch (PatternSyntaxException e) {
        problem.set(texts.get("filter.bad", expression, e.getDescription()));
        return;
      }
    } else if (!text.isBlank()) {
      accept =
          Pattern.compile(text.strip(), Pattern.LITERAL | Pattern.CASE_INSENSITIVE).asPredicate();
    }
    restart();
  }

  private void selectionChanged() {
    if (onlySelected.get()) {
      restart();
    }
  }

  private void restart() {
    ticket++;
    lines.clear();
    read = 0;
    if (onlySelected.get()) {
      loadSelected();
    } else {
      pull();
    }
  }

  private void loadSelected() {
    InvocationRecord record = state.invocations().selectedProperty().get();
    if (record == null) {
      return;
    }
    if (!record.status().ended()) {
      showRunning(record);
      return;
    }
    long mine = ticket;
    tasks.run(
        "load log",
        () ->
            session
                .history()
                .detail(record.requestId())
                .map(InvocationDetail::log)
                .orElse(List.of()),
        log -> {
          if (mine == ticket) {
            stored = log;
            lines.setAll(stored.stream().filter(e -> accept.test(e.text())).toList());
          }
        },
        failure -> state.notices().add(Failures.notice(failure)));
  }

  private void showRunning(InvocationRecord record) {
    LogBuffer buffer = state.logs();
    List<LogEntry> own = new ArrayList<>();
    for (long i = buffer.start(); i < buffer.end(); i++) {
      LogBuffer.Line line = buffer.line(i);
      if (record.requestId().equals(line.requestId()) && accept.test(line.entry().text())) {
        own.add(line.entry());
      }
    }
    lines.setAll(own);
  }

  /** Keeps the list as short as the buffer; cuts seldom, because cutting moves everything. */
  private void dropOld() {
    int most = LogBuffer.DEFAULT_CAPACITY;
    if (!onlySelected.get() && lines.size() > most + most / 10) {
      lines.remove(0, lines.size() - most);
    }
  }

  void close() {
    subscription.unsubscribe();
  }
}
