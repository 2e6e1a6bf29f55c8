package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A way of starting a process so that it can be measured, stopped and ended with everything it
 * started.
 */
public interface Sandbox extends AutoCloseable {
  /** Which means are active, for the window: {@code plain process}. */
  String description();

  /**
   * Finds its means on a thread of its own, if nobody has needed them yet: linking the first native
   * functions and trying out the means takes some tenths of a second. Without it the first who
   * needs them waits for it. Returns at once.
   */
  void prepare();

  /** What this sandbox can't limit, as a short sentence for the window, or an empty text. */
  String notLimited();

  /**
   * Starts the process in a group of its own.
   *
   * @throws StartFailedException when the system refuses (missing or not executable file)
   * @throws IOException when it can't be started for another reason
   */
  SandboxedProcess start(ProcessSpec spec) throws IOException;

  /**
   * A network for one environment that reaches nobody but whoever listens in it. The caller closes
   * it after the environment.
   *
   * @param relay whether what listens on this machine's loopback interface now can be reached, too
   * @throws IOException when this machine has no means for it, saying the way out
   */
  NetworkSpace privateNetwork(boolean relay) throws IOException;

  /** Whether there is a means for {@link #privateNetwork}. */
  boolean separatesNetworks();

  /**
   * Has this folder with all its content removed when Hearth ends, however it ends.
   *
   * @throws IllegalArgumentException when the folder is too near to the root of the file system
   */
  void ownScratch(Path folder);

  /** Takes {@link #ownScratch} back: whoever calls has removed the folder, or means to keep it. */
  void disownScratch(Path folder);

  /** Kills everything that is still running and removes the scratch folders. */
  @Override
  void close();
}
