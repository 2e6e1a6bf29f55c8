package dev.hearth.app.ui.guide;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.state.InvocationFeed;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * What the guide tells of the user's own calls: the newest cold and the newest warm one, so that
 * its promises are answered by measured figures.
 */
final class GuideViewModel implements AutoCloseable {
  private final Texts texts = Texts.of("guide");
  private final Subscriptions subscriptions = new Subscriptions();
  private final ReadOnlyStringWrapper cold = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper warm = new ReadOnlyStringWrapper("");
  private final InvocationFeed feed;

  GuideViewModel(InvocationFeed feed) {
    this.feed = feed;
    subscriptions.now(feed.rows(), this::update);
  }

  private void update() {
    cold.set(newest(InvocationRecord::coldStart, "cold.none"));
    warm.set(newest(record -> !record.coldStart(), "warm.none"));
  }

  private String newest(Predicate<InvocationRecord> kind, String none) {
    List<InvocationRecord> rows = feed.rows();
    for (int i = rows.size() - 1; i >= 0; i--) {
      InvocationRecord record = rows.get(i);
      if (record.status() == InvocationStatus.OK
          && record.durationNanos() >= 0
          && kind.test(record)) {
        return told(record);
      }
    }
    return texts.get(none);
  }

  private String told(InvocationRecord record) {
    String duration = Units.duration(record.durationNanos());
    return record.coldStart()
        ? texts.get(
            "cold.done", record.functionName(), Units.duration(record.initNanos()), duration)
        : texts.get("warm.done", record.functionName(), duration);
  }

  /** One sentence about the newest cold call. */
  ReadOnlyStringProperty coldProperty() {
    return cold.getReadOnlyProperty();
  }

  /** One sentence about the newest warm call. */
  ReadOnlyStringProperty warmProperty() {
    return warm.getReadOnlyProperty();
  }

  @Override
  public void close() {
    subscriptions.close();
  }
}
