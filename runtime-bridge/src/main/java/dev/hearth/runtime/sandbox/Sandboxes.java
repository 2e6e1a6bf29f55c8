package dev.hearth.runtime.sandbox;

import java.util.NoSuchElementException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses among the sandboxes, so that nobody else needs to know which exist. */
public final class Sandboxes {
  private static final Logger log = LoggerFactory.getLogger(Sandboxes.class);

  /** Where the C library is called as {@link Libc} does. */
  private static final boolean NATIVE =
      System.getProperty("os.name").equals("Linux")
          && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"));

  private Sandboxes() {}

  /** The strongest means that this machine offers. Returns at once; the caller closes it. */
  public static Sandbox best() {
    return NATIVE
        ? new PlainSandbox(Sandboxes::nativeIfPossible, true)
        : new PlainSandbox(sweeper -> new PortableLauncher(null), false);
  }

  private static Launcher nativeIfPossible(Sweeper sweeper) {
    try {
      return new NativeLauncher(sweeper);
    } catch (NoSuchElementException | ExceptionInInitializerError e) {
      log.info("This C library can't spawn as needed; processes start more slowly", e);
      return new PortableLauncher(sweeper::sessionOf);
    }
  }
}
