package dev.hearth.app.state;

import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * The text of one open file of a function. It outlives its tab's nodes, so switching views loses
 * nothing. FX thread only.
 *
 * <p>Removing a document from {@link WorkbenchState#documents()} drops what is not saved: whoever
 * closes a file saves it first, whoever deletes a file does not.
 */
public final class EditorDocument {
  private final long functionId;
  private final StringProperty path;
  private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
  private String text;
  private String savedText;
  private @Nullable Supplier<String> live;

  /**
   * @param text the file's content as stored
   */
  public EditorDocument(long functionId, String path, String text) {
    this.functionId = functionId;
    this.path = new SimpleStringProperty(path);
    this.text = text;
    this.savedText = text;
  }

  public long functionId() {
    return functionId;
  }

  /** Relative to the function's source folder. */
  public String path() {
    return path.get();
  }

  /** Whoever renames the file sets it, so that the next save goes to the new name. */
  public StringProperty pathProperty() {
    return path;
  }

  /** The last part of the path. */
  public String name() {
    return path().substring(path().lastIndexOf('/') + 1);
  }

  /** The text as it stands in the editor. */
  public String text() {
    if (live != null) {
      text = live.get();
      live = null;
    }
    return text;
  }

  /** The text that is known to be stored. */
  public String savedText() {
    return savedText;
  }

  /**
   * The editor's text has changed. It is fetched only when somebody asks, so that a key stroke in a
   * large file costs nothing here.
   */
  public void edited(Supplier<String> newText) {
    live = newText;
    dirty.set(true);
    revision.set(revision.get() + 1);
  }

  /** The text was replaced from elsewhere; {@link #dirtyProperty()} follows from a comparison. */
  public void setText(String newText) {
    live = null;
    text = newText;
    dirty.set(!newText.equals(savedText));
    revision.set(revision.get() + 1);
  }

  /**
   * {@code stored} is what the file now holds; the document stays dirty if it has moved on since.
   */
  public void saved(String stored) {
    savedText = stored;
    dirty.set(!text().equals(stored));
  }

  /** Grows with every change of the text. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /** Whether the text may differ from what is stored. */
  public ReadOnlyBooleanProperty dirtyProperty() {
    return dirty.getReadOnlyProperty();
  }
}
