package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes of our own user, confined as far as this machine can. Everything is measured, and ended
 * with all that it started.
 *
 * <p>Every process gets one more variable, {@code HEARTH_SANDBOX}, by which descendants that left
 * its group are found.
 */
public final class ProcessSandbox implements Sandbox {
  private static final Logger log = LoggerFactory.getLogger(ProcessSandbox.class);
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
  private final CompletableFuture<Confinement> confinement = new CompletableFuture<>();
  private final Watchdog watchdog = new Watchdog(this::launcher, Sweeper.MARK + '=' + id + '/');
  private final Sweeper sweeper = new Sweeper();
  private final Means means;
  private final AtomicBoolean prepared = new AtomicBoolean();

  /** Starting shares it, closing has it alone: nothing may start once the rest has been killed. */
  private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();

  private boolean closed;

  /** The ways of this system; both are asked for on a thread of their own. */
  interface Means {
    Launcher launcher(Sweeper sweeper);

    /** Called after {@link #launcher}. */
    Confinement confinement(Sweeper sweeper, Launcher launcher);

    /** Whether there is a /proc in which processes can be found and measured. */
    boolean proc();

    /** Whether there is a shell for the helper that cleans up when we are killed. */
    boolean shell();
  }

  ProcessSandbox(Means means) {
    this.means = means;
    if (!means.shell()) {
      // It never starts then.
      watchdog.close();
    }
  }

  @Override
  public void prepare() {
    if (prepared.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("sandbox-prepare").start(this::findMeans);
    }
  }

  private void findMeans() {
    try {
      Launcher ready = means.launcher(sweeper);
      launcher.complete(ready);
      confinement.complete(means.confinement(sweeper, ready));
    } catch (RuntimeException | Error e) {
      launcher.completeExceptionally(e);
      confinement.completeExceptionally(e);
    }
  }

  private Launcher launcher() {
    prepare();
    return launcher.join();
  }

  private Confinement confinement() {
    prepare();
    return confinement.join();
  }

  @Override
  public String description() {
    return confinement().description();
  }

  @Override
  public String notLimited() {
    Confinement found = confinement();
    List<String> clauses = new ArrayList<>();
    List<String> missing = found.notLimited();
    if (!missing.isEmpty()) {
      clauses.add("not limited here: " + String.join(", ", missing));
    }
    clauses.addAll(found.remarks());
    String text = String.join("; ", clauses);
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  @Override
  public NetworkSpace privateNetwork(boolean relay) throws IOException {
    return confinement().privateNetwork(relay);
  }

  @Override
  public boolean separatesNetworks() {
    return confinement().separatesNetworks();
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
    Launcher started = launcher();
    watchdog.start();
    String name = Cgroups.PREFIX + mark.replace('/', '-');
    Enclosure enclosure = confinement().enclose(name, spec);
    Registration registration = new Registration(mark, folders(enclosure));
    registration.guard();
    try {
      return started.launch(
          spec.command(), environment, spec.workingDirectory(), enclosure, registration);
    } catch (IOException | RuntimeException e) {
      enclosure.close();
      registration.forget();
      throw e;
    }
  }

  private static List<Path> folders(Enclosure enclosure) {
    ControlGroup group = enclosure.group();
    return group == null ? List.of() : group.folders();
  }

  @Override
  public void ownScratch(Path folder) {
    watchdog.guardFolder(checked(folder));
  }

  @Override
  public void disownScratch(Path folder) {
    Path whole = checked(folder);
    watchdog.forgetFolder(whole);
    confinement.thenAccept(found -> found.giveBack(whole));
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
    private final List<Path> groups;

    Registration(String mark, List<Path> groups) {
      this.mark = mark;
      this.groups = groups;
    }

    void guard() {
      if (!groups.isEmpty()) {
        watchdog.guardControlGroups(groups);
      }
    }

    void forget() {
      if (!groups.isEmpty()) {
        watchdog.forgetControlGroups(groups);
      }
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
      forget();
      if (means.proc()) {
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
    left.forEach(ProcessSandbox::awaitEnd);
    sweeper.close();
    if (prepared.compareAndSet(false, true)) {
      launcher.completeExceptionally(new IllegalStateException("The sandbox is closed"));
      confinement.complete(Confinement.NONE);
    }
    // What is being tried out needs the launcher until it has been put away.
    confinement.handle((ready, failure) -> ready == null ? Confinement.NONE : ready).join().close();
    if (means.proc() && sequence.get() > 0) {
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
