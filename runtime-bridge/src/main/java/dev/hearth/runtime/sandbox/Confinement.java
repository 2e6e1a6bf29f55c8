package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One combination of the means that this machine has to confine an environment. */
interface Confinement extends AutoCloseable {
  /** What may be not limited, in the words of the window. */
  String CPU = "CPU share";

  String FILES = "files";
  String TMP = "size of /tmp";
  String PROCESSES = "number of processes";

  /** Remarks of several systems. */
  String POLLED_MEMORY = "memory is checked every 10 ms";

  String THROTTLED = "the CPU share is kept by stopping and continuing";

  /** Nothing is confined. */
  Confinement NONE =
      new Confinement() {
        @Override
        public String description() {
          return "plain process";
        }

        @Override
        public List<String> notLimited() {
          return List.of(CPU, "memory", FILES, TMP, PROCESSES);
        }

        @Override
        public Enclosure enclose(String name, ProcessSpec spec) {
          return Enclosure.NONE;
        }

        @Override
        public void close() {
          // There is nothing.
        }
      };

  /** The means by their names: {@code cgroup v1, bubblewrap}. */
  String description();

  /** What none of the means limits, in the words of the window. */
  List<String> notLimited();

  /** What is limited in another way than on Lambda, one clause each. */
  default List<String> remarks() {
    return List.of();
  }

  /**
   * Surroundings for one process.
   *
   * @param name unique among living ones, fit for a file name
   * @throws IOException saying what the system refused; nothing is left behind then
   */
  Enclosure enclose(String name, ProcessSpec spec) throws IOException;

  /**
   * A network for one environment that reaches nobody but whoever listens in it.
   *
   * @param relay whether what listens on this machine's loopback interface now can be reached, too
   * @throws IOException when this means has none, saying the way out
   */
  default NetworkSpace privateNetwork(boolean relay) throws IOException {
    throw new IOException(
        "This function is not to use the network, and Hearth can't keep it from that here: it needs"
            + " Linux and root, or macOS. Open the network in its configuration, or run Hearth"
            + " there.");
  }

  /**
   * The environment with this folder for {@code /tmp} has gone, and what was kept for it may go.
   */
  default void giveBack(Path tmp) {
    // Nothing is kept.
  }

  /** Whether {@link #privateNetwork} has any. */
  default boolean separatesNetworks() {
    return false;
  }

  @Override
  void close();
}
