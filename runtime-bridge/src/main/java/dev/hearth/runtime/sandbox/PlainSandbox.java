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
  private final boolean linux;
  private volatile boolean closed;

  /**
   * Prepares the launcher on a thread of its own: linking the first native functions takes a tenth
   * of a second that need not be waited for.
   */
  PlainSandbox(Function<Sweeper, Launcher> launcherOf, boolean linux) {
    this.linux = linux;
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
    return linux
        ? "CPU share and files are not limited here; memory is checked every 10 ms"
        : "CPU share, memory and files are not limited here";
  }

  @Override
  public SandboxedProcess start(ProcessSpec spec) throws IOException {
    if (closed) {
      throw new IOException("The sandbox is closed");
    }
    String mark = id + '/' + sequence.incrementAndGet();
    Map<String, String> environment = LinkedHashMap.newLinkedHashMap(spec.environment().size() + 1);
    environment.put(Sweeper.MARK, mark);
    environment.putAll(spec.environment());
    Launcher started = launcher.join();
    watchdog.start();
    Launcher.Launched process =
        started.launch(
            spec.command(), environment, spec.workingDirectory(), new Registration(mark));
    if (closed) {
      process.kill();
    }
    return process;
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
      if (linux) {
        sweeper.sweep(mark);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Set<Launcher.Launched> left = Set.copyOf(running.keySet());
    left.forEach(SandboxedProcess::kill);
    left.forEach(PlainSandbox::awaitEnd);
    sweeper.close();
    if (linux) {
      Sweeper.killCarrying(mark -> mark.startsWith(id + '/'));
    }
    watchdog.close();
    launcher.thenAccept(Launcher::close);
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
