package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view of its own through bubblewrap, a small program that most desktops bring along and that
 * needs no rights: {@code bwrap}.
 */
final class Bubblewrap implements View {
  private static final int SIGNALLED = 128;
  private static final int MOST_SIGNAL = 64;

  private static final String LIMITED =
      "ulimit -n " + NativeLauncher.MOST_DESCRIPTORS + "; exec \"$0\" \"$@\"";

  private final Path program;

  /**
   * Memory for {@code /tmp}, whose size is exact then; null where it would count as the function's.
   */
  private final @Nullable TmpSpaces spaces;

  Bubblewrap(Path program, @Nullable TmpSpaces spaces) {
    this.program = program;
    this.spaces = spaces;
  }

  /** Where it is; null when it is not installed. */
  static @Nullable Path find() {
    for (String folder : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
      Path program = Path.of(folder, "bwrap");
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }

  @Override
  public String description() {
    return "bubblewrap";
  }

  @Override
  public boolean limitsTmp() {
    return spaces != null;
  }

  @Override
  public boolean networks() {
    return false;
  }

  @Override
  public Inside inside(Isolation isolation, List<Path> entrances) throws IOException {
    return new Wrapped(arguments(isolation), entrances);
  }

  @Override
  public void giveBack(Path tmp) {
    if (spaces != null) {
      spaces.giveBack(tmp);
    }
  }

  @Override
  public void close() {
    if (spaces != null) {
      spaces.close();
    }
  }

  /** All but the folder and the command. */
  private List<String> arguments(Isolation isolation) throws IOException {
    List<String> line = new ArrayList<>();
    Path tmp = isolation.tmp().toAbsolutePath().normalize();
    List<String> entering = spaces == null ? null : spaces.entering(tmp, isolation.tmpBytes());
    if (entering != null) {
      line.addAll(entering);
    }
    line.add(program.toString());
    if (entering != null) {
      // Where the memory could be mounted our user is called root.
      line.addAll(List.of("--uid", ownId("uid"), "--gid", ownId("gid")));
    }
    line.addAll(List.of("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"));
    // Not --die-with-parent: the kernel means the thread that starts it, and threads come and go.
    line.addAll(List.of("--unshare-cgroup-try", "--cap-drop", "ALL"));
    for (Path link : RootView.links()) {
      line.addAll(List.of("--symlink", Files.readSymbolicLink(link).toString(), link.toString()));
    }
    RootView.folders().forEach(folder -> show(line, folder, folder.toString()));
    for (Path secret : RootView.secrets()) {
      if (Files.isReadable(secret)) {
        hide(line, secret.toString(), Files.isDirectory(secret));
      }
    }
    line.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    if (Files.isWritable(Path.of("/proc/sys/kernel/panic"))) {
      // We are root, and so is who is inside: the kernel's settings are not for it.
      show(line, Path.of("/proc/sys"), "/proc/sys");
    }
    if (spaces != null && entering == null) {
      line.addAll(List.of("--size", Long.toString(isolation.tmpBytes()), "--tmpfs", "/tmp"));
    } else {
      line.addAll(List.of("--bind", tmp.toString(), InsidePaths.TMP));
    }
    show(line, isolation.taskRoot(), InsidePaths.TASK);
    for (Path file : RootView.projectFiles(isolation.taskRoot())) {
      hide(line, InsidePaths.TASK + "/" + file, false);
    }
    Path layers = isolation.layers();
    if (layers == null) {
      line.addAll(List.of("--dir", InsidePaths.LAYERS));
    } else {
      show(line, layers, InsidePaths.LAYERS);
    }
    RootView.extra(isolation).forEach(path -> show(line, path, path.toString()));
    line.addAll(List.of("--remount-ro", "/"));
    return line;
  }

  private static String ownId(String kind) throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:" + kind).toString();
  }

  private static void show(List<String> line, Path outside, String inside) {
    line.addAll(List.of("--ro-bind", outside.toString(), inside));
  }

  private static void hide(List<String> line, String path, boolean directory) {
    line.addAll(directory ? List.of("--tmpfs", path) : List.of("--ro-bind", "/dev/null", path));
  }

  /** One environment's. */
  private record Wrapped(List<String> arguments, List<Path> entrances) implements Inside {
    @Override
    public List<String> command(List<String> wanted, Path directory) {
      List<String> line = new ArrayList<>(arguments);
      line.addAll(List.of("--chdir", directory.toString(), "--"));
      line.addAll(wanted);
      // Set from outside, the limit might come after bubblewrap has started the process inside.
      List<String> limited = new ArrayList<>(List.of("/bin/sh", "-c", LIMITED));
      limited.addAll(line);
      return entrances.isEmpty() ? limited : LinuxConfinement.joining(entrances, limited);
    }

    @Override
    public Path directory(Path wanted) {
      return Path.of("/");
    }

    @Override
    public boolean hasThread() {
      return false;
    }

    @Override
    public int start(Enclosure.Spawn spawn) throws IOException {
      return spawn.start();
    }

    /** bubblewrap passes a signal on as shells do. */
    @Override
    public ExitStatus status(ExitStatus started) {
      return started instanceof ExitStatus.Exited(int code)
              && code > SIGNALLED
              && code <= SIGNALLED + MOST_SIGNAL
          ? new ExitStatus.Signaled(code - SIGNALLED, false)
          : started;
    }

    /** The started process watches over a first process inside, and that one has the wanted one. */
    @Override
    public @Nullable Integer process(int started) {
      int pid = started;
      for (int level = 0; level < 2; level++) {
        List<Integer> children = ProcTable.children(pid);
        if (children.isEmpty()) {
          return null;
        }
        pid = children.getFirst();
      }
      return pid;
    }

    @Override
    public void close() {
      // It ends with its first process.
    }
  }
}
