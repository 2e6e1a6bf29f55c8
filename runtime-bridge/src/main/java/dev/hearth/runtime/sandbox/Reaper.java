package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns of every child's end on one thread and collects its exact status; the JDK keeps only 128
 * plus the signal's number.
 */
final class Reaper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reaper.class);

  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EPOLLIN = 1;
  private static final int EPOLL_CLOEXEC = Libc.O_CLOEXEC;
  // struct epoll_event is packed on x86-64 only.
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
  private static final int EVENT_SIZE = PACKED ? 12 : 16;
  private static final int DATA_OFFSET = PACKED ? 4 : 8;
  private static final int BATCH = 64;
  private static final int USAGE_SIZE = 144;

  private static final MemorySegment EPOLL_CREATE = Libc.symbol("epoll_create1");
  private static final MemorySegment EPOLL_CTL = Libc.symbol("epoll_ctl");
  private static final MemorySegment EPOLL_WAIT = Libc.symbol("epoll_wait");
  private static final MemorySegment WAIT4 = Libc.symbol("wait4");

  /** What is done when a child has ended, and before its process id can be given to another. */
  interface Child {
    /** Called while the child is still a zombie: signals to its group can't meet strangers. */
    void ended();

    /**
     * Called after that.
     *
     * @param cpuNanos CPU time of the child and the descendants it waited for
     */
    void reaped(ExitStatus status, long cpuNanos);
  }

  private record Watched(int pid, int pidfd, Child child) {}

  private final Map<Integer, Watched> children = new ConcurrentHashMap<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final int epoll;
  private final int stop;

  Reaper() {
    epoll = Libc.call(EPOLL_CREATE, EPOLL_CLOEXEC, 0, 0);
    stop = Libc.eventfd();
    add(stop, 0);
    Thread.ofPlatform().daemon().name("sandbox-reaper").start(this::run);
  }

  /**
   * Starts to watch a child of ours that nobody else waits for.
   *
   * @throws IOException when the system has no descriptor left for it; the child is killed then
   */
  void watch(int pid, Child child) throws IOException {
    int pidfd = Libc.pidfd(pid);
    if (pidfd < 0) {
      child.ended();
      collect(pid, child);
      throw new IOException("Process " + pid + " can't be watched: " + Errno.text(-pidfd));
    }
    children.put(pid, new Watched(pid, pidfd, child));
    add(pidfd, pid);
  }

  private void add(int fd, int data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_SIZE, 8);
      event.set(ValueLayout.JAVA_INT, 0, EPOLLIN);
      event.set(ValueLayout.JAVA_INT, DATA_OFFSET, data);
      Libc.call(EPOLL_CTL, epoll, EPOLL_CTL_ADD, fd, event.address(), 0, 0);
    }
  }

  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate((long) EVENT_SIZE * BATCH, 8);
      boolean stopped = false;
      while (!stopped || !children.isEmpty()) {
        int count = (int) Libc.call(EPOLL_WAIT, epoll, events.address(), BATCH, -1, 0, 0);
        for (int i = 0; i < count; i++) {
          int pid = events.get(ValueLayout.JAVA_INT, (long) i * EVENT_SIZE + DATA_OFFSET);
          if (pid == 0) {
            stopped = true;
            Libc.call(EPOLL_CTL, epoll, EPOLL_CTL_DEL, stop, 0, 0, 0);
          } else {
            reap(pid);
          }
        }
      }
    }
    Libc.close(epoll);
    Libc.close(stop);
  }

  private void reap(int pid) {
    Watched watched = children.remove(pid);
    if (watched == null) {
      return;
    }
    try {
      watched.child().ended();
      Libc.close(watched.pidfd());
      collect(pid, watched.child());
    } catch (RuntimeException e) {
      log.error("Ending process {} failed", pid, e);
    }
  }

  private static void collect(int pid, Child child) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment usage = arena.allocate(USAGE_SIZE, 8);
      int result;
      do {
        result = (int) Libc.call(WAIT4, pid, status.address(), 0, usage.address(), 0, 0);
      } while (result == -Libc.EINTR);
      if (result < 0) {
        throw new IllegalStateException("No exit status: " + Errno.text(-result));
      }
      child.reaped(decode(status.get(ValueLayout.JAVA_INT, 0)), cpuNanos(usage));
    }
  }

  private static ExitStatus decode(int status) {
    int signal = status & 0x7f;
    return signal == 0
        ? new ExitStatus.Exited((status >> 8) & 0xff)
        : new ExitStatus.Signaled(signal, (status & 0x80) != 0);
  }

  private static long cpuNanos(MemorySegment usage) {
    long seconds = usage.get(ValueLayout.JAVA_LONG, 0) + usage.get(ValueLayout.JAVA_LONG, 16);
    long micros = usage.get(ValueLayout.JAVA_LONG, 8) + usage.get(ValueLayout.JAVA_LONG, 24);
    return seconds * 1_000_000_000L + micros * 1_000L;
  }

  /** Ends with the last child: helpers have a last duty when all else is closed. */
  @Override
  public void close() {
    // The thread closes the descriptor, whose number may then mean something else.
    if (!stopping.getAndSet(true)) {
      Libc.wake(stop);
    }
  }
}
