package dev.hearth.app.state;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * The text of one open file of a function. It outlives its tab's nodes, so switching views loses
 * nothing. FX thread only.
 */
public final class EditorDocument {
  private final long functionId;
  private final String path;
  private final StringProperty text;
  private final BooleanProperty dirty = new SimpleBooleanProperty();

  public EditorDocument(long functionId, String path, String text) {
    this.functionId = functionId;
    this.path = path;
    this.text = new SimpleStringProperty(text);
  }

  public long functionId() {
    return functionId;
  }

  /** Relative to the function's source folder. */
  public String path() {
    return path;
  }

  /** The text as it stands in the editor. */
  public StringProperty textProperty() {
    return text;
  }

  /** Whether the text differs from what is stored. */
  public BooleanProperty dirtyProperty() {
    return dirty;
  }
}
