package dev.hearth.runtime.sandbox;

import java.util.NoSuchElementException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses among the sandboxes, so that nobody else needs to know which exist. */
public final class Sandboxes {
  private static final Logger log = LoggerFactory.getLogger(Sandboxes.class);

  /** Where the C library is called as {@link Libc} does. */
  static final boolean NATIVE =
      System.getProperty("os.name").equals("Linux")
          && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"));

  private Sandboxes() {}

  /**
   * The strongest means that this machine offers; which they are is found out by trying them. The
   * system property {@code hearth.sandbox} leaves some out: {@code plain} all of them, otherwise a
   * list of those that may be used ({@code cgroup-v1,cgroup-v2,namespaces,bubblewrap,throttle}).
   * Returns at once; the caller closes it.
   */
  public static Sandbox best() {
    return with(Choice.of(System.getProperty("hearth.sandbox", "")));
  }

  /** Links the calls of the C library, which takes longer than the start of a process. */
  public static void warmUp() {
    if (NATIVE) {
      try {
        NativeLauncher.warmUp();
      } catch (NoSuchElementException | ExceptionInInitializerError e) {
        log.debug("The C library was not linked ahead", e);
      }
    }
  }

  /** Nothing but processes: measured and ended, not confined. The caller closes it. */
  public static Sandbox plain() {
    return with(Choice.PLAIN);
  }

  static Sandbox with(Choice choice) {
    return new ProcessSandbox(NATIVE ? new OfLinux(choice) : new OfOthers());
  }

  /** Linux: what can be tried is tried. */
  private record OfLinux(Choice choice) implements ProcessSandbox.Means {
    @Override
    public Launcher launcher(Sweeper sweeper) {
      try {
        return new NativeLauncher(sweeper);
      } catch (NoSuchElementException | ExceptionInInitializerError e) {
        log.info("This C library can't spawn as needed; processes start more slowly", e);
        return new PortableLauncher(sweeper::sessionOf);
      }
    }

    @Override
    public Confinement confinement(Sweeper sweeper, Launcher launcher) {
      return launcher instanceof NativeLauncher
          ? new LinuxProbe(choice, sweeper, launcher).best()
          : Confinement.NONE;
    }

    @Override
    public boolean proc() {
      return true;
    }
  }

  /** macOS, Windows and others: the JDK's own processes. */
  private record OfOthers() implements ProcessSandbox.Means {
    @Override
    public Launcher launcher(Sweeper sweeper) {
      return new PortableLauncher(null);
    }

    @Override
    public Confinement confinement(Sweeper sweeper, Launcher launcher) {
      return Confinement.NONE;
    }

    @Override
    public boolean proc() {
      return false;
    }
  }
}
