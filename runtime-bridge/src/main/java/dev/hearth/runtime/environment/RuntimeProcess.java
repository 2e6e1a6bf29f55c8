package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InitPhases;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.sandbox.ExitStatus;
import dev.hearth.runtime.sandbox.SandboxedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One start of a runtime process with its endpoint, its output and its meter. An environment whose
 * process had to be killed gets a new one of these and stays itself.
 */
final class RuntimeProcess implements RuntimeApi.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeProcess.class);
  private static final long READERS_MILLIS = 200;
  private static final long PIPE_NANOS = 200_000_000;
  private static final long KILL_NANOS = 5_000_000_000L;
  private static final long FOREVER = Long.MAX_VALUE / 2;

  /** Hears what happens after init. */
  interface Owner {
    /** The runtime asked for its next event after a call. */
    void ready(long nanos);

    /** The process has ended by itself or was killed. */
    void ended(RuntimeProcess process, ExitStatus status);
  }

  private final Owner owner;
  private final long startedNanos;
  private final RuntimeServer server;
  private final RuntimeApi api;
  private final CompletableFuture<InitOutcome> init = new CompletableFuture<>();
  private final SandboxedProcess process;
  private final LogPump stdout;
  private final LogPump stderr;
  private final Meter meter;
  private volatile @Nullable InitMarks marks;
  private volatile @Nullable ExitStatus exit;
  private @Nullable RuntimeConnection driven;

  /** The moments that our own clients report: first line, begin and end of loading the handler. */
  private record InitMarks(long boot, long importStart, long importEnd) {}

  /**
   * Opens the endpoint and starts the process.
   *
   * @throws IOException when the port could not be opened or the program not be started
   */
  RuntimeProcess(
      EnvironmentSettings settings, EnvironmentLog log, String logStream, Path tmp, Owner owner)
      throws IOException {
    this.owner = owner;
    this.startedNanos = System.nanoTime();
    EnvironmentSettings.Shared shared = settings.shared();
    this.api = new RuntimeApi(this);
    this.server = new RuntimeServer(api, shared.threads(), Surroundings.network(settings));
    this.process = start(settings, logStream, tmp);
    this.meter = new Meter(process, log);
    this.stdout = new LogPump(process.stdout(), LogStream.STDOUT, log);
    this.stderr = new LogPump(process.stderr(), LogStream.STDERR, log);
    shared.threads().execute(stdout);
    shared.threads().execute(stderr);
  }

  private SandboxedProcess start(EnvironmentSettings settings, String logStream, Path tmp)
      throws IOException {
    DeployedFunction function = settings.function();
    Map<String, String> variables =
        EnvironmentVariables.of(function, settings.plan(), logStream, server.address(), tmp);
    try {
      return settings
          .shared()
          .sandbox()
          .start(Surroundings.spec(settings, variables, tmp, server.network()));
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** Begins to watch for the end of the process; once, after construction. */
  void watch() {
    Thread.ofVirtual().name("runtime-exit").start(() -> exited(process.onExit().join()));
  }

  private void exited(ExitStatus status) {
    process.kill();
    try {
      server.awaitReadersDone(READERS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
    exit = status;
    init.complete(
        process.outOfMemory() ? new InitOutcome.OutOfMemory() : new InitOutcome.Exited(status));
    owner.ended(this, status);
  }

  /** Waits for the end of the init phase. */
  InitOutcome awaitInit(long timeoutNanos) throws InterruptedException {
    try {
      return init.get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      init.complete(new InitOutcome.TimedOut());
      return init.getNow(new InitOutcome.TimedOut());
    } catch (ExecutionException e) {
      throw new IllegalStateException("Init ends with a value", e);
    }
  }

  /** Ends the wait for init with this outcome, unless it has ended. */
  void endInit(InitOutcome outcome) {
    init.complete(outcome);
  }

  @Override
  public void ready(long nanos) {
    if (!init.complete(new InitOutcome.Ready(nanos))) {
      owner.ready(nanos);
    }
  }

  @Override
  public void initFailed(InitOutcome.Failed failure) {
    init.complete(failure);
  }

  @Override
  public void initPhases(String text) {
    String[] parts = text.strip().split(",");
    try {
      marks =
          new InitMarks(
              Long.parseLong(parts[0].strip()),
              Long.parseLong(parts[1].strip()),
              Long.parseLong(parts[2].strip()));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      LOG.debug("Init phases \"{}\" are not three numbers", text);
    }
  }

  /** What the cold start was made of, up to {@code endNanos}. */
  InitPhases phases(long endNanos) {
    // On a busy machine the program may be ahead of the thread that notes when it started.
    long running = Math.min(process.startedNanos(), endNanos);
    InitMarks reported = marks;
    if (reported != null && startedNanos <= reported.boot()) {
      running = Math.min(running, reported.boot());
    }
    long boot = InitPhases.UNMEASURED;
    long imported = InitPhases.UNMEASURED;
    if (reported != null
        && running <= reported.importStart()
        && reported.importStart() <= reported.importEnd()
        && reported.importEnd() <= endNanos) {
      boot = reported.importStart() - running;
      imported = reported.importEnd() - reported.importStart();
    }
    return new InitPhases(
        startedNanos, endNanos - startedNanos, running - startedNanos, boot, imported);
  }

  /**
   * Hands the event to the runtime. When the runtime uses one connection, its answer is read on
   * this thread; otherwise the caller waits for the invocation.
   */
  void call(Invocation invocation) throws InterruptedException {
    RuntimeConnection connection = api.begin(invocation);
    driven = connection;
    if (connection == null) {
      return;
    }
    try {
      connection.write(api.event(invocation));
    } catch (IOException e) {
      // The process has just ended; its exit status says more than this exception.
      connection.close();
      return;
    }
    if (!connection.attended()) {
      connection.serve(
          () -> invocation.isDone() || Thread.currentThread().isInterrupted(),
          System.nanoTime() + FOREVER);
    }
  }

  /**
   * Reads on after an answer until the runtime asks for its next event.
   *
   * @param over whether nobody waits for that any more
   */
  void awaitReady(BooleanSupplier over) {
    RuntimeConnection connection = driven;
    driven = null;
    if (connection == null || connection.attended()) {
      return;
    }
    RuntimeConnection.End end = connection.serve(over, System.nanoTime() + FOREVER);
    if (end == RuntimeConnection.End.TIME_UP || end == RuntimeConnection.End.DONE) {
      connection.attend();
    }
  }

  /** How the process ended; null while it runs or what it sent is still being read. */
  @Nullable ExitStatus exitStatus() {
    return exit;
  }

  /** Whether the kernel ended it because its memory was used up. */
  boolean outOfMemory() {
    return process.outOfMemory();
  }

  Meter meter() {
    return meter;
  }

  /** Makes lines of everything that has been written so far. */
  void drainOutput() {
    stdout.drain(PIPE_NANOS);
    stderr.drain(PIPE_NANOS);
  }

  void freeze() {
    process.freeze();
  }

  void thaw() {
    process.thaw();
  }

  void kill() {
    process.kill();
  }

  /** Waits until the process has ended by itself, or the time has passed. */
  void awaitExit(long nanos) {
    try {
      process.onExit().get(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Process {} has not ended after {} ns", process.pid(), nanos);
    }
  }

  /** Kills the whole group, reads the rest of its output and closes the endpoint. */
  void end() {
    process.kill();
    awaitExit(KILL_NANOS);
    long until = System.nanoTime() + PIPE_NANOS;
    stdout.awaitEnd(until - System.nanoTime());
    stderr.awaitEnd(until - System.nanoTime());
    server.close();
  }
}
