package dev.hearth.app.ui.queues;

import dev.hearth.app.service.QueueService;
import dev.hearth.app.task.Pacer;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** What the queues hold, read in the background whenever they change. FX thread only. */
final class QueuesViewModel implements AutoCloseable {
  /** More rows are not read: a queue may hold any number. */
  static final int MOST_ROWS = 1_000;

  private static final Duration PERIOD = Duration.ofMillis(250);

  private final PanelContext context;
  private final QueueService queues;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Pacer refresh = new Pacer(PERIOD, this::load);
  private final ReadOnlyObjectWrapper<Content> content =
      new ReadOnlyObjectWrapper<>(new Content(List.of(new Source("", 0)), List.of(), List.of()));
  private final ObjectProperty<@Nullable String> target = new SimpleObjectProperty<>("");
  private boolean loading;
  private boolean again;

  /**
   * The waiting events, or a target.
   *
   * @param arn empty for the waiting events
   * @param count how many it holds
   */
  record Source(String arn, long count) {
    boolean waiting() {
      return arn.isEmpty();
    }

    /** What its service calls it. */
    String name() {
      return arn.substring(arn.lastIndexOf(':') + 1);
    }

    /** {@code sqs}, {@code sns} ... */
    String service() {
      return arn.split(":", -1)[2];
    }
  }

  /**
   * What is shown.
   *
   * @param waiting filled while the waiting events are chosen
   * @param records filled while a target is chosen
   */
  record Content(List<Source> sources, List<QueuedEvent> waiting, List<DeliveredRecord> records) {}

  QueuesViewModel(PanelContext context) {
    this.context = context;
    this.queues = context.session().queues();
    var changes = queues.onChange(() -> context.tasks().onFx(refresh::trigger));
    subscriptions.onClose(changes::close);
    subscriptions.later(target, this::load);
    load();
  }

  ReadOnlyObjectProperty<Content> contentProperty() {
    return content.getReadOnlyProperty();
  }

  /** The ARN of the chosen target; empty for the waiting events. */
  ObjectProperty<@Nullable String> targetProperty() {
    return target;
  }

  VirtualClock clock() {
    return context.session().virtualClock();
  }

  /** Reads everything again; one reading at a time. */
  void load() {
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    String chosen = target.get() == null ? "" : target.get();
    context.tasks().run("read the queues", () -> read(chosen), this::show, this::failed);
  }

  private Content read(String chosen) {
    List<QueuedEvent> waiting = queues.pending(MOST_ROWS);
    List<Source> sources = new ArrayList<>();
    sources.add(new Source("", waiting.size()));
    queues.targets().forEach(one -> sources.add(new Source(one.arn(), one.count())));
    return chosen.isEmpty()
        ? new Content(sources, waiting, List.of())
        : new Content(sources, List.of(), queues.delivered(chosen, MOST_ROWS));
  }

  private void show(Content read) {
    loading = false;
    content.set(read);
    if (again) {
      again = false;
      load();
    }
  }

  private void failed(Throwable failure) {
    loading = false;
    context.state().notices().add(Failures.notice(failure));
  }

  void retryNow(QueuedEvent event) {
    change("retry an event", () -> queues.retryNow(event.requestId()));
  }

  void discard(List<QueuedEvent> events) {
    change("discard events", () -> events.forEach(event -> queues.discard(event.requestId())));
  }

  void clear(String arn) {
    change("clear a queue", () -> queues.clear(arn));
  }

  private void change(String what, Runnable work) {
    context
        .tasks()
        .run(
            what,
            () -> {
              work.run();
              return true;
            },
            done -> load(),
            this::failed);
  }

  @Override
  public void close() {
    subscriptions.close();
    refresh.close();
  }
}
