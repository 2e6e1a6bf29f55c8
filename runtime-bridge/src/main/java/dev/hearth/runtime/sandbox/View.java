package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A means of giving an environment its own view of files, processes and network. */
interface View {
  /** As the window names it. */
  String description();

  /** Whether {@code /tmp} ends where it is configured to end. */
  boolean limitsTmp();

  /** Whether {@link NetworkSpace}s other than the open one work with it. */
  boolean networks();

  /**
   * One environment's.
   *
   * @param entrances files outside that the process has to write to; see {@link ControlGroup}
   * @throws IOException when the folders can't be read
   */
  Inside inside(Isolation isolation, List<Path> entrances) throws IOException;

  /** The view of one environment. Its calls come in the order in which they stand here. */
  interface Inside extends AutoCloseable {
    /** The command that gets the wanted one to run inside; its paths are translated already. */
    List<String> command(List<String> wanted, Path directory);

    /** Where the process is started; inside, the command takes it from there. */
    Path directory(Path wanted);

    /** Whether {@link #start} uses a thread that is used for nothing else. */
    boolean hasThread();

    /** Does the last step of a start where it has to be done. */
    int start(Enclosure.Spawn spawn) throws IOException;

    /** How the process inside has ended, seen from how the started one has. */
    ExitStatus status(ExitStatus started);

    /** The process inside, seen from the started one; null while it is not there. */
    @Nullable Integer process(int started);

    /** Whatever is still inside is killed. */
    @Override
    void close();
  }

  /**
   * The environment with this folder for {@code /tmp} has gone, and what was kept for it may go.
   */
  default void giveBack(Path tmp) {
    // Nothing is kept.
  }

  /** Gives back what is kept for the next environment. */
  default void close() {
    // Nothing is kept.
  }
}
