package dev.hearth.app.ui.editor;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.SourceFile;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.service.FunctionService;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.state.Notice;
import dev.hearth.app.state.OpenRequest;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.Debouncer;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.code.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * The open files: opens, saves, closes and remembers them, and keeps them in step with the disk.
 * Saving happens by itself: one second after the last key, when the focus leaves, and before a
 * call.
 */
final class EditorViewModel implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final WorkbenchState state;
  private final TaskRunner tasks;
  private final FunctionService functions;
  private final DocumentSaver saver;
  private final ExternalChanges external;
  private final SourceStatus source;
  private final FailureMarks marks;
  private final OpenFiles openFiles;
  private final RecentFiles recent;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Debouncer autosave = new Debouncer(IDLE, this::saveQuietly);
  private final Debouncer retry = new Debouncer(RETRY, this::saveQuietly);
  private final Debouncer remember = new Debouncer(IDLE, this::remember);
  private final Map<EditorDocument, Subscriptions> watched = new HashMap<>();
  private final Map<EditorDocument, Place> carets = new HashMap<>();
  private final Map<EditorDocument, Notice> failures = new HashMap<>();
  private final Set<OpenRequest> opening = new HashSet<>();
  private final ObjectProperty<@Nullable OpenRequest> jump = new SimpleObjectProperty<>();
  private final Supplier<CompletableFuture<Void>> saveAll = this::saveAll;

  EditorViewModel(PanelContext context) {
    state = context.state();
    tasks = context.tasks();
    functions = context.session().functions();
    saver = new DocumentSaver(functions, tasks, this::saved, this::failed);
    external = new ExternalChanges(functions, tasks, state.documents());
    source = new SourceStatus(functions, tasks);
    marks = new FailureMarks(context.session().history(), tasks);
    openFiles = new OpenFiles(context.session().settings());
    recent = new RecentFiles(state);
    state.savers().add(saveAll);
    subscriptions.onClose(() -> state.savers().remove(saveAll));
    restore();
    subscriptions.now(state.documents(), this::documentsChanged);
    subscriptions.now(state.documentProperty(), this::frontChanged);
    subscriptions.now(state.openRequestProperty(), this::takeRequest);
    subscriptions.now(state.invocations().selectedProperty(), this::invocationSelected);
  }

  FailureMarks marks() {
    return marks;
  }

  ExternalChanges external() {
    return external;
  }

  SourceStatus source() {
    return source;
  }

  RecentFiles recent() {
    return recent;
  }

  /** Where the view is to put the caret of the document in front; the view sets it back to null. */
  ObjectProperty<@Nullable OpenRequest> jumpProperty() {
    return jump;
  }

  /** Whether the source of a function lies in a folder on disk. */
  boolean linked(long functionId) {
    return function(functionId)
        .map(function -> function.source() instanceof SourceLocation.LinkedFolder)
        .orElse(false);
  }

  /** The name of a function; empty when it is gone. */
  String functionName(long functionId) {
    return function(functionId).map(FunctionDefinition::name).orElse("");
  }

  /** The name of a function that is not the one that Invoke calls; empty for the one that is. */
  String otherName(long functionId) {
    FunctionDefinition selected = state.functionProperty().get();
    return selected == null || selected.id() == functionId ? "" : functionName(functionId);
  }

  private Optional<FunctionDefinition> function(long functionId) {
    return state.functions().stream().filter(f -> f.id() == functionId).findFirst();
  }

  private void takeRequest() {
    OpenRequest request = state.openRequestProperty().get();
    if (request != null) {
      state.openRequestProperty().set(null);
      open(request);
    }
  }

  /** Shows a file, reading it first if it is not open. */
  private void open(OpenRequest request) {
    EditorDocument open = find(request.functionId(), request.path());
    if (open != null) {
      show(open, request);
    } else if (opening.add(request)) {
      tasks.run(
          "open " + request.path(),
          () -> functions.read(request.functionId(), request.path()),
          text -> opened(request, text),
          failure -> {
            opening.remove(request);
            tell(failure);
          });
    }
  }

  private void opened(OpenRequest request, String text) {
    opening.remove(request);
    EditorDocument open = find(request.functionId(), request.path());
    if (open == null) {
      open = new EditorDocument(request.functionId(), request.path(), text);
      state.documents().add(open);
    }
    show(open, request);
  }

  private void show(EditorDocument document, OpenRequest request) {
    state.documentProperty().set(document);
    jump.set(request);
  }

  private @Nullable EditorDocument find(long functionId, String path) {
    return state.documents().stream()
        .filter(d -> d.functionId() == functionId && d.path().equals(path))
        .findFirst()
        .orElse(null);
  }

  /** Opens what was open last time; at first, a file of the selected function. */
  private void restore() {
    List<OpenFiles.OpenFile> files =
        openFiles.load().stream().filter(file -> function(file.functionId()).isPresent()).toList();
    state.readingFilesProperty().set(true);
    tasks.run("open files", () -> read(files), this::restored, this::notRestored);
    FunctionDefinition selected = state.functionProperty().get();
    if (!openFiles.known() && selected != null) {
      openFirstFile(selected);
    }
  }

  /** A file that was open with its text. */
  private record Loaded(OpenFiles.OpenFile file, String text) {}

  private List<Loaded> read(List<OpenFiles.OpenFile> files) {
    List<Loaded> loaded = new ArrayList<>();
    for (OpenFiles.OpenFile file : files) {
      try {
        loaded.add(new Loaded(file, functions.read(file.functionId(), file.path())));
      } catch (HearthException e) {
        // It was deleted or renamed since: there is nothing to open.
        continue;
      }
    }
    return loaded;
  }

  private void restored(List<Loaded> loaded) {
    for (Loaded one : loaded) {
      OpenFiles.OpenFile file = one.file();
      if (find(file.functionId(), file.path()) == null) {
        EditorDocument made = new EditorDocument(file.functionId(), file.path(), one.text());
        carets.put(made, file.caret());
        state.documents().add(made);
        if (file.front()) {
          state.documentProperty().set(made);
        }
      }
    }
    state.readingFilesProperty().set(false);
  }

  private void notRestored(Throwable failure) {
    state.readingFilesProperty().set(false);
    tell(failure);
  }

  private void tell(Throwable failure) {
    state.notices().add(Failures.notice(failure));
  }

  /** Opens the file that holds the handler, else the first text file of the function. */
  void openFirstFile(FunctionDefinition function) {
    tasks.run(
        "find handler file",
        () -> functions.files(function.id()),
        files ->
            HandlerFile.of(function, files.stream().filter(SourceFile::text).toList())
                .ifPresent(path -> open(new OpenRequest(function.id(), path, 0))),
        this::tell);
  }

  private void documentsChanged() {
    for (EditorDocument gone : List.copyOf(watched.keySet())) {
      if (!state.documents().contains(gone)) {
        watched.remove(gone).close();
        failures.remove(gone);
        external.conflicts().remove(gone);
      }
    }
    for (EditorDocument document : state.documents()) {
      watched.computeIfAbsent(document, this::watch);
    }
    EditorDocument front = state.documentProperty().get();
    if (front == null || !state.documents().contains(front)) {
      state.documentProperty().set(recent.newest().orElse(null));
    }
    remember.trigger();
  }

  private Subscriptions watch(EditorDocument document) {
    Subscriptions owner = new Subscriptions();
    source.opened(document);
    owner.later(document.revisionProperty(), () -> edited(document));
    owner.later(document.dirtyProperty(), () -> source.refresh(state.documents()));
    owner.later(document.pathProperty(), remember::trigger);
    return owner;
  }

  private void edited(EditorDocument document) {
    if (document.dirtyProperty().get()) {
      autosave.trigger();
    }
    source.refresh(state.documents());
  }

  private void frontChanged() {
    EditorDocument front = state.documentProperty().get();
    if (front != null) {
      source.show(front.functionId(), state.documents());
    }
    remember.trigger();
  }

  private void invocationSelected() {
    InvocationRecord record = state.invocations().selectedProperty().get();
    if (record != null && record.sourceVersion() > 0) {
      source.ran(record.functionId(), record.sourceVersion(), state.documents());
    }
    marks.show(record);
  }

  /** The caret of a document has moved. */
  void caretMoved(EditorDocument document, Place place) {
    carets.put(document, place);
    remember.trigger();
  }

  /** Where the caret of a document was. */
  Place caretOf(EditorDocument document) {
    return carets.getOrDefault(document, new Place(0, 0));
  }

  /** Saves what is due at once: the focus has left. */
  void focusLost() {
    autosave.flush();
  }

  /** Saves every document; fails with the first failure. Conflicts are left to the user. */
  CompletableFuture<Void> saveAll() {
    autosave.close();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (EditorDocument document : state.documents()) {
      if (!external.conflicts().containsKey(document)) {
        all.add(saver.save(document));
      }
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  /** Failures were told where they happened. */
  private void saveQuietly() {
    CompletableFuture<Void> ignored = saveAll();
  }

  private void saved(EditorDocument document) {
    Notice notice = failures.remove(document);
    if (notice != null) {
      state.notices().remove(notice);
    }
    if (document.dirtyProperty().get()) {
      autosave.trigger();
    }
    source.refresh(state.documents());
  }

  /** Told once, however often it is tried; the text stays in the editor. */
  private void failed(EditorDocument document, Throwable failure) {
    Notice notice = Failures.notice(failure);
    Notice before = failures.put(document, notice);
    if (!notice.equals(before)) {
      state.notices().remove(before);
      state.notices().add(notice);
    }
    retry.trigger();
  }

  /** Saves a document and closes it; it stays open when it can't be saved. */
  void close(EditorDocument document) {
    saver
        .save(document)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                recent.closed(document);
                state.documents().remove(document);
              }
            });
  }

  /** Opens the file that was closed last. */
  void reopen() {
    recent.takeClosed().ifPresent(this::open);
  }

  private void remember() {
    openFiles.store(state.documents(), state.documentProperty().get(), carets);
  }

  @Override
  public void close() {
    remember.flush();
    autosave.flush();
    autosave.close();
    retry.close();
    subscriptions.close();
    watched.values().forEach(Subscriptions::close);
    external.close();
    recent.close();
  }
}
