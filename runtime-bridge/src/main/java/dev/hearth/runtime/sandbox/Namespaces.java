package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A view of its own by the kernel's namespaces, set up by system calls of ours: the fastest way,
 * open to root only. The process inside keeps its user but none of root's rights except reading
 * whatever file is shown to it.
 */
final class Namespaces implements View {
  private static final Logger log = LoggerFactory.getLogger(Namespaces.class);

  private static final int PR_CAPBSET_DROP = 24;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int CAP_DAC_OVERRIDE = 1;
  private static final int CAPABILITIES = 64;
  private static final String JOIN = "/run/hearth-join";
  private static final MemorySegment PRCTL = Libc.symbol("prctl");

  private final Launcher launcher;
  private final TmpDisks disks = new TmpDisks();

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
    return disks.working();
  }

  @Override
  public boolean networks() {
    return true;
  }

  @Override
  public Inside inside(Isolation isolation, List<Path> entrances) throws IOException {
    MountPlan rest = rest(isolation, entrances);
    return new Own(isolation, entrances, rest, new NamespaceThread(base(), launcher));
  }

  @Override
  public void giveBack(Path tmp) {
    disks.giveBack(tmp);
  }

  @Override
  public void close() {
    disks.close();
  }

  /** What is alike in all environments. */
  private static MountPlan base() {
    MountPlan plan = new MountPlan();
    plan.newRoot();
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
    return plan;
  }

  private MountPlan rest(Isolation isolation, List<Path> entrances) throws IOException {
    MountPlan plan = new MountPlan();
    Path disk = disks.device(isolation.tmp().toAbsolutePath().normalize(), isolation.tmpBytes());
    if (disk == null) {
      plan.show(isolation.tmp(), InsidePaths.TMP, true);
    } else {
      plan.disk(disk, InsidePaths.TMP);
    }
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

  /** Everything but reading whatever file is shown. */
  private static void dropRights() throws IOException {
    for (int capability = 0; capability < CAPABILITIES; capability++) {
      if (capability != CAP_DAC_OVERRIDE) {
        // Those that the kernel does not know yet are refused.
        int ignored = Libc.call(PRCTL, PR_CAPBSET_DROP, capability, 0);
      }
    }
    Namespace.check("no new rights", Libc.call(PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0));
  }

  /**
   * One environment's namespaces.
   *
   * @param rest what the thread, which has done what is alike in all, has still to do
   */
  private record Own(
      Isolation isolation, List<Path> entrances, MountPlan rest, NamespaceThread thread)
      implements Inside {
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
    public boolean hasThread() {
      return true;
    }

    @Override
    public int start(Enclosure.Spawn spawn) throws IOException {
      return thread.call(
          () -> {
            int network = isolation.network().namespace();
            if (network >= 0) {
              Namespace.check("network", Namespace.enter(network, Namespace.NET));
            }
            rest.run();
            dropRights();
            return spawn.start();
          });
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
      rest.close();
      thread.close();
    }
  }
}
