package dev.hearth.runtime.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The few functions of Linux's C library that the JDK has no equivalent for. Every call answers the
 * function's result, or the negated {@code errno} when it failed, as the kernel itself does.
 *
 * <p>All functions share two call shapes, since making a call shape costs tens of milliseconds the
 * first time: arguments are passed as 64-bit registers, which is how Linux passes integers and
 * pointers on x86-64 and AArch64.
 */
final class Libc {
  static final int EINTR = 4;
  static final int EAGAIN = 11;

  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int SIGCONT = 18;
  static final int SIGSTOP = 19;

  static final int SEEK_DATA = 3;
  static final int SEEK_HOLE = 4;

  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_RDWR = 2;
  static final int O_TRUNC = 0x200;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;

  private static final long AT_FDCWD = -100;
  private static final int F_SETFL = 4;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int FIONREAD = 0x541B;
  private static final short POLLIN = 1;
  private static final int SYS_PIDFD_OPEN = 434;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** May block; takes six registers. */
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG),
          Linker.Option.captureCallState("errno"));

  /** Never blocks; its second argument may be an array on the Java heap. */
  private static final MethodHandle BRIEF =
      LINKER.downcallHandle(
          FunctionDescriptor.of(LONG, LONG, ValueLayout.ADDRESS, LONG, LONG),
          Linker.Option.captureCallState("errno"),
          Linker.Option.critical(true));

  private static final MemorySegment CLOCK_GETCPUCLOCKID = symbol("clock_getcpuclockid");
  private static final MemorySegment CLOCK_GETTIME = symbol("clock_gettime");
  private static final MemorySegment CLOSE = symbol("close");
  private static final MemorySegment EVENTFD = symbol("eventfd");
  private static final MemorySegment FCNTL = symbol("fcntl");
  private static final MemorySegment GETPGID = symbol("getpgid");
  private static final MemorySegment IOCTL = symbol("ioctl");
  private static final MemorySegment KILL = symbol("kill");
  private static final MemorySegment LSEEK = symbol("lseek");
  private static final MemorySegment OPENAT = symbol("openat");
  private static final MemorySegment PIPE2 = symbol("pipe2");
  private static final MemorySegment POLL = symbol("poll");
  private static final MemorySegment PREAD = symbol("pread");
  private static final MemorySegment PRLIMIT = symbol("prlimit");
  private static final MemorySegment READ = symbol("read");
  private static final MemorySegment SYSCALL = symbol("syscall");
  private static final MemorySegment WRITE = symbol("write");

  private Libc() {}

  /**
   * @throws java.util.NoSuchElementException when this C library has no such function
   */
  static MemorySegment symbol(String name) {
    return LINKER.defaultLookup().findOrThrow(name);
  }

  static long call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(ValueLayout.JAVA_INT);
      long result = (long) CALL.invokeExact(function, errno, a, b, c, d, e, f);
      // Functions that return an int leave the upper half of the register undefined.
      return (int) result == -1 ? -errno.get(ValueLayout.JAVA_INT, 0) : result;
    } catch (Throwable unexpected) {
      throw new IllegalStateException("A call of the C library failed", unexpected);
    }
  }

  static int call(MemorySegment function, long a, long b, long c) {
    return (int) call(function, a, b, c, 0, 0, 0);
  }

  private static long brief(
      MemorySegment function, long a, MemorySegment memory, long count, long d) {
    try {
      int[] errno = new int[1];
      long result =
          (long) BRIEF.invokeExact(function, MemorySegment.ofArray(errno), a, memory, count, d);
      return (int) result == -1 ? -errno[0] : result;
    } catch (Throwable unexpected) {
      throw new IllegalStateException("A call of the C library failed", unexpected);
    }
  }

  static int open(String path, int flags) {
    byte[] name = (path + '\0').getBytes(StandardCharsets.UTF_8);
    return (int) brief(OPENAT, AT_FDCWD, MemorySegment.ofArray(name), flags | O_CLOEXEC, 0);
  }

  static void close(int fd) {
    call(CLOSE, fd, 0, 0);
  }

  /** For descriptors that don't block: the array is pinned meanwhile. */
  static int read(int fd, byte[] into, int offset, int length) {
    MemorySegment target = MemorySegment.ofArray(into).asSlice(offset, length);
    return (int) brief(READ, fd, target, length, 0);
  }

  /** Reads from the beginning; the file keeps its position. */
  static int pread(int fd, byte[] into) {
    return (int) brief(PREAD, fd, MemorySegment.ofArray(into), into.length, 0);
  }

  /** The place found; negative when there is none. */
  static long seek(int fd, long from, int whence) {
    return call(LSEEK, fd, from, whence, 0, 0, 0);
  }

  /** For descriptors that don't block: the array is pinned meanwhile. */
  static int write(int fd, byte[] from, int offset, int length) {
    MemorySegment source = MemorySegment.ofArray(from).asSlice(offset, length);
    return (int) brief(WRITE, fd, source, length, 0);
  }

  /** May block. */
  static int write(int fd, MemorySegment from) {
    return call(WRITE, fd, from.address(), from.byteSize());
  }

  static int kill(int pid, int signal) {
    return call(KILL, pid, signal, 0);
  }

  /** The number of the process's group; negative when it has gone. */
  static int processGroup(int pid) {
    return call(GETPGID, pid, 0, 0);
  }

  /** Makes a pipe whose ends no child inherits: read end first. */
  static int pipe(int[] ends) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(8);
      int result = call(PIPE2, pair.address(), O_CLOEXEC, 0);
      if (result == 0) {
        ends[0] = aboveStandard(pair.get(ValueLayout.JAVA_INT, 0));
        ends[1] = aboveStandard(pair.get(ValueLayout.JAVA_INT, 4));
      }
      return result;
    }
  }

  /** A descriptor below 3 would be overwritten while the child's own 0, 1 and 2 are laid out. */
  private static int aboveStandard(int fd) {
    if (fd > 2) {
      return fd;
    }
    int moved = call(FCNTL, fd, F_DUPFD_CLOEXEC, 3);
    close(fd);
    return moved;
  }

  static void dontBlock(int fd) {
    call(FCNTL, fd, F_SETFL, O_NONBLOCK);
  }

  /** Bytes that can be read without blocking. */
  static int readable(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      int result = call(IOCTL, fd, FIONREAD, count.address());
      return result < 0 ? 0 : count.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /** A counter whose only use is to wake somebody who waits for it. */
  static int eventfd() {
    return call(EVENTFD, 0, O_CLOEXEC | O_NONBLOCK, 0);
  }

  static void wake(int eventfd) {
    byte[] one = new byte[8];
    one[0] = 1;
    write(eventfd, one, 0, 8);
  }

  /** Blocks until one of the two can be read or has been hung up. */
  static void awaitReadable(int first, int second) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(16, 4);
      both.set(ValueLayout.JAVA_INT, 0, first);
      both.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      both.set(ValueLayout.JAVA_INT, 8, second);
      both.set(ValueLayout.JAVA_SHORT, 12, POLLIN);
      call(POLL, both.address(), 2, -1);
    }
  }

  /** Sets both limits of a resource of another process. */
  static int limit(int pid, int resource, long most) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(16, 8);
      both.set(LONG, 0, most);
      both.set(LONG, 8, most);
      return (int) call(PRLIMIT, pid, resource, both.address(), 0, 0, 0);
    }
  }

  /** A descriptor that becomes readable when the process has ended. */
  static int pidfd(int pid) {
    return call(SYSCALL, SYS_PIDFD_OPEN, pid, 0);
  }

  /** The number of the process's CPU clock, or 0 when there is none. */
  static int cpuClock(int pid) {
    int[] clock = new int[1];
    long result = brief(CLOCK_GETCPUCLOCKID, pid, MemorySegment.ofArray(clock), 0, 0);
    return (int) result == 0 ? clock[0] : 0;
  }

  /** Nanoseconds on the clock, or -1. */
  static long clockNanos(int clock) {
    long[] time = new long[2];
    long result = brief(CLOCK_GETTIME, clock, MemorySegment.ofArray(time), 0, 0);
    return (int) result == 0 ? time[0] * 1_000_000_000L + time[1] : -1;
  }
}
