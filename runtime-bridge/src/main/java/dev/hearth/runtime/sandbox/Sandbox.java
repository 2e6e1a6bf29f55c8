package dev.hearth.runtime.sandbox;

import java.io.IOException;

/**
 * A way of starting a process so that it can be measured, stopped and ended with everything it
 * started.
 */
public interface Sandbox extends AutoCloseable {
  /** Which means are active, for the window: {@code plain process}. */
  String description();

  /** What this sandbox can't limit, as a short sentence for the window, or an empty text. */
  String notLimited();

  /**
   * Starts the process in a group of its own.
   *
   * @throws IOException when it can't be started (missing or not executable file: the message is
   *     the system's)
   */
  SandboxedProcess start(ProcessSpec spec) throws IOException;

  /** Kills everything that is still running. */
  @Override
  void close();
}
