package dev.hearth.runtime.sandbox;

import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses among the sandboxes, so that nobody else needs to know which exist. */
public final class Sandboxes {
  private static final Logger log = LoggerFactory.getLogger(Sandboxes.class);

  private Sandboxes() {}

  /** The strongest means that this machine offers. Returns at once; the caller closes it. */
  public static Sandbox best() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    return new PlainSandbox(
        linux ? Sandboxes::nativeIfPossible : sweeper -> new PortableLauncher(null), linux);
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
