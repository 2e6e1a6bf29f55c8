package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes of our own user without any confinement: works everywhere, sees and may touch whatever
 * its user may. Everything is still measured, and ended with all that it started.
 *
 * <p>Every process gets one more variable, {@code HEARTH_SANDBOX}, by which descendants that left
 * its group are found.
 */
public final class PlainSandbox implements Sandbox {
  private static final Logger log = LoggerFactory.getLogger(PlainSandbox.class);
  private static final long MOST_CLOSE_SECONDS = 5;

  private final String id =
      Long.toHexString(ProcessHandle.current().pid())
          + '-'
          + Long.toHexString(System.currentTimeMillis())
          + '-'
          + Long.toHexString(System.nanoTime());
  private final AtomicLong sequence = new AtomicLong();
  private final Map<Launcher.Launched, String> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Launcher> launcher = new CompletableFuture<>();
  private final Watchdog watchdog = new Watchdog(launcher::join, Sweeper.MARK + '=' + id + '/');
  private final Sweeper sweeper = new Sweeper();
  private final boolean proc;

  /** Starting shares it, closing has it alone: nothing may start once the rest has been killed. */
  private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * Prepares the launcher on a thread of its own: linking the first native functions takes a tenth
   * of a second that need not be waited for.
   *
   * @param proc whether there is a /proc in which processes can be found and measured
   */
  PlainSandbox(Function<Sweeper, Launcher> launcherOf, boolean proc) {
    this.proc = proc;
    launcher.completeAsync(
        () -> launcherOf.apply(sweeper),
        task -> Thread.ofPlatform().daemon().name("sandbox-prepare").start(task));
  }

  @Override
  public String description() {
    return "plain process";
  }

  @Override
  public String notLimited() {
    return proc
        ? "CPU share and files are not limited here; memory is checked every 10 ms"
        : "CPU share, memory and files are not limited here";
  }

  @Override
  public SandboxedProcess start(ProcessSpec spec) throws IOException {
    lifecycle.readLock().lock();
    try {
      if (closed) {
        throw new IOException("The sandbox is closed");
      }
      return launch(spec);
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  private SandboxedProcess launch(ProcessSpec spec) throws IOException {
    String mark = id + '/' + sequence.incrementAndGet();
    Map<String, String> environment = LinkedHashMap.newLinkedHashMap(spec.environment().size() + 1);
    environment.putAll(spec.environment());
    environment.put(Sweeper.MARK, mark);
    Launcher started = launcher.join();
    watchdog.start();
    return started.launch(
        spec.command(), environment, spec.workingDirectory(), new Registration(mark));
  }

  @Override
  public void ownScratch(Path folder) {
    watchdog.guardFolder(checked(folder));
  }

  @Override
  public void disownScratch(Path folder) {
    watchdog.forgetFolder(checked(folder));
  }

  private static Path checked(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    if (whole.getNameCount() < 2 || whole.toString().indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          "A scratch folder lies at least two levels deep and has no line break in its name: "
              + folder);
    }
    return whole;
  }

  /** Keeps what is needed to end a process in step with its life. */
  private final class Registration implements Launcher.Listener {
    private final String mark;

    Registration(String mark) {
      this.mark = mark;
    }

    @Override
    public void started(Launcher.Launched process) {
      running.put(process, mark);
      watchdog.guardGroup(process.group());
    }

    @Override
    public void ended(Launcher.Launched process) {
      running.remove(process);
      watchdog.forgetGroup(process.group());
      if (proc) {
        sweeper.sweep(mark);
      }
    }
  }

  @Override
  public void close() {
    if (!refuseStarts()) {
      return;
    }
    Set<Launcher.Launched> left = Set.copyOf(running.keySet());
    left.forEach(SandboxedProcess::kill);
    left.forEach(PlainSandbox::awaitEnd);
    sweeper.close();
    if (proc && sequence.get() > 0) {
      Sweeper.killCarrying(mark -> mark.startsWith(id + '/'));
    }
    watchdog.close();
    launcher.thenAccept(Launcher::close);
  }

  /** False when they have been refused before. */
  private boolean refuseStarts() {
    lifecycle.writeLock().lock();
    try {
      boolean first = !closed;
      closed = true;
      return first;
    } finally {
      lifecycle.writeLock().unlock();
    }
  }

  private static void awaitEnd(SandboxedProcess process) {
    try {
      process.onExit().get(MOST_CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      log.warn("Process {} has not ended after SIGKILL", process.pid());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
