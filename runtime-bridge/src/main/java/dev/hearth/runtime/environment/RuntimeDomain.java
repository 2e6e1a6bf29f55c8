package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.ImportTimes;
import dev.hearth.runtime.event.InitPhases;
import dev.hearth.runtime.sandbox.ExitStatus;
import dev.hearth.runtime.sandbox.SandboxedProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One start of the processes of an environment, the runtime and its extensions, with the address
 * that they speak to and their meter. An environment whose processes had to be killed gets a new
 * one of these and stays itself.
 */
final class RuntimeDomain implements RuntimeApi.Listener, ExtensionsApi.Listener {
  private static final long READERS_MILLIS = 200;
  private static final long PIPE_NANOS = 200_000_000;
  private static final long KILL_NANOS = 5_000_000_000L;
  private static final long FOREVER = Long.MAX_VALUE / 2;

  /** Hears what happens after init. */
  interface Owner {
    /** The runtime waits for its next event after a call; extensions may still be at work. */
    void runtimeReady(long nanos);

    /** The runtime and all extensions wait for their next event after a call. */
    void ready(long nanos);

    /** The processes can't go on: one has ended by itself, was killed or ran out of time. */
    void broken(RuntimeDomain domain, InitOutcome why);
  }

  private final EnvironmentSettings settings;
  private final EnvironmentLog log;
  private final EnvironmentPlace place;
  private final TelemetryHub telemetry;
  private final Owner owner;
  private final InitClock clock = new InitClock();
  private final RuntimeServer server;
  private final RuntimeApi api;
  private final ExtensionsApi extensions;
  private final SnapStartApi snapStart;
  private final TraceAddresses.@Nullable Lease xray;
  private final MetadataApi metadata = new MetadataApi();
  private final ImportsApi imports = new ImportsApi();
  private final ExtensionProcesses extensionProcesses;
  private final ProcessGroup processes = new ProcessGroup();
  private final Visitors visitors = new Visitors(processes);
  private final Meter meter;
  private final InitWait init = new InitWait();
  private volatile @Nullable RuntimeProcess runtime;
  private volatile @Nullable InitOutcome breakdown;
  private volatile @Nullable String fatalType;
  private volatile boolean ending;
  private @Nullable RuntimeConnection driven;
  private boolean runtimeReady;
  private boolean inCall;

  /**
   * Opens the address; {@link #launch} starts the processes.
   *
   * @throws IOException when the port could not be opened
   */
  RuntimeDomain(
      EnvironmentSettings settings,
      EnvironmentLog log,
      EnvironmentPlace place,
      TelemetryHub telemetry,
      Owner owner)
      throws IOException {
    this.settings = settings;
    this.log = log;
    this.place = place;
    this.owner = owner;
    this.api = new RuntimeApi(this);
    this.extensions = new ExtensionsApi(settings.function(), this);
    this.extensionProcesses = new ExtensionProcesses(settings, log, extensions, processes);
    this.meter = new Meter(processes, log);
    this.telemetry = telemetry;
    this.snapStart = new SnapStartApi(api, init::restoring);
    List<Endpoint> endpoints =
        new ArrayList<>(
            List.of(
                api,
                extensions,
                new TelemetryApi(extensions, telemetry, log),
                metadata,
                imports,
                new OtlpApi(settings.shared().traces().collector(), log.environmentId())));
    if (place.isSnapStart()) {
      endpoints.add(snapStart);
    }
    this.server =
        new RuntimeServer(
            new Endpoints(endpoints),
            settings.shared().threads(),
            Surroundings.network(settings),
            visitors);
    this.xray = settings.shared().traces().daemon(server.network(), log.environmentId());
  }

  /**
   * Starts the external extensions, waits until they have registered, and starts the runtime
   * (runtime-api.md section 4).
   *
   * @param untilNanos when init is over
   * @return how it failed; null when init goes on
   */
  @Nullable InitOutcome launch(long untilNanos) throws InterruptedException {
    try {
      return launchAll(untilNanos);
    } finally {
      visitors.allStarted();
    }
  }

  private @Nullable InitOutcome launchAll(long untilNanos) throws InterruptedException {
    Map<String, String> variables =
        EnvironmentVariables.of(
            settings.function(), settings.plan(), place.logStream(), server.address(), place.tmp());
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", place.initializationType());
    EnvironmentVariables.metadata(variables, metadata.token());
    EnvironmentVariables.tracing(
        variables, xray == null ? EnvironmentVariables.DAEMON_PORT : xray.port());
    if (place.isSnapStart()) {
      EnvironmentVariables.snapStart(variables, snapStart.token());
    }
    InitOutcome failed =
        extensionProcesses.start(
            program ->
                Surroundings.extension(
                    settings,
                    program,
                    EnvironmentVariables.ofExtension(variables),
                    place.tmp(),
                    server.network()),
            this::extensionExited);
    if (failed != null) {
      return failed;
    }
    if (!extensions.allRegistered() && !init.awaitRegistration(untilNanos)) {
      return init.now();
    }
    try {
      RuntimeProcess started =
          RuntimeProcess.start(
              settings,
              log,
              Surroundings.runtime(settings, variables, place.tmp(), server.network()));
      clock.running(started.process().startedNanos());
      processes.add(started.process());
      runtime = started;
      started.watch(this::runtimeExited);
      return null;
    } catch (IOException e) {
      return new InitOutcome.NotStarted(e);
    }
  }

