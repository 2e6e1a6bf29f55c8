package dev.hearth.runtime.environment;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One extension of a running environment. Guarded by its registry. */
final class Extension {
  final String name;
  final boolean external;
  final String id = UUID.randomUUID().toString();
  final Set<Event> events = EnumSet.noneOf(Event.class);
  ExtensionState state = ExtensionState.STARTED;

  /** What it reported, or why it did not start; null while all is well. */
  @Nullable String errorType;

  /** The connection that waits for an event. */
  @Nullable RuntimeConnection waiting;

  /** An event that it gets when it asks. */
  @Nullable String pending;

  /** What an extension can subscribe to. */
  enum Event {
    INVOKE,
    SHUTDOWN
  }

  Extension(String name, boolean external) {
    this.name = name;
    this.external = external;
  }

  boolean wants(Event event) {
    return events.contains(event);
  }

  /** Its subscriptions in the words of Lambda. */
  List<String> eventNames() {
    return events.stream().map(Event::name).toList();
  }
}
