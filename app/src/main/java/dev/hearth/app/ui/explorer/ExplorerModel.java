package dev.hearth.app.ui.explorer;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.SourceFile;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.Pacer;
import dev.hearth.app.ui.explorer.ExplorerRow.EmptyRow;
import dev.hearth.app.ui.explorer.ExplorerRow.EventRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FileRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FolderRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FunctionRow;
import dev.hearth.app.ui.explorer.ExplorerRow.Section;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.StatusDot;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.event.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

/** The explorer's lines, derived from the window's state. FX thread only. */
final class ExplorerModel implements AutoCloseable {
  /** Functions with more files start with their folders closed. */
  private static final int SMALL = 40;

  private final PanelContext context;
  private final WorkbenchState state;
  private final Texts texts;
  private final Subscriptions subscriptions = new Subscriptions();
  private final ObservableList<ExplorerRow> rows = FXCollections.observableArrayList();
  private final Set<Long> expanded = new HashSet<>();
  private final Map<Long, List<SourceFile>> files = new HashMap<>();
  private final Map<Long, Set<String>> folders = new HashMap<>();
  private final Map<String, Boolean> lastFailed = new HashMap<>();
  private final Map<EditorDocument, Subscriptions> documents = new HashMap<>();
  private final Pacer pacer = new Pacer(Duration.ofMillis(80), this::rebuild);

  ExplorerModel(PanelContext context, Texts texts) {
    this.context = context;
    this.state = context.state();
    this.texts = texts;
    ListChangeListener<InvocationRecord> ended = this::ended;
    state.invocations().rows().forEach(this::note);
    state.invocations().rows().addListener(ended);
    subscriptions.onClose(() -> state.invocations().rows().removeListener(ended));
    Subscription outside =
        context
            .session()
            .functions()
            .onExternalChange(id -> context.tasks().onFx(() -> reloadFiles(id)));
    subscriptions.onClose(outside::close);
    subscriptions.now(state.functions(), this::functionsChanged);
    subscriptions.now(state.functionProperty(), this::functionChosen);
    subscriptions.now(state.events(), this::rebuild);
    subscriptions.later(state.eventProperty(), this::rebuild);
    subscriptions.later(state.documentProperty(), this::rebuild);
    subscriptions.now(state.documents(), this::documentsChanged);
    subscriptions.later(state.environments().revisionProperty(), pacer::trigger);
  }

  ObservableList<ExplorerRow> rows() {
    return rows;
  }

  /** Shows or hides what is under a function or folder. */
  void setExpanded(ExplorerRow row, boolean open) {
    switch (row) {
      case FunctionRow(FunctionDefinition function, _, _, _, _) -> {
        if (open) {
          expanded.add(function.id());
          loadFiles(function.id());
        } else {
          expanded.remove(function.id());
        }
      }
      case FolderRow folder -> {
        Set<String> opened = folders.computeIfAbsent(folder.functionId(), id -> new HashSet<>());
        if (open) {
          opened.add(folder.path());
        } else {
          opened.remove(folder.path());
        }
      }
      default -> {
        return;
      }
    }
    rebuild();
  }

  /** Reads a function's list of files again. */
  void reloadFiles(long functionId) {
    if (expanded.contains(functionId)) {
      files.remove(functionId);
      loadFiles(functionId);
    } else {
      files.remove(functionId);
    }
  }

  private void loadFiles(long functionId) {
    if (files.containsKey(functionId)) {
      return;
    }
    context
        .tasks()
        .run(
            "list files",
            () -> context.session().functions().files(functionId),
            found -> {
              files.put(functionId, found);
              Set<String> opened = folders.computeIfAbsent(functionId, id -> new HashSet<>());
              if (opened.isEmpty()) {
                FileTree.addFolders(found, opened, SMALL);
              }
              rebuild();
            },
            failure -> {
              files.put(functionId, List.of());
              state.notices().add(Failures.notice(failure));
            });
  }

  private void functionsChanged() {
    Set<Long> present = new HashSet<>();
    state.functions().forEach(function -> present.add(function.id()));
    expanded.retainAll(present);
    files.keySet().retainAll(present);
    rebuild();
  }

