package dev.hearth.runtime.event;

/** Ends a subscription when closed. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
