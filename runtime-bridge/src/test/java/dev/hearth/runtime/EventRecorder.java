package dev.hearth.runtime;

import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.RuntimeEventListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps every event and lets a test wait for one. */
final class EventRecorder implements RuntimeEventListener {
  private final List<RuntimeEvent> events = new ArrayList<>();

  @Override
  public synchronized void onEvent(RuntimeEvent event) {
    events.add(event);
    notifyAll();
  }

  synchronized List<RuntimeEvent> all() {
    return List.copyOf(events);
  }

  synchronized <T extends RuntimeEvent> List<T> all(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits for an event that fits. */
  synchronized <T extends RuntimeEvent> T await(Class<T> type, Predicate<T> fits) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    int seen = 0;
    while (true) {
      for (; seen < events.size(); seen++) {
        RuntimeEvent event = events.get(seen);
        if (type.isInstance(event) && fits.test(type.cast(event))) {
          return type.cast(event);
        }
      }
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "No such %s among %d events".formatted(type.getSimpleName(), events.size()));
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The texts of a call's lines; null for those of no call. */
  List<String> lines(@Nullable String requestId, LogStream stream) {
    return all(RuntimeEvent.LogLine.class).stream()
        .filter(line -> Objects.equals(requestId, line.requestId()))
        .filter(line -> line.stream() == stream)
        .map(RuntimeEvent.LogLine::text)
        .toList();
  }
}
