package dev.hearth.runtime.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.LogStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives everything that happens in an environment to those who subscribed to it. What happened
 * during init before somebody subscribed is kept for it; without subscribers nothing is kept after
 * init, and a call costs nothing.
 */
final class TelemetryHub implements EnvironmentLog.Telemetry {
  private static final int MAX_BACKLOG = 1_000;
  private static final long FLUSH_NANOS = 500_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SLOW =
      "Some logs were dropped because the downstream consumer is slower than the logs production"
          + " rate";

  /** What the older Logs API knows of the platform's events. */
  private static final Set<String> LEGACY =
      Set.of(
          "platform.start",
          PlatformEvent.END,
          "platform.report",
          "platform.runtimeDone",
          "platform.extension",
          "platform.logsSubscription",
          "platform.logsDropped");

  private final PlatformEvents events;
  private final List<TelemetrySubscription> subscriptions = new ArrayList<>();
  private final Deque<Happening> backlog = new ArrayDeque<>();
  private boolean open = true;

  /** An event of the platform, or a line of output of one kind. */
  private record Happening(
      long nanos, String kind, @Nullable PlatformEvent event, @Nullable String line) {}

  TelemetryHub(PlatformEvents events) {
    this.events = events;
  }

  @Override
  public String json(PlatformEvent event) {
    return events.envelope(event).toString();
  }

  @Override
  public void platform(PlatformEvent event) {
    happened(new Happening(event.nanos(), "platform", event, null));
  }

  @Override
  public void output(long nanos, LogStream stream, String text) {
    String kind = stream == LogStream.EXTENSION ? "extension" : "function";
    happened(new Happening(nanos, kind, null, text));
  }

  private synchronized void happened(Happening what) {
    if (open && backlog.size() < MAX_BACKLOG) {
      backlog.add(what);
    }
    for (TelemetrySubscription subscription : subscriptions) {
      give(subscription, what);
    }
  }

  private void give(TelemetrySubscription subscription, Happening what) {
    PlatformEvent event = what.event();
    if (!subscription.request.types().contains(what.kind())) {
      return;
    }
    if (event == null) {
      subscription.add(
          bytes(line(what, subscription.request.structured() && !subscription.legacy)));
    } else if (subscription.legacy
        ? LEGACY.contains(event.type())
        : event.isInJsonLog() && !event.type().equals("platform.logsSubscription")) {
      subscription.add(bytes(events.envelope(event)));
    }
  }

  private ObjectNode line(Happening what, boolean structured) {
    ObjectNode whole =
        PlatformEvents.object().put("time", events.time(what.nanos())).put("type", what.kind());
    String text = what.line() == null ? "" : what.line();
    JsonNode object = structured ? object(text) : null;
    if (object != null) {
      whole.set("record", object);
    } else {
      whole.put("record", text);
    }
    return whole;
  }

  private static @Nullable JsonNode object(String text) {
    if (!text.startsWith("{")) {
      return null;
    }
    try {
      JsonNode json = JSON.readTree(text);
      return json.isObject() ? json : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8);
  }

  /**
   * Begins to deliver, with what has happened so far; a second subscription of the same extension
   * takes the place of the first.
   *
   * @return false after init, when nobody can subscribe any more
   */
  synchronized boolean subscribe(String name, boolean legacy, TelemetryRequest request) {
    if (!open) {
      return false;
    }
    subscriptions.removeIf(
        old -> {
          boolean same = old.name.equals(name) && old.legacy == legacy;
          if (same) {
            old.close();
          }
          return same;
        });
    TelemetrySubscription subscription =
        new TelemetrySubscription(name, legacy, request, this::dropped);
    backlog.forEach(what -> give(subscription, what));
    subscriptions.add(subscription);
    subscription.start();
    return true;
  }

  private byte[] dropped(long records, long droppedBytes) {
    ObjectNode whole =
        PlatformEvents.object()
            .put("time", events.time(System.nanoTime()))
            .put("type", "platform.logsDropped");
    whole
        .putObject("record")
        .put("droppedBytes", droppedBytes)
        .put("droppedRecords", records)
        .put("reason", SLOW);
    return bytes(whole);
  }

  PlatformEvents events() {
    return events;
  }

  /** Init is over: nobody can subscribe any more. */
  synchronized void closeSubscription() {
    open = false;
    backlog.clear();
  }

  private synchronized List<TelemetrySubscription> all() {
    return List.copyOf(subscriptions);
  }

  /** Delivers what waits, before subscribers are told of the end. */
  void flush() {
    long until = System.nanoTime() + FLUSH_NANOS;
    all().forEach(subscription -> subscription.flush(until));
  }

  /** Ends all deliveries. */
  void close() {
    closeSubscription();
    all().forEach(TelemetrySubscription::close);
  }
}
