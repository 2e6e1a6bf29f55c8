package dev.hearth.app.service;

import dev.hearth.app.store.EventQueueStore;
import dev.hearth.app.store.InvokeSettingStore;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.invoke.InvokeStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets the local Lambda keep its queue and its settings in the project file. */
final class StoredInvokes implements InvokeStore {
  private final EventQueueStore queue;
  private final InvokeSettingStore settings;

  StoredInvokes(EventQueueStore queue, InvokeSettingStore settings) {
    this.queue = queue;
    this.settings = settings;
  }

  @Override
  public Map<String, InvokeSettings> settings() {
    return Trouble.translated(settings::all);
  }

  @Override
  public void saveSettings(String functionName, InvokeSettings changed) {
    Trouble.translated(() -> settings.put(functionName, changed));
  }

  @Override
  public void accept(Accepted event) {
    Trouble.translated(() -> queue.insert(row(event), true));
  }

  private static EventQueueStore.Row row(Accepted event) {
    return new EventQueueStore.Row(event.event(), event.payload());
  }

  @Override
  public void update(QueuedEvent event, @Nullable LastResponse response) {
    byte[] payload = response == null ? null : response.payload();
    String version = response == null ? null : response.executedVersion();
    Trouble.translated(() -> queue.update(event, payload, version));
  }

  @Override
  public void finish(String requestId, List<DeliveredRecord> records, List<Accepted> events) {
    List<EventQueueStore.Row> following = events.stream().map(StoredInvokes::row).toList();
    Trouble.translated(() -> queue.finish(requestId, records, following));
  }

  @Override
  public Optional<Stored> load(String requestId) {
    return Trouble.translated(() -> queue.content(requestId)).map(StoredInvokes::stored);
  }

  private static Stored stored(EventQueueStore.Content content) {
    byte[] response = content.response();
    String version = content.responseVersion();
    return new Stored(
        content.payload(),
        response == null || version == null ? null : new LastResponse(response, version));
  }

  @Override
  public List<QueuedEvent> adopt() {
    return Trouble.translated(queue::adopt);
  }

  @Override
  public void release() {
    Trouble.translated(queue::release);
  }
}
