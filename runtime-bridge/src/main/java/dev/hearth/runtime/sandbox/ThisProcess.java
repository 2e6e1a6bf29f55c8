package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that Hearth itself runs in. */
public final class ThisProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ThisProcess.class);
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final int PRIO_PROCESS = 0;

  private ThisProcess() {}

  /**
   * Lets threads of this process have a smaller part of a processor that others want, too. Those
   * that they start inherit it. Does nothing where there is no such means.
   *
   * @param name how the names of the threads begin, in the system's 15 characters
   * @param nice 0 as others to 19, which gets a hundredth of what they get; it can't be taken back
   *     without a privilege
   */
  public static void yieldThreads(String name, int nice) {
    if (!Sandboxes.NATIVE) {
      return;
    }
    try {
      for (long thread : threads(name)) {
        Libc.call(Libc.symbol("setpriority"), PRIO_PROCESS, thread, nice);
      }
    } catch (IOException | NoSuchElementException | LinkageError e) {
      LOG.debug("The threads {} stay as they are", name, e);
    }
  }

  private static List<Long> threads(String name) throws IOException {
    try (Stream<Path> all = Files.list(THREADS)) {
      return all.filter(thread -> isNamed(thread, name))
          .map(thread -> Long.parseLong(thread.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isNamed(Path thread, String name) {
    try {
      return Files.readString(thread.resolve("comm")).startsWith(name);
    } catch (IOException e) {
      // It has ended.
      return false;
    }
  }

  /**
   * Ends it at once with an exit code. A JVM that ends waits 300 ms for threads that sit in the
   * kernel, as those that wait for sockets always do; for a command that is as long as all the
   * rest. No shutdown hook runs where this works: everything has to be closed and flushed before.
   */
  public static void end(int exitCode) {
    if (Sandboxes.NATIVE) {
      endNow(exitCode);
    }
    System.exit(exitCode);
  }

  private static void endNow(int exitCode) {
    try {
      Libc.call(Libc.symbol("_exit"), exitCode, 0, 0);
    } catch (NoSuchElementException | LinkageError e) {
      // The caller ends it in the usual way, which only takes longer.
      return;
    }
  }
}
