package dev.hearth.runtime.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses among the sandboxes, so that nobody else needs to know which exist. */
public final class Sandboxes {
  private static final Logger log = LoggerFactory.getLogger(Sandboxes.class);

  /** Where the C library is called as {@link Libc} does. */
  static final boolean NATIVE = OperatingSystem.ofThisMachine().callsLinux();

  private Sandboxes() {}

  /**
   * The strongest means that this machine offers; which they are is found out by trying them. The
   * system property {@code hearth.sandbox} leaves some out: {@code plain} all of them, otherwise a
   * list of those that may be used ({@code
   * cgroup-v1,cgroup-v2,namespaces,bubblewrap,throttle,sandbox-exec,job-object}). Returns at once;
   * the caller closes it.
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
    return new ProcessSandbox(means(OperatingSystem.ofThisMachine(), choice));
  }

  /** The ways of a system; nothing of it is touched before they are asked. */
  static ProcessSandbox.Means means(OperatingSystem system, Choice choice) {
    return switch (system.kind()) {
      case LINUX -> system.callsLinux() ? new OfLinux(choice) : new OfOthers();
      case MAC -> new OfMac(choice);
      case WINDOWS -> new OfWindows(choice, system.has64Bits());
      case OTHER -> new OfOthers();
    };
  }

  /** Linux: what can be tried is tried. */
  record OfLinux(Choice choice) implements ProcessSandbox.Means {
    @Override
    public Launcher launcher(Sweeper sweeper) {
      try {
        return new NativeLauncher(sweeper);
      } catch (NoSuchElementException | ExceptionInInitializerError e) {
        log.info("This C library can't spawn as needed; processes start more slowly", e);
        return new PortableLauncher(
            new UnixSystem(pid -> new GroupMeter(pid, sweeper::sessionOf, null)));
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

    @Override
    public boolean shell() {
      return true;
    }
  }

  /** macOS: never tried on a Mac yet, so whatever fails is left out and named. */
  record OfMac(Choice choice) implements ProcessSandbox.Means {
    /** Succeeds when only the folder that is /tmp can be written and the home can't be read. */
    private static final String OWN_RULES =
        "touch \"$0/x\" && rm \"$0/x\" && ! touch ./x 2>/dev/null && ! ls ~ >/dev/null 2>&1";

    @Override
    public Launcher launcher(Sweeper sweeper) {
      MacCalls library = library();
      return new PortableLauncher(
          new UnixSystem(pid -> library == null ? null : new MacMeter(pid, library)));
    }

    private static @Nullable MacCalls library() {
      try {
        return new MacLibrary();
      } catch (NoSuchElementException | IllegalStateException | LinkageError e) {
        log.info("Memory is not measured: the system's library can't be called", e);
        return null;
      }
    }

    @Override
    public Confinement confinement(Sweeper sweeper, Launcher launcher) {
      Path home = Path.of(System.getProperty("user.home"));
      CpuShare cpu = CpuShare.ofThisMachine();
      String script = OWN_RULES.replace("~", "'" + home.toString().replace("'", "'\\''") + "'");
      boolean rules =
          choice.allows(Choice.SANDBOX_EXEC)
              && new Trial(launcher)
                  .works(new MacConfinement(true, cpu, null, List.of(home)), script);
      CpuThrottle throttle = choice.allows(Choice.THROTTLE) ? new CpuThrottle() : null;
      return new MacConfinement(rules, cpu, throttle, List.of(home));
    }

    @Override
    public boolean proc() {
      return false;
    }

    @Override
    public boolean shell() {
      return true;
    }
  }

  /** Windows: never tried there yet, so whatever is refused is left out and named. */
  record OfWindows(Choice choice, boolean has64Bits) implements ProcessSandbox.Means {
    @Override
    public Launcher launcher(Sweeper sweeper) {
      return new PortableLauncher(new WindowsSystem());
    }

    @Override
    public Confinement confinement(Sweeper sweeper, Launcher launcher) {
      if (!has64Bits || !choice.allows(Choice.JOB_OBJECT)) {
        return Confinement.NONE;
      }
      try {
        return WindowsConfinement.probe(new WindowsKernel(), CpuShare.ofThisMachine());
      } catch (IllegalArgumentException
          | NoSuchElementException
          | IllegalStateException
          | LinkageError e) {
        log.info("Job objects are not used: Windows's libraries can't be called", e);
        return Confinement.NONE;
      }
    }

    @Override
    public boolean proc() {
      return false;
    }

    /** A job object ends with us; folders that are left are removed at the next start. */
    @Override
    public boolean shell() {
      return false;
    }
  }

  /** Whatever else runs a JVM: processes are started and ended. */
  record OfOthers() implements ProcessSandbox.Means {
    @Override
    public Launcher launcher(Sweeper sweeper) {
      return new PortableLauncher(new UnixSystem(pid -> null));
    }

    @Override
    public Confinement confinement(Sweeper sweeper, Launcher launcher) {
      return Confinement.NONE;
    }

    @Override
    public boolean proc() {
      return false;
    }

    @Override
    public boolean shell() {
      return true;
    }
  }
}
