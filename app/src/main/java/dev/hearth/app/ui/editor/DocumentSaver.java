package dev.hearth.app.ui.editor;

import dev.hearth.app.service.FunctionService;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.task.TaskRunner;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes documents to the project, one write per document at a time, always the newest text. What
 * could not be written stays in the document and is tried again by whoever calls next.
 */
final class DocumentSaver {
  private final FunctionService functions;
  private final TaskRunner tasks;
  private final Consumer<EditorDocument> onSaved;
  private final BiConsumer<EditorDocument, Throwable> onFailed;
  private final Map<EditorDocument, CompletableFuture<Void>> running = new HashMap<>();

  /**
   * @param onSaved told on the FX thread after the text was stored
   * @param onFailed told on the FX thread when it could not be
   */
  DocumentSaver(
      FunctionService functions,
      TaskRunner tasks,
      Consumer<EditorDocument> onSaved,
      BiConsumer<EditorDocument, Throwable> onFailed) {
    this.functions = functions;
    this.tasks = tasks;
    this.onSaved = onSaved;
    this.onFailed = onFailed;
  }

  /** Stores the text of a document if it is not stored; completes on the FX thread. */
  CompletableFuture<Void> save(EditorDocument document) {
    CompletableFuture<Void> before = running.get(document);
    if (before != null) {
      // The text may have changed since that write began; a failure of it is no reason to stop.
      return before.handle((done, failure) -> null).thenCompose(done -> save(document));
    }
    if (!document.dirtyProperty().get()) {
      return CompletableFuture.completedFuture(null);
    }
    String text = document.text();
    if (text.equals(document.savedText())) {
      document.saved(text);
      return CompletableFuture.completedFuture(null);
    }
    return write(document, text);
  }

  private CompletableFuture<Void> write(EditorDocument document, String text) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    running.put(document, result);
    long functionId = document.functionId();
    String path = document.path();
    tasks.run(
        "save " + path,
        () -> {
          functions.write(functionId, path, text);
          return text;
        },
        stored -> {
          running.remove(document);
          document.saved(stored);
          onSaved.accept(document);
          result.complete(null);
        },
        failure -> {
          running.remove(document);
          onFailed.accept(document, failure);
          result.completeExceptionally(failure);
        });
    return result;
  }
}
