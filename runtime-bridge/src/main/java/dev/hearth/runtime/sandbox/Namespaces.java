package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A view of its own by the kernel's namespaces, set up by system calls of ours: the fastest way,
 * open to root only. The process inside keeps its user but none of root's rights except reading
 * whatever file is shown to it.
 */
final class Namespaces implements View {
  private static final Logger log = LoggerFactory.getLogger(Namespaces.class);

  /**
   * The first process of a process namespace: makes the process table visible, then collects ended
   * orphans, and takes all others with it when our end of its pipe closes, however that happens.
   */
  private static final List<String> INIT =
      List.of(
          "/bin/sh",
          "-c",
          "mount -i -n -t proc -o nosuid,nodev,noexec proc /proc"
              + " && exec env --ignore-signal=CHLD cat");

  private static final long MOST_INIT_NANOS = 2_000_000_000L;
  private static final long LOOK_NANOS = 50_000;
  private static final int PR_CAPBSET_DROP = 24;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int CAP_DAC_OVERRIDE = 1;
  private static final int CAPABILITIES = 64;
  private static final String JOIN = "/run/hearth-join";
  private static final MemorySegment PRCTL = Libc.symbol("prctl");

  private final Launcher launcher;

  /**
   * @throws IOException when not even a helper can be started
   */
  Namespaces(Launcher launcher) throws IOException {
    this.launcher = launcher;
    loadWhatIsNeededInside();
  }

  /** From inside, the folders and archives of our own classes are out of reach. */
  private void loadWhatIsNeededInside() throws IOException {
    launcher.startHelper(List.of("/bin/sh", "-c", ":")).close();
    StartFailedException failure = new StartFailedException("", Errno.text(0));
    log.trace("Loaded {}, {}", failure.reason(), Namespace.MOUNT);
  }

  @Override
  public String description() {
    return "namespaces";
  }

  @Override
  public boolean limitsTmp() {
    return false;
  }

  @Override
  public boolean networks() {
    return true;
  }

  @Override
  public Inside inside(Isolation isolation, List<Path> entrances) throws IOException {
    return new Own(isolation, entrances);
  }

  private static MountPlan plan(Isolation isolation, List<Path> entrances) throws IOException {
    MountPlan plan = new MountPlan();
    RootView.links().forEach(link -> plan.link(link.toString(), target(link)));
    RootView.folders().forEach(folder -> plan.show(folder, folder.toString(), false));
    RootView.secrets().forEach(path -> plan.hide(path.toString(), Files.isDirectory(path)));
    plan.folder("/dev");
    RootView.DEVICES.stream().filter(d -> Files.exists(Path.of(d))).forEach(plan::device);
    plan.link("/dev/fd", "/proc/self/fd");
    plan.link("/dev/stdin", "/proc/self/fd/0");
    plan.link("/dev/stdout", "/proc/self/fd/1");
    plan.link("/dev/stderr", "/proc/self/fd/2");
    plan.folder("/proc");
    plan.show(isolation.tmp(), InsidePaths.TMP, true);
    plan.show(isolation.taskRoot(), InsidePaths.TASK, false);
    for (Path file : RootView.projectFiles(isolation.taskRoot())) {
      plan.hide(InsidePaths.TASK + "/" + file, false);
    }
    Path layers = isolation.layers();
    if (layers == null) {
      plan.folder(InsidePaths.LAYERS);
    } else {
      plan.show(layers, InsidePaths.LAYERS, false);
    }
    RootView.extra(isolation).forEach(path -> plan.show(path, path.toString(), false));
    if (!entrances.isEmpty()) {
      plan.show(entrances.getFirst(), JOIN, true);
    }
    plan.finish();
    return plan;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      // Gone since it was listed: then it leads nowhere inside, too.
      return "nowhere";
    }
  }

  /** One environment's namespaces. */
  private final class Own implements Inside {
    private final Isolation isolation;
    private final List<Path> entrances;
    private final MountPlan plan;
    private @Nullable OutputStream init;

    Own(Isolation isolation, List<Path> entrances) throws IOException {
      this.isolation = isolation;
      this.entrances = entrances;
      this.plan = plan(isolation, entrances);
    }

    @Override
    public List<String> command(List<String> wanted, Path directory) {
      return entrances.isEmpty()
          ? wanted
          : LinuxConfinement.joining(List.of(Path.of(JOIN)), wanted);
    }

    @Override
    public Path directory(Path wanted) {
      return wanted;
    }

    @Override
    public boolean entersByThread() {
      return true;
    }

    @Override
    public void enter() throws IOException {
      try (plan) {
        int network = isolation.network().namespace();
        if (network >= 0) {
          Namespace.check("network", Namespace.enter(network, Namespace.NET));
        }
        int kinds = Namespace.MOUNT | Namespace.IPC | Namespace.UTS | Namespace.PID;
        Namespace.check("namespaces", Namespace.unshare(kinds));
        plan.run();
      }
      init = launcher.startHelper(INIT);
      awaitProcessTable();
      MountPlan.protectProcessTable();
    }

    private void awaitProcessTable() throws IOException {
      long until = System.nanoTime() + MOST_INIT_NANOS;
      int fd = Libc.open("/proc/version", Libc.O_RDONLY);
      while (fd < 0) {
        if (System.nanoTime() - until > 0) {
          throw new IOException("The process table of a namespace did not appear");
        }
        LockSupport.parkNanos(LOOK_NANOS);
        fd = Libc.open("/proc/version", Libc.O_RDONLY);
      }
      Libc.close(fd);
    }

    @Override
    public void dropRights() throws IOException {
      for (int capability = 0; capability < CAPABILITIES; capability++) {
        if (capability != CAP_DAC_OVERRIDE) {
          // Those that the kernel does not know yet are refused.
          int ignored = Libc.call(PRCTL, PR_CAPBSET_DROP, capability, 0);
        }
      }
      Namespace.check("no new rights", Libc.call(PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0));
    }

    @Override
    public ExitStatus status(ExitStatus started) {
      return started;
    }

    @Override
    public Integer process(int started) {
      return started;
    }

    @Override
    public void close() {
      OutputStream pipe = init;
      init = null;
      if (pipe != null) {
        try {
          pipe.close();
        } catch (IOException e) {
          log.debug("The first process of a namespace had gone", e);
        }
      }
    }
  }
}
