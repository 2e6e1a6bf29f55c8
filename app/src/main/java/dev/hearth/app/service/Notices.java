package dev.hearth.app.service;

import dev.hearth.runtime.event.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what went wrong in the background until someone listens, and tells it once. */
final class Notices implements Consumer<String> {
  private final List<String> told = new ArrayList<>();
  private final List<Consumer<String>> listeners = new ArrayList<>();

  @Override
  public void accept(String text) {
    List<Consumer<String>> now;
    synchronized (this) {
      told.add(text);
      now = List.copyOf(listeners);
    }
    now.forEach(listener -> listener.accept(text));
  }

  Subscription subscribe(Consumer<String> listener) {
    List<String> before;
    synchronized (this) {
      listeners.add(listener);
      before = List.copyOf(told);
    }
    before.forEach(listener);
    return () -> {
      synchronized (this) {
        listeners.remove(listener);
      }
    };
  }
}
