package dev.hearth.app.service;

import dev.hearth.app.store.StoreException;
import java.util.function.Supplier;

/** Turns what goes wrong below into what the callers of services are promised. */
final class Trouble {
  private Trouble() {}

  static <T> T translated(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreException e) {
      throw of(e);
    }
  }

  static void translated(Runnable work) {
    translated(
        () -> {
          work.run();
          return true;
        });
  }

  static HearthException of(StoreException e) {
    HearthException.Kind kind =
        e.reason() == StoreException.Reason.FAILED
            ? HearthException.Kind.MACHINE
            : HearthException.Kind.INPUT;
    return new HearthException(kind, String.valueOf(e.getMessage()), e);
  }

  static HearthException input(String message, Object... arguments) {
    return new HearthException(HearthException.Kind.INPUT, message.formatted(arguments));
  }

  static HearthException machine(Exception cause, String message, Object... arguments) {
    return new HearthException(HearthException.Kind.MACHINE, message.formatted(arguments), cause);
  }
}
