package dev.hearth.app.state;

import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/**
 * What the timeline draws: a lane per execution environment. FX thread only; {@link
 * #revisionProperty()} tells of changes.
 */
public final class TimelineModel {
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();

  /** Grows whenever something that is drawn has changed. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
