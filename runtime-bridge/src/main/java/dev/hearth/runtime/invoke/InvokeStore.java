package dev.hearth.runtime.invoke;

import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.function.InvokeSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where accepted asynchronous invocations, the messages they end in, and what is set about invoking
 * functions are kept between runs. What a method has written survives the death of the process.
 * Methods block; many threads use them.
 */
public interface InvokeStore {
  /** What is set, by function; functions without settings are left out. */
  Map<String, InvokeSettings> settings();

  /** Keeps the settings of a function; {@link InvokeSettings#NONE} removes them. */
  void saveSettings(String functionName, InvokeSettings settings);

  /** An event with its payload. */
  record Accepted(QueuedEvent event, byte[] payload) {}

  /**
   * The answer of a failed attempt, for the record of the event's end.
   *
   * @param executedVersion the version that ran
   */
  record LastResponse(byte[] payload, String executedVersion) {}

  /** What an attempt needs. */
  record Stored(byte[] payload, @Nullable LastResponse lastResponse) {}

  /** Keeps an event; it belongs to this process until that ends or releases it. */
  void accept(Accepted event);

  /**
   * Keeps what an attempt has changed.
   *
   * @param response null keeps the one of an earlier attempt
   */
  void update(QueuedEvent event, @Nullable LastResponse response);

  /** Removes an event and keeps what its end gave rise to, all or nothing. */
  void finish(String requestId, List<DeliveredRecord> records, List<Accepted> events);

  /** Empty when the event is gone. */
  Optional<Stored> load(String requestId);

  /** Takes over the events that belong to no living process. */
  List<QueuedEvent> adopt();

  /** Gives up this process's events, so that another one can take them over. */
  void release();
}