  private void runtimeExited(ExitStatus status) {
    RuntimeProcess process = runtime;
    if (process == null) {
      return;
    }
    try {
      server.awaitReadersDone(READERS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
    String reported = fatalType;
    InitOutcome why;
    if (reported != null) {
      why = new InitOutcome.ExtensionFailed(reported, status.describe());
    } else if (process.process().outOfMemory()) {
      why = new InitOutcome.OutOfMemory();
    } else {
      why =
          Failures.ofExit(
              status, meter.last().peakBytes(), settings.function().configuration().memorySize());
    }
    broke(why);
  }

  private void extensionExited(String extension, ExitStatus status) {
    String reported = fatalType;
    broke(
        new InitOutcome.ExtensionFailed(
            reported == null ? "Extension.Crash" : reported, status.describeExtension()));
  }

  /** Notes the first reason why the processes can't go on. */
  private void broke(InitOutcome why) {
    synchronized (this) {
      if (ending || breakdown != null) {
        return;
      }
      breakdown = why;
    }
    if (!init.end(why)) {
      owner.broken(this, why);
    }
  }

  /**
   * Waits for the end of the init phase.
   *
   * @param untilNanos when it is over
   * @param restoreNanos how long the restore of SnapStart may take on top of it; negative for none
   *     on top
   */
  InitOutcome awaitInit(long untilNanos, long restoreNanos) throws InterruptedException {
    return init.await(untilNanos, restoreNanos);
  }

  /** Ends the wait for init with this outcome, unless it has ended. */
  void endInit(InitOutcome outcome) {
    init.end(outcome);
  }

  @Override
  public void ready(long nanos) {
    extensions.closeRegistration();
    boolean afterCall;
    synchronized (this) {
      runtimeReady = true;
      afterCall = inCall;
    }
    if (afterCall) {
      owner.runtimeReady(nanos);
    }
    settle(nanos);
  }

  @Override
  public void registered() {
    if (extensions.allRegistered()) {
      init.registered();
    }
  }

  @Override
  public void extensionReady(long nanos) {
    settle(nanos);
  }

  @Override
  public void extensionFailed(String type) {
    if (fatalType == null) {
      fatalType = type;
    }
  }

  /** Init or a call is over when the runtime and every extension wait for their next event. */
  private void settle(long nanos) {
    boolean callEnded;
    synchronized (this) {
      if (!runtimeReady || !extensions.allReady()) {
        return;
      }
      callEnded = inCall;
      inCall = false;
    }
    if (callEnded) {
      owner.ready(nanos);
    } else {
      telemetry.closeSubscription();
      init.end(new InitOutcome.Ready(nanos));
    }
  }

  @Override
  public void initFailed(InitOutcome.Failed failure) {
    init.end(failure);
  }

  @Override
  public void initPhases(String text) {
    clock.reported(text);
  }

  /** What the cold start was made of, up to {@code endNanos}. */
  InitPhases phases(long endNanos) {
    return clock.phases(endNanos);
  }

  /** What loading the handler was made of; null when it was not measured. */
  @Nullable ImportTimes imports() {
    return imports.times();
  }

  /** When the runtime was told that it has been restored; 0 without SnapStart. */
  long restoredNanos() {
    return snapStart.restoredNanos();
  }

  /** The extensions and where they stand. */
  List<Extension> extensions() {
    return extensions.all();
  }

  /**
   * Hands the event to the runtime and tells the extensions. When the runtime uses one connection,
   * its answer is read on this thread; otherwise the caller waits for the invocation.
   */
  void call(Invocation invocation) throws InterruptedException {
    synchronized (this) {
      inCall = true;
      runtimeReady = false;
    }
    extensions.invoke(invocation, RuntimeAnswers.deadlineMillis(invocation));
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

  /** Why the processes can't go on; null while they can. */
  @Nullable InitOutcome breakdown() {
    return breakdown;
  }

  Meter meter() {
    return meter;
  }

  /** Makes lines of everything that has been written so far. */
  void drainOutput() {
    RuntimeProcess process = runtime;
    if (process != null) {
      process.drainOutput(PIPE_NANOS);
    }
    extensionProcesses.drainOutput(PIPE_NANOS);
  }

  void freeze() {
    processes.each(SandboxedProcess::freeze);
  }

  void thaw() {
    processes.each(SandboxedProcess::thaw);
  }

  /** Kills everything at once. */
  void kill() {
    processes.each(SandboxedProcess::kill);
  }

  /**
   * A limit has been passed. Without extensions everything is killed at once; with some the reset
   * that follows gives them their time.
   */
  void stop(InitOutcome why) {
    if (extensions.all().isEmpty()) {
      kill();
    } else {
      Thread.ofVirtual().name("environment-reset").start(() -> broke(why));
    }
  }

  /** Waits until the runtime has ended by itself, or the time has passed. */
  void awaitExit(long nanos) {
    RuntimeProcess process = runtime;
    if (process != null) {
      process.awaitExit(nanos);
    }
  }

  /**
   * Ends all processes in Lambda's order (runtime-api.md section 4), reads the rest of their output
   * and closes the address. Extensions are given their time; without any everything is killed.
   *
   * @param reason {@code spindown}, {@code timeout} or {@code failure}
   */
  void end(String reason) {
    synchronized (this) {
      ending = true;
    }
    RuntimeProcess process = runtime;
    if (!extensions.all().isEmpty()) {
      thaw();
      extensionProcesses.shutDown(reason, process, telemetry::flush);
    }
    kill();
    awaitExit(KILL_NANOS);
    extensionProcesses.awaitOutputEnd(PIPE_NANOS);
    if (process != null) {
      process.awaitOutputEnd(PIPE_NANOS);
    }
    telemetry.close();
    if (xray != null) {
      xray.close();
    }
    server.close();
  }
}
