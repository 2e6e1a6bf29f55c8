package dev.hearth.runtime;

import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.RuntimeEventListener;
import dev.hearth.runtime.event.Subscription;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the events of one local Lambda to its subscribers, on the thread that publishes them. */
final class EventBus implements RuntimeEventListener {
  private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

  private final CopyOnWriteArrayList<RuntimeEventListener> listeners = new CopyOnWriteArrayList<>();

  Subscription subscribe(RuntimeEventListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void onEvent(RuntimeEvent event) {
    for (RuntimeEventListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        // A faulty listener must not end the call that it hears about.
        LOG.error("A listener failed on {}", event.getClass().getSimpleName(), e);
      }
    }
  }
}
