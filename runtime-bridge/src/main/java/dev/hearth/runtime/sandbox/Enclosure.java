package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the processes of one environment, made just before the first of them starts and
 * closed after the last has ended.
 */
interface Enclosure extends AutoCloseable {
  /** Nothing but the process itself. */
  Enclosure NONE =
      new Enclosure() {
        @Override
        public void close() {
          // There is nothing.
        }
      };

  /**
   * The command that gets the wanted one to run inside.
   *
   * @param directory where it is to run
   */
  default List<String> command(List<String> wanted, Path directory) {
    return wanted;
  }

  /** Where that command has to be started. */
  default Path directory(Path wanted) {
    return wanted;
  }

  /** The variables, with paths as they are called inside. */
  default Map<String, String> environment(Map<String, String> wanted) {
    return wanted;
  }

  /** The last step of a start. */
  interface Spawn {
    /**
     * @return the process id
     */
    int start() throws IOException;
  }

  /** Starts the process inside; the step may be done on another thread. */
  default int start(Spawn spawn) throws IOException {
    return spawn.start();
  }

  /**
   * Takes in a process that the JDK has started a moment ago, where a start can't be done inside.
   *
   * @return what it can be steered by from now on; null when there is nothing beyond the usual
   * @throws IOException when the system refuses; the process is killed then
   */
  default @Nullable GroupControl adopt(Process process) throws IOException {
    return null;
  }

  default @Nullable ControlGroup group() {
    return null;
  }

  /** What holds the processes to their CPU share by signals; null where nobody has to. */
  default @Nullable CpuThrottle throttle() {
    return null;
  }

  /** The share that {@link #throttle()} holds them to, of one processor. */
  default double share() {
    return 0;
  }

  /** How the process inside has ended, seen from how the started one has. */
  default ExitStatus status(ExitStatus started) {
    return started;
  }

  /** The number of the process inside, as soon as it runs; until then that of the started one. */
  default int process(int started) {
    return started;
  }

  /** Init is over: from now on the function gets what its memory buys. */
  default void initDone() {
    // Nothing was different before.
  }

  /** The first process has ended: whoever is left is killed, what was made is removed. */
  @Override
  void close();
}
