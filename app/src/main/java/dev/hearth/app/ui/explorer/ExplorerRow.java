package dev.hearth.app.ui.explorer;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.ui.kit.StatusDot;

/** One line of the explorer, with everything that is seen in it. */
sealed interface ExplorerRow {
  /** Identifies the line across changes of what it shows. */
  String key();

  /**
   * A heading.
   *
   * @param action what its button does
   */
  record Section(String title, String action) implements ExplorerRow {
    @Override
    public String key() {
      return "section:" + action;
    }
  }

  /** A function; {@code current} is the one that Invoke runs. */
  record FunctionRow(
      FunctionDefinition function,
      StatusDot.Status status,
      int warm,
      boolean expanded,
      boolean current)
      implements ExplorerRow {
    @Override
    public String key() {
      return "function:" + function.id();
    }
  }

  /** A folder of a function's source. */
  record FolderRow(long functionId, String path, int depth, boolean expanded)
      implements ExplorerRow {
    @Override
    public String key() {
      return "folder:" + functionId + ":" + path;
    }

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** A file of a function's source; {@code shown} in the editor in front, {@code dirty} unsaved. */
  record FileRow(
      long functionId, String path, int depth, boolean text, boolean shown, boolean dirty)
      implements ExplorerRow {
    @Override
    public String key() {
      return "file:" + functionId + ":" + path;
    }

    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** A test event; {@code current} is the one that Invoke sends. */
  record EventRow(TestEvent event, boolean current) implements ExplorerRow {
    @Override
    public String key() {
      return "event:" + event.id();
    }
  }

  /** Says that a section is empty, with the action that fills it. */
  record EmptyRow(String text, String action) implements ExplorerRow {
    @Override
    public String key() {
      return "empty:" + action;
    }
  }
}
