package dev.hearth.app.service;

import dev.hearth.app.project.Pin;
import dev.hearth.app.project.PinResult;
import java.util.List;

/** Past invocations kept as tests. Methods block. */
public interface PinService {
  /** In name order. */
  List<Pin> list();

  /**
   * Keeps a past invocation as a test, with a budget from what it took.
   *
   * @param name replaces the pin that has it
   * @throws HearthException when the history does not have the invocation
   */
  Pin pin(String requestId, String name);

  /** Keeps a test as it is given, e.g. with another budget. */
  void put(Pin pin);

  /**
   * @throws HearthException when there is none of that name
   */
  void delete(String name);

  /** Invokes with the event of a pin, and compares. */
  PinResult run(Pin pin);
}
