package dev.hearth.app.ui.editor;

import dev.hearth.app.project.SourceVersion;
import dev.hearth.app.service.FunctionService;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.task.TaskRunner;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Knows, for the function whose file is in front, which version ran last and whether the open files
 * have changed since, which makes the next call a cold one.
 */
final class SourceStatus {
  /**
   * @param functionId 0 when no file is open
   * @param version number of the newest version that has run; 0 when none has
   * @param changed whether an open file differs from what it was when that version ran
   */
  record Status(long functionId, int version, boolean changed) {}

  private final FunctionService functions;
  private final TaskRunner tasks;
  private final ReadOnlyObjectWrapper<Status> status =
      new ReadOnlyObjectWrapper<>(new Status(0, 0, false));

  /** Per function and path, the stored text when its newest version ran. */
  private final Map<Long, Map<String, String>> ran = new HashMap<>();

  private final Map<Long, Integer> versions = new HashMap<>();

  SourceStatus(FunctionService functions, TaskRunner tasks) {
    this.functions = functions;
    this.tasks = tasks;
  }

  ReadOnlyObjectProperty<Status> statusProperty() {
    return status.getReadOnlyProperty();
  }

  /** A file was opened: until it is written, its text is the one that ran. */
  void opened(EditorDocument document) {
    ran.computeIfAbsent(document.functionId(), id -> new HashMap<>())
        .putIfAbsent(document.path(), document.savedText());
  }

  /** Shows the status of a function; asks for its newest version in the background. */
  void show(long functionId, Iterable<EditorDocument> open) {
    status.set(new Status(functionId, versions.getOrDefault(functionId, 0), false));
    refresh(open);
    tasks.run(
        "newest version",
        () -> {
          SourceVersion newest = functions.latestVersion(functionId);
          return newest == null ? 0 : newest.number();
        },
        number -> versionKnown(functionId, number, open),
        failure -> versionKnown(functionId, 0, open));
  }

  /** A call ran a version: the stored texts are now those that ran. */
  void ran(long functionId, int version, Iterable<EditorDocument> open) {
    if (version <= versions.getOrDefault(functionId, 0)) {
      return;
    }
    versions.put(functionId, version);
    for (EditorDocument document : open) {
      if (document.functionId() == functionId) {
        ran.computeIfAbsent(functionId, id -> new HashMap<>())
            .put(document.path(), document.savedText());
      }
    }
    refresh(open);
  }

  private void versionKnown(long functionId, int number, Iterable<EditorDocument> open) {
    versions.merge(functionId, number, Math::max);
    refresh(open);
  }

  /** Compares the open files anew. */
  void refresh(Iterable<EditorDocument> open) {
    long functionId = status.get().functionId();
    Map<String, String> texts = ran.getOrDefault(functionId, Map.of());
    boolean changed = false;
    for (EditorDocument document : open) {
      if (document.functionId() == functionId) {
        String before = texts.get(document.path());
        changed |= before != null && !before.equals(document.savedText());
        changed |= document.dirtyProperty().get();
      }
    }
    int version = versions.getOrDefault(functionId, 0);
    status.set(new Status(functionId, version, changed && version > 0));
  }
}
