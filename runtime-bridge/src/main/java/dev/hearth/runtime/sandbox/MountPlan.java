package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The system calls that give a thread a root directory of its own, prepared outside: once the old
 * root is out of reach, the JVM could not load another class.
 */
final class MountPlan implements AutoCloseable {
  private static final int MS_RDONLY = 1;
  private static final int MS_NOSUID = 2;
  private static final int MS_NODEV = 4;
  private static final int MS_REMOUNT = 32;
  private static final int MS_BIND = 4096;
  private static final int MS_REC = 16384;
  private static final int MS_PRIVATE = 1 << 18;
  private static final int MNT_DETACH = 2;
  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0444;
  private static final int TMP_MODE = 01777;
  private static final int S_IFREG = 0100000;
  private static final long AT_FDCWD = -100;

  private static final MemorySegment MOUNT = Libc.symbol("mount");
  private static final MemorySegment UMOUNT = Libc.symbol("umount2");
  private static final MemorySegment MKDIR = Libc.symbol("mkdir");
  private static final MemorySegment RMDIR = Libc.symbol("rmdir");
  private static final MemorySegment SYMLINK = Libc.symbol("symlink");
  private static final MemorySegment CHDIR = Libc.symbol("chdir");
  private static final MemorySegment CHMOD = Libc.symbol("chmod");
  private static final MemorySegment SYSCALL = Libc.symbol("syscall");
  private static final int SYS_PIVOT_ROOT =
      System.getProperty("os.arch").equals("amd64") ? 155 : 41;
  private static final int SYS_MKNODAT = System.getProperty("os.arch").equals("amd64") ? 259 : 33;

  /** Where the old root is until it is let go. */
  private static final String OLD = "/.old";

  /** Exists everywhere; hidden in the new mount namespace only. */
  private static final String BASE = "/tmp";

  /**
   * One system call.
   *
   * @param what to say when it fails; null when that does not matter
   */
  private record Step(@Nullable String what, MemorySegment function, long[] arguments) {}

  private final Arena arena = Arena.ofShared();
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> made = new HashSet<>(Set.of("/"));

  /** Steps that follow those of {@link #newRoot()}. */
  MountPlan() {
    // Loaded now: a failure inside is to be told, too.
    Errno.text(0);
  }

  /** A new, empty root; the old one is at {@value #OLD} until {@link #finish()}. */
  void newRoot() {
    step("private mounts", MOUNT, text("none"), text("/"), 0, MS_REC | MS_PRIVATE, 0);
    step("new root", MOUNT, text("tmpfs"), text(BASE), text("tmpfs"), MS_NOSUID, text("mode=755"));
    step(null, MKDIR, text(BASE + OLD), DIRECTORY_MODE);
    step("change of root", SYSCALL, SYS_PIVOT_ROOT, text(BASE), text(BASE + OLD));
    step("root folder", CHDIR, text("/"));
  }

  private long text(String text) {
    return arena.allocateFrom(text).address();
  }

  private void step(@Nullable String what, MemorySegment function, long... arguments) {
    long[] six = new long[6];
    System.arraycopy(arguments, 0, six, 0, arguments.length);
    steps.add(new Step(what, function, six));
  }

  /** An empty folder with all above it. */
  void folder(String path) {
    if (made.add(path)) {
      folder(Path.of(path).getParent().toString());
      step(null, MKDIR, text(path), DIRECTORY_MODE);
    }
  }

  void link(String path, String target) {
    folder(Path.of(path).getParent().toString());
    step(null, SYMLINK, text(target), text(path));
  }

  /** Shows a file or folder that exists outside; links are followed. */
  void show(Path outside, String inside, boolean writable) {
    if (Files.isDirectory(outside)) {
      folder(inside);
    } else {
      folder(Path.of(inside).getParent().toString());
      emptyFile(inside);
    }
    bind(OLD + outside, inside, writable);
  }

  /**
   * Made without being opened: descriptors belong to the whole process, and none would close it.
   */
  private void emptyFile(String path) {
    step(null, SYSCALL, SYS_MKNODAT, AT_FDCWD, text(path), S_IFREG | FILE_MODE, 0);
  }

  private void bind(String from, String to, boolean writable) {
    step("showing " + to, MOUNT, text(from), text(to), 0, MS_BIND | MS_REC, 0);
    if (!writable) {
      int flags = MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV;
      step("protecting " + to, MOUNT, 0, text(to), 0, flags, 0);
    }
  }

  /** Mounts a file system for anybody to write to. */
  void disk(Path device, String inside) {
    folder(inside);
    step(
        "mounting " + inside,
        MOUNT,
        text(OLD + device),
        text(inside),
        text("ext4"),
        MS_NOSUID | MS_NODEV,
        0);
    step(null, RMDIR, text(inside + "/lost+found"));
    step(null, CHMOD, text(inside), TMP_MODE);
  }

  /** A device stays one. */
  void device(String path) {
    emptyFile(path);
    step("showing " + path, MOUNT, text(OLD + path), text(path), 0, MS_BIND, 0);
  }

  /** Makes an existing file or folder look empty. */
  void hide(String path, boolean directory) {
    if (directory) {
      step("hiding " + path, MOUNT, text("tmpfs"), text(path), text("tmpfs"), MS_RDONLY, 0);
    } else {
      step("hiding " + path, MOUNT, text(OLD + "/dev/null"), text(path), 0, MS_BIND, 0);
    }
  }

  /** Lets go of the old root and forbids changes of the new one. */
  void finish() {
    step("letting go of the old root", UMOUNT, text(OLD), MNT_DETACH);
    step(null, RMDIR, text(OLD));
    step(
        "protecting the root",
        MOUNT,
        0,
        text("/"),
        0,
        MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID,
        0);
  }

  /**
   * Does it all, for the calling thread, which is in a mount namespace of its own.
   *
   * @throws IOException naming the step and the kernel's reason
   */
  void run() throws IOException {
    String failed = null;
    long reason = 0;
    for (Step step : steps) {
      long[] a = step.arguments();
      long result = Libc.call(step.function(), a[0], a[1], a[2], a[3], a[4], a[5]);
      if ((int) result < 0 && step.what() != null) {
        failed = step.what();
        reason = result;
        break;
      }
    }
    if (failed != null) {
      throw new IOException(failed + ": " + Errno.text((int) -reason));
    }
  }

  /**
   * Root's processes could change the kernel's settings through the process table, whatever rights
   * they have given up. For the calling thread's view, after {@code /proc} has appeared.
   *
   * @throws IOException naming the step and the kernel's reason
   */
  static void protectProcessTable() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment nothing = arena.allocateFrom("/dev/null");
      for (String file : List.of("/proc/sysrq-trigger", "/proc/kcore")) {
        long path = arena.allocateFrom(file).address();
        Libc.call(MOUNT, nothing.address(), path, 0, MS_BIND, 0, 0);
      }
      long settings = arena.allocateFrom("/proc/sys").address();
      Libc.call(MOUNT, settings, settings, 0, MS_BIND, 0, 0);
      long readOnly = MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV;
      int result = (int) Libc.call(MOUNT, 0, settings, 0, readOnly, 0, 0);
      Namespace.check("protecting /proc/sys", result);
    }
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
