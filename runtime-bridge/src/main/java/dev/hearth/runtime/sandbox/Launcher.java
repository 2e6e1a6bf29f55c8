package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One way of starting processes on this system; what is alike in all ways is in the sandbox. */
interface Launcher extends AutoCloseable {
  /** A started process, as its sandbox sees it. */
  interface Launched extends SandboxedProcess {
    /** The number that stands for the whole group when signals are sent. */
    int group();
  }

  /** Told about every process, from whatever thread learns of it. */
  interface Listener {
    void started(Launched process);

    /** The first process has ended and its group has been killed. */
    void ended(Launched process);
  }

  /**
   * Starts a process in a group of its own, reading from the null device.
   *
   * @param environment all its variables
   * @param enclosure what it is put in; closed when the process has ended
   * @throws IOException with the system's reason; nothing is left behind then
   */
  Launched launch(
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Enclosure enclosure,
      Listener listener)
      throws IOException;

  /**
   * Starts a silent helper that outlives us for a moment.
   *
   * @return its standard input, unbuffered
   * @throws IOException when it can't be started
   */
  OutputStream startHelper(List<String> command) throws IOException;

  /** Everything that was launched has ended. */
  @Override
  void close();
}
