package dev.hearth.app.ui.explorer;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.service.EventService;
import dev.hearth.app.service.FunctionService;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.state.OpenRequest;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.explorer.ExplorerRow.EventRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FileRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FunctionRow;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ProjectLists;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.function.LongConsumer;

/** What can be done with the lines of the explorer. FX thread only. */
final class ExplorerCommands {
  private final PanelContext context;
  private final WorkbenchState state;
  private final FunctionService functions;
  private final EventService events;
  private final ProjectLists lists;
  private final Texts texts;
  private final LongConsumer filesChanged;

  /**
   * @param filesChanged told the id of a function whose list of files has changed
   */
  ExplorerCommands(PanelContext context, Texts texts, LongConsumer filesChanged) {
    this.context = context;
    this.state = context.state();
    this.functions = context.session().functions();
    this.events = context.session().events();
    this.lists = new ProjectLists(context);
    this.texts = texts;
    this.filesChanged = filesChanged;
  }

  /** Makes a function the one that Invoke runs. */
  void choose(FunctionDefinition function) {
    state.functionProperty().set(function);
  }

  /** Makes an event the one that Invoke sends. */
  void choose(TestEvent event) {
    state.eventProperty().set(event);
  }

  /** Shows a file in the editor, and makes its function the current one. */
  void open(FileRow file) {
    for (FunctionDefinition function : state.functions()) {
      if (function.id() == file.functionId()) {
        choose(function);
      }
    }
    state.openRequestProperty().set(new OpenRequest(file.functionId(), file.path(), 0));
  }

  /** Renames what the line stands for, after asking for the name. */
  void rename(ExplorerRow row) {
    switch (row) {
      case FunctionRow function -> rename(function.function());
      case FileRow file -> rename(file);
      case EventRow event -> rename(event.event());
      default -> {}
    }
  }

  /** Deletes what the line stands for, after asking. */
  void delete(ExplorerRow row) {
    switch (row) {
      case FunctionRow function -> delete(function.function());
      case FileRow file -> delete(file);
      case EventRow event -> delete(event.event());
      default -> {}
    }
  }

  private void rename(FunctionDefinition function) {
    context
        .dialogs()
        .ask(
            texts.get("rename.function"),
            texts.get("function.name"),
            function.name(),
            texts.get("rename"))
        .filter(name -> !name.equals(function.name()))
        .ifPresent(
            name ->
                lists.changeFunctions(
                    "rename function",
                    () ->
                        functions.update(
                            function.withConfiguration(function.configuration().withName(name)))));
  }

  private void delete(FunctionDefinition function) {
    boolean inProject =
        function.source() instanceof dev.hearth.app.project.SourceLocation.InProject;
    if (context
        .dialogs()
        .confirm(
            texts.get("delete.function.title", function.name()),
            texts.get(inProject ? "delete.function.text" : "delete.linked.text"),
            texts.get("delete.function"))) {
      state.documents().removeIf(document -> document.functionId() == function.id());
      lists.changeFunctions("delete function", () -> functions.delete(function.id()));
    }
  }

  /** Asks for a path and makes an empty file there. */
  void newFile(long functionId, String folder) {
    context
        .dialogs()
        .ask(
            texts.get("new.file"),
            texts.get("file.path"),
            folder.isEmpty() ? "" : folder + "/",
            texts.get("create.file"))
        .ifPresent(
            path ->
                changeFiles(
                    functionId,
                    "create file",
                    () -> createEmpty(functionId, path),
                    () -> state.openRequestProperty().set(new OpenRequest(functionId, path, 0))));
  }

  private void createEmpty(long functionId, String path) {
    boolean taken = functions.files(functionId).stream().anyMatch(file -> file.path().equals(path));
    if (!taken) {
      functions.write(functionId, path, "");
    }
  }

  private void rename(FileRow file) {
    context
        .dialogs()
        .ask(texts.get("rename.file"), texts.get("file.path"), file.path(), texts.get("rename"))
        .filter(path -> !path.equals(file.path()))
        .ifPresent(
            path ->
                changeFiles(
                    file.functionId(),
                    "rename file",
                    () -> functions.renameFile(file.functionId(), file.path(), path),
                    () -> renameDocument(file, path)));
  }

  private void renameDocument(FileRow file, String path) {
    for (EditorDocument document : state.documents()) {
      if (document.functionId() == file.functionId() && document.path().equals(file.path())) {
        document.pathProperty().set(path);
      }
    }
  }

  private void delete(FileRow file) {
    if (context
        .dialogs()
        .confirm(
            texts.get("delete.file.title", file.path()),
            texts.get("delete.file.text"),
            texts.get("delete.file"))) {
      // Closed first, so that nothing saves the text again.
      state
          .documents()
          .removeIf(
              document ->
                  document.functionId() == file.functionId()
                      && document.path().equals(file.path()));
      changeFiles(
          file.functionId(),
          "delete file",
          () -> functions.deleteFile(file.functionId(), file.path()),
          () -> {});
    }
  }

  private void changeFiles(long functionId, String what, Runnable change, Runnable then) {
    context
        .tasks()
        .run(
            what,
            () -> {
              change.run();
              return true;
            },
            done -> {
              then.run();
              filesChanged.accept(functionId);
            },
            failure -> {
              state.notices().add(Failures.notice(failure));
              filesChanged.accept(functionId);
            });
  }

  private void rename(TestEvent event) {
    context
        .dialogs()
        .ask(texts.get("rename.event"), texts.get("event.name"), event.name(), texts.get("rename"))
        .filter(name -> !name.equals(event.name()))
        .ifPresent(
            name ->
                lists.changeEvents(
                    "rename event",
                    () ->
                        events.update(
                            new TestEvent(event.id(), name, event.kind(), newest(event)))));
  }

  /** The event's text may have moved on in the editor since the line was made. */
  private String newest(TestEvent event) {
    TestEvent current = state.eventProperty().get();
    return current != null && current.id() == event.id() ? current.json() : event.json();
  }

  /** Makes a second event like this one. */
  void duplicate(TestEvent event) {
    String json = newest(event);
    lists.selectEventAfter(
        "duplicate event", () -> events.create(event.name(), event.kind(), json).id());
  }

  private void delete(TestEvent event) {
    if (context
        .dialogs()
        .confirm(
            texts.get("delete.event.title", event.name()),
            texts.get("delete.event.text"),
            texts.get("delete.event"))) {
      lists.changeEvents("delete event", () -> events.delete(event.id()));
    }
  }

  /** The kinds of line that can be renamed and deleted. */
  static boolean canChange(ExplorerRow row) {
    return List.of(FunctionRow.class, FileRow.class, EventRow.class).contains(row.getClass());
  }
}