  /** The function that becomes the current one shows its files. */
  private void functionChosen() {
    FunctionDefinition function = state.functionProperty().get();
    if (function != null && expanded.add(function.id())) {
      loadFiles(function.id());
    }
    rebuild();
  }

  private void documentsChanged() {
    for (EditorDocument gone : List.copyOf(documents.keySet())) {
      if (!state.documents().contains(gone)) {
        documents.remove(gone).close();
      }
    }
    for (EditorDocument document : state.documents()) {
      documents.computeIfAbsent(
          document,
          added -> {
            Subscriptions own = new Subscriptions();
            own.later(added.dirtyProperty(), this::rebuild);
            return own;
          });
    }
    rebuild();
  }

  private void ended(ListChangeListener.Change<? extends InvocationRecord> change) {
    while (change.next()) {
      change.getAddedSubList().forEach(this::note);
    }
    pacer.trigger();
  }

  private void note(InvocationRecord record) {
    if (record.status().ended()) {
      lastFailed.put(record.functionName(), record.status().failed());
    }
  }

  private void rebuild() {
    List<ExplorerRow> lines = new ArrayList<>();
    lines.add(new Section(texts.get("functions"), "function.new"));
    if (state.functions().isEmpty()) {
      lines.add(new EmptyRow(texts.get("no.functions"), "function.new"));
    }
    for (FunctionDefinition function : state.functions()) {
      lines.add(functionRow(function));
      if (expanded.contains(function.id())) {
        addFiles(function.id(), lines);
      }
    }
    lines.add(new Section(texts.get("events"), "event.new"));
    if (state.events().isEmpty()) {
      lines.add(new EmptyRow(texts.get("no.events"), "event.new"));
    }
    TestEvent event = state.eventProperty().get();
    for (TestEvent one : state.events()) {
      lines.add(new EventRow(one, event != null && event.id() == one.id()));
    }
    show(lines);
  }

  private FunctionRow functionRow(FunctionDefinition function) {
    String name = function.name();
    int warm = state.environments().warm(name);
    StatusDot.Status status = StatusDot.Status.IDLE;
    if (state.environments().busy(name)) {
      status = StatusDot.Status.BUSY;
    } else if (lastFailed.getOrDefault(name, false)) {
      status = StatusDot.Status.ERROR;
    } else if (warm > 0) {
      status = StatusDot.Status.WARM;
    }
    FunctionDefinition current = state.functionProperty().get();
    return new FunctionRow(
        function,
        status,
        warm,
        expanded.contains(function.id()),
        current != null && current.id() == function.id());
  }

  private void addFiles(long functionId, List<ExplorerRow> lines) {
    Set<String> opened = folders.getOrDefault(functionId, Set.of());
    FileTree.of(files.getOrDefault(functionId, List.of()))
        .visit(
            opened::contains,
            new FileTree.Lines() {
              @Override
              public void folder(String path, int depth, boolean open) {
                lines.add(new FolderRow(functionId, path, depth, open));
              }

              @Override
              public void file(SourceFile file, int depth) {
                lines.add(fileRow(functionId, file, depth));
              }
            });
  }

  private FileRow fileRow(long functionId, SourceFile file, int depth) {
    boolean shown = false;
    boolean dirty = false;
    for (EditorDocument document : state.documents()) {
      if (document.functionId() == functionId && document.path().equals(file.path())) {
        dirty = document.dirtyProperty().get();
        shown = document == state.documentProperty().get();
      }
    }
    return new FileRow(functionId, file.path(), depth, file.text(), shown, dirty);
  }

  /** Changes only the lines that differ, so that the list keeps its place. */
  private void show(List<ExplorerRow> lines) {
    if (lines.size() != rows.size()) {
      rows.setAll(lines);
      return;
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).equals(rows.get(i))) {
        rows.set(i, lines.get(i));
      }
    }
  }

  @Override
  public void close() {
    subscriptions.close();
    documents.values().forEach(Subscriptions::close);
    pacer.close();
  }
}
