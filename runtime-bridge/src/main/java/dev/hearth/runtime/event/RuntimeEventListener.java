package dev.hearth.runtime.event;

/**
 * Receives {@link RuntimeEvent}s on the runtime's threads. It must not block and must not throw.
 */
@FunctionalInterface
public interface RuntimeEventListener {
  void onEvent(RuntimeEvent event);
}
