package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread in namespaces of its own, ready to start the processes of one environment; it does one
 * task and ends. Its first process ends with {@link #close()} and takes all others with it.
 */
final class NamespaceThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NamespaceThread.class);

  /**
   * The first process of a process namespace: makes the process table visible, then collects ended
   * orphans, and takes all others with it when our end of its pipe closes, however that happens. A
   * part of the same shell waits for that, since each further program would lengthen every cold
   * start by a millisecond; should a process inside kill it, another takes its place.
   */
  private static final List<String> INIT =
      List.of(
          "/bin/sh",
          "-c",
          """
          mount -i -n -t proc -o nosuid,nodev,noexec proc /proc || exit
          exec 3<&0
          code=137
          while [ "$code" -gt 128 ]; do
            (read -r _ <&3) &
            wait $!
            code=$?
          done
          """);

  /** A machine that is busy with other things can take seconds for it. */
  private static final long MOST_INIT_NANOS = 10_000_000_000L;

  private static final long LOOK_NANOS = 50_000;

  /** After so many looks in vain it is asked, once in so many, whether somebody has killed it. */
  private static final int LOOKS_BEFORE_ASKING = 500;

  /** Ends no line, so that whoever reads from the pipe goes on waiting. */
  private static final int IGNORED = ' ';

  private static final String ENDED =
      "The first process of an execution environment ended before it was ready: something outside"
          + " of Hearth has killed it, or /proc can't be mounted here";

  private static final long STACK_BYTES = 512 << 10;
  private static final Callable<Integer> NOTHING = () -> 0;

  private final MountPlan base;
  private final Launcher launcher;
  private final CompletableFuture<OutputStream> init = new CompletableFuture<>();
  private final LinkedBlockingQueue<FutureTask<Integer>> task = new LinkedBlockingQueue<>();

  /**
   * Starts at once.
   *
   * @param base the first part of the view; closed here
   */
  NamespaceThread(MountPlan base, Launcher launcher) {
    this.base = base;
    this.launcher = launcher;
    Thread.ofPlatform().daemon().stackSize(STACK_BYTES).name("sandbox-start").start(this::run);
  }

  private void run() {
    try (base) {
      int kinds = Namespace.MOUNT | Namespace.IPC | Namespace.UTS | Namespace.PID;
      Namespace.check("namespaces", Namespace.unshare(kinds));
      base.run();
      OutputStream pipe = launcher.startHelper(INIT);
      awaitProcessTable(pipe);
      MountPlan.protectProcessTable();
      init.complete(pipe);
    } catch (IOException | RuntimeException | Error e) {
      init.completeExceptionally(e);
      return;
    }
    try {
      task.take().run();
    } catch (InterruptedException e) {
      // Nobody interrupts it; then it just ends.
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitProcessTable(OutputStream pipe) throws IOException {
    long until = System.nanoTime() + MOST_INIT_NANOS;
    int fd = Libc.open("/proc/version", Libc.O_RDONLY);
    for (int look = 1; fd < 0; look++) {
      if (System.nanoTime() - until > 0) {
        throw new IOException("The process table of a namespace did not appear within 10 s");
      }
      if (look % LOOKS_BEFORE_ASKING == 0) {
        checkAlive(pipe);
      }
      LockSupport.parkNanos(LOOK_NANOS);
      fd = Libc.open("/proc/version", Libc.O_RDONLY);
    }
    Libc.close(fd);
  }

  /** Nobody reads from the pipe of a process that has ended. */
  private static void checkAlive(OutputStream pipe) throws IOException {
    try {
      pipe.write(IGNORED);
    } catch (IOException e) {
      throw new IOException(ENDED, e);
    }
  }

  /**
   * Does something inside, once.
   *
   * @throws IOException whatever the task throws, or why there are no namespaces
   */
  int call(Callable<Integer> wanted) throws IOException {
    @Nullable Throwable failure = init.handle((pipe, reason) -> reason).join();
    if (failure instanceof IOException reason) {
      throw reason;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    FutureTask<Integer> future = new FutureTask<>(wanted);
    task.add(future);
    return OwnThread.await(future);
  }

  /** The thread ends, and whatever runs inside is killed. */
  @Override
  public void close() {
    task.add(new FutureTask<>(NOTHING));
    CompletableFuture<Void> closed = init.thenAccept(NamespaceThread::close);
    if (closed.isCompletedExceptionally()) {
      log.debug("A namespace was never ready: {}", String.valueOf(reason(closed)));
    }
  }

  private static @Nullable Throwable reason(CompletableFuture<Void> failed) {
    return failed.exceptionNow() instanceof CompletionException wrapped
        ? wrapped.getCause()
        : failed.exceptionNow();
  }

  private static void close(OutputStream pipe) {
    try {
      pipe.close();
    } catch (IOException e) {
      log.debug("The first process of a namespace had gone", e);
    }
  }
}
