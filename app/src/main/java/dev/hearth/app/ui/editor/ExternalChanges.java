package dev.hearth.app.ui.editor;

import dev.hearth.app.service.FunctionService;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.task.TaskRunner;
import dev.hearth.runtime.event.Subscription;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;

/**
 * Follows what other programs do to the files of linked folders: a clean document takes the new
 * text, a dirty one gets a conflict that the user decides.
 */
final class ExternalChanges implements AutoCloseable {
  private final FunctionService functions;
  private final TaskRunner tasks;
  private final ObservableList<EditorDocument> documents;
  private final Subscription subscription;

  /** The text on disk of each document in conflict; empty when the file is gone. */
  private final ObservableMap<EditorDocument, Optional<String>> conflicts =
      FXCollections.observableHashMap();

  ExternalChanges(
      FunctionService functions, TaskRunner tasks, ObservableList<EditorDocument> documents) {
    this.functions = functions;
    this.tasks = tasks;
    this.documents = documents;
    subscription =
        functions.onExternalChange(functionId -> tasks.onFx(() -> changedOutside(functionId)));
  }

  ObservableMap<EditorDocument, Optional<String>> conflicts() {
    return conflicts;
  }

  private void changedOutside(long functionId) {
    for (EditorDocument document : List.copyOf(documents)) {
      if (document.functionId() == functionId) {
        String path = document.path();
        tasks.run(
            "reload " + path,
            () -> read(functionId, path),
            text -> compare(document, text),
            failure -> compare(document, Optional.empty()));
      }
    }
  }

  private Optional<String> read(long functionId, String path) {
    try {
      return Optional.of(functions.read(functionId, path));
    } catch (HearthException e) {
      // The file is gone, or no longer one that can be edited.
      return Optional.empty();
    }
  }

  private void compare(EditorDocument document, Optional<String> disk) {
    boolean same = disk.isPresent() && disk.get().equals(document.savedText());
    if (same || !documents.contains(document)) {
      conflicts.remove(document);
    } else if (disk.isPresent() && disk.get().equals(document.text())) {
      document.saved(disk.get());
      conflicts.remove(document);
    } else if (disk.isPresent() && !document.dirtyProperty().get()) {
      take(document, disk.get());
    } else {
      conflicts.put(document, disk);
    }
  }

  /** Gives up the document's text for the one on disk. */
  void reload(EditorDocument document) {
    Optional<String> disk = conflicts.remove(document);
    if (disk != null && disk.isPresent()) {
      take(document, disk.get());
    } else {
      documents.remove(document);
    }
  }

  /** Keeps the document's text; the next save writes it over the one on disk. */
  void keepMine(EditorDocument document) {
    Optional<String> disk = conflicts.remove(document);
    // What is stored is no longer what this document knew, so it counts as unsaved.
    document.saved(disk == null ? "" : disk.orElse(""));
  }

  private static void take(EditorDocument document, String text) {
    document.setText(text);
    document.saved(text);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
