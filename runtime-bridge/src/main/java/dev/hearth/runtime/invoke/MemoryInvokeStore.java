package dev.hearth.runtime.invoke;

import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.function.InvokeSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps everything in memory: for tests and for programs that need nothing after their end. */
public final class MemoryInvokeStore implements InvokeStore {
  private final Map<String, InvokeSettings> settings = new HashMap<>();
  private final Map<String, Row> events = new LinkedHashMap<>();
  private final List<DeliveredRecord> delivered = new ArrayList<>();

  private record Row(
      QueuedEvent event, byte[] payload, @Nullable LastResponse response, boolean owned) {}

  @Override
  public synchronized Map<String, InvokeSettings> settings() {
    return Map.copyOf(settings);
  }

  @Override
  public synchronized void saveSettings(String functionName, InvokeSettings changed) {
    if (changed.equals(InvokeSettings.NONE)) {
      settings.remove(functionName);
    } else {
      settings.put(functionName, changed);
    }
  }

  @Override
  public synchronized void accept(Accepted event) {
    events.put(event.event().requestId(), new Row(event.event(), event.payload(), null, true));
  }

  @Override
  public synchronized void update(QueuedEvent event, @Nullable LastResponse response) {
    events.computeIfPresent(
        event.requestId(),
        (_, row) -> new Row(event, row.payload, response == null ? row.response : response, true));
  }

  @Override
  public synchronized void finish(
      String requestId, List<DeliveredRecord> records, List<Accepted> following) {
    events.remove(requestId);
    delivered.addAll(records);
    following.forEach(this::accept);
  }

  @Override
  public synchronized Optional<Stored> load(String requestId) {
    return Optional.ofNullable(events.get(requestId))
        .map(row -> new Stored(row.payload, row.response));
  }

  @Override
  public synchronized List<QueuedEvent> adopt() {
    List<QueuedEvent> free =
        events.values().stream().filter(row -> !row.owned).map(Row::event).toList();
    own(true);
    return free;
  }

  @Override
  public synchronized void release() {
    own(false);
  }

  private void own(boolean owned) {
    events.replaceAll((_, row) -> new Row(row.event, row.payload, row.response, owned));
  }

  /** Every message so far, oldest first. */
  public synchronized List<DeliveredRecord> delivered() {
    return List.copyOf(delivered);
  }
}
