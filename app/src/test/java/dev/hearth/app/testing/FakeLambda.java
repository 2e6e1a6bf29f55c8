package dev.hearth.app.testing;

import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.LocalLambdaOptions;
import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.ImportTimes;
import dev.hearth.runtime.event.ImportedModule;
import dev.hearth.runtime.event.InitPhases;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.Measurements;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.RuntimeEventListener;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.PublishedVersions;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.invoke.AccountConcurrency;
import dev.hearth.runtime.invoke.EventAttempt;
import dev.hearth.runtime.invoke.EventQueue;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.InvokeSettingsBook;
import dev.hearth.runtime.invoke.InvokeStore;
import dev.hearth.runtime.invoke.MemoryInvokeStore;
import dev.hearth.runtime.language.Interpreter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A local Lambda without processes: each call publishes the events that the real one would, with
 * times that the test chooses. One environment per function.
 */
public final class FakeLambda implements LocalLambda {
  private final List<RuntimeEventListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, DeployedFunction> deployed = new ConcurrentHashMap<>();
  private final Map<String, String> environments = new ConcurrentHashMap<>();
  private final List<String> cancelled = new CopyOnWriteArrayList<>();
  private final ClockAnchor anchor = ClockAnchor.now();
  private final VirtualClock clock = VirtualClock.running();
  private final AccountConcurrency account =
      new AccountConcurrency(LocalLambdaOptions.ACCOUNT_CONCURRENCY, System::nanoTime);
  private final InvokeSettingsBook settings;
  private final EventQueue queue;

  public FakeLambda() {
    this(new MemoryInvokeStore());
  }

  /**
   * @param store keeps its queue and settings
   */
  public FakeLambda(InvokeStore store) {
    settings = new InvokeSettingsBook(store, account);
    queue = new EventQueue(store, clock, new Calls(), settings::of, Runnable::run);
  }

  /** Calls of the queue. */
  private final class Calls implements EventAttempt.Target {
    @Override
    public InvokeResult invoke(InvokeRequest request) {
      return deployed.containsKey(request.functionName()) ? FakeLambda.this.invoke(request) : null;
    }

    @Override
    public boolean isDeployed(String functionName) {
      return deployed.containsKey(functionName);
    }

    @Override
    public boolean closing() {
      return false;
    }
  }

  private InvokeOutcome outcome =
      new InvokeOutcome.Succeeded("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
  private long durationNanos = 14_200_000;
  private long initNanos = 168_700_000;
  private List<String> notes = List.of();
  private int number;

  /** What all further calls end with. */
  public FakeLambda outcome(InvokeOutcome next) {
    outcome = next;
    return this;
  }

  /** What all further calls take. */
  public FakeLambda times(long initNanos, long durationNanos) {
    this.initNanos = initNanos;
    this.durationNanos = durationNanos;
    return this;
  }

  /** Notes that further environments start with. */
  public FakeLambda notes(String... texts) {
    notes = List.of(texts);
    return this;
  }

  /** Request ids that were cancelled. */
  public List<String> cancelled() {
    return cancelled;
  }

  /** Sends an event to all listeners. */
  public void publish(RuntimeEvent event) {
    listeners.forEach(listener -> listener.onEvent(event));
  }

  @Override
  public void deploy(DeployedFunction function) {
    DeployedFunction old = deployed.put(function.qualifiedName(), function);
    if (old != null && !old.equals(function)) {
      end(function.qualifiedName(), GoneReason.CODE_CHANGED);
    }
  }

  @Override
  public void versions(PublishedVersions source) {
    // Its calls are answered by name alone.
  }

  @Override
  public void remove(String functionName) {
    deployed.remove(functionName);
    end(functionName, GoneReason.FUNCTION_REMOVED);
  }

  @Override
  public Optional<DeployedFunction> deployed(String functionName) {
    return Optional.ofNullable(deployed.get(functionName));
  }

  @Override
  public List<DeployedFunction> deployed() {
    return List.copyOf(deployed.values());
  }

  @Override
  public InvokeResult invoke(InvokeRequest request) {
    return invokeAt(request, System.nanoTime());
  }

  /** One call that is accepted at a given monotonic time. */
  public synchronized InvokeResult invokeAt(InvokeRequest request, long queued) {
    DeployedFunction function = deployed.get(request.functionName());
    if (function == null) {
      throw new dev.hearth.runtime.UnknownFunctionException(request.functionName());
    }
    publish(
        new RuntimeEvent.InvokeQueued(
            queued, request.requestId(), function.name(), request.payload()));
    String environment = environments.get(function.qualifiedName());
    InitPhases init = null;
    long started = queued + 1_000_000;
    if (environment == null || request.measuresImports()) {
      environment = "%04x%012x".formatted(0x7f3a + 0x101 * number, ++number);
      environments.put(function.qualifiedName(), environment);
      init = startEnvironment(function, environment, queued);
      started = queued + init.total();
      if (request.measuresImports()) {
        long at = started - init.handlerImport();
        publish(
            new RuntimeEvent.ImportsMeasured(
                started,
                environment,
                new ImportTimes(
                    1,
                    List.of(
                        new ImportedModule(
                            -1, ImportedModule.Kind.MODULE, "app", "app.py", at, 1_000, 1_000)))));
      }
    }
    publish(
        new RuntimeEvent.InvokeStarted(
            started, request.requestId(), environment, function, init != null));
    return finish(request.requestId(), function, environment, init, queued, started);
  }

  private InitPhases startEnvironment(DeployedFunction function, String environment, long at) {
    publish(new RuntimeEvent.EnvironmentStarted(at, environment, function, "fake", notes));
    InitPhases phases =
        new InitPhases(
            at,
            initNanos,
            initNanos / 10,
            initNanos / 4,
            initNanos - initNanos / 10 - initNanos / 4);
    for (int i = 1; i <= 5; i++) {
      publish(
          new RuntimeEvent.MemorySample(
              at + initNanos * i / 6, environment, null, (40L + 8L * i) << 20));
    }
    publish(new RuntimeEvent.InitDone(at + initNanos, environment, phases, null));
    state(at + initNanos, environment, EnvironmentState.IDLE);
    return phases;
  }

  private InvokeResult finish(
      String requestId,
      DeployedFunction function,
      String environment,
      InitPhases init,
      long queued,
      long started) {
    state(started, environment, EnvironmentState.INVOKING);
    long ended = started + durationNanos;
    log(started, environment, requestId, LogStream.PLATFORM, "START RequestId: " + requestId);
    log(
        started + durationNanos / 2,
        environment,
        requestId,
        LogStream.STDOUT,
        "{\"order\": \"A-1042\"}");
    publish(
        new RuntimeEvent.MemorySample(
            started + durationNanos / 2, environment, requestId, 107L << 20));
    log(ended, environment, requestId, LogStream.PLATFORM, "END RequestId: " + requestId);
    long billed = Math.ceilDiv(durationNanos + (init == null ? 0 : initNanos), 1_000_000L);
    InvokeResult result =
        new InvokeResult(
            requestId,
            function,
            environment,
            outcome,
            init,
            new Measurements(
                queued,
                started,
                ended,
                ended,
                durationNanos,
                billed,
                107L << 20,
                durationNanos / 2),
            "START RequestId: " + requestId + "\nREPORT RequestId: " + requestId + "\n");
    publish(new RuntimeEvent.InvokeDone(ended, result));
    state(ended, environment, EnvironmentState.IDLE);
    state(ended, environment, EnvironmentState.FROZEN);
    return result;
  }

  private void state(long at, String environment, EnvironmentState state) {
    publish(new RuntimeEvent.EnvironmentStateChanged(at, environment, state));
  }

  private void log(long at, String environment, String requestId, LogStream stream, String text) {
    publish(new RuntimeEvent.LogLine(at, environment, requestId, stream, text));
  }

  private void end(String functionName, GoneReason reason) {
    String environment = environments.remove(functionName);
    if (environment != null) {
      long now = System.nanoTime();
      state(now, environment, EnvironmentState.SHUTTING_DOWN);
      state(now, environment, EnvironmentState.SHUT_DOWN);
      publish(new RuntimeEvent.EnvironmentGone(now, environment, reason));
    }
  }

  @Override
  public boolean cancel(String requestId) {
    return cancelled.add(requestId);
  }

  @Override
  public void stopEnvironments(String functionName) {
    end(functionName, GoneReason.STOPPED);
  }

  @Override
  public Subscription subscribe(RuntimeEventListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public ClockAnchor clockAnchor() {
    return anchor;
  }

  @Override
  public void invokeEvent(InvokeRequest request) {
    queue.accept(request);
  }

  @Override
  public EventQueue eventQueue() {
    return queue;
  }

  @Override
  public InvokeSettings invokeSettings(String functionName) {
    return settings.of(functionName);
  }

  @Override
  public InvokeSettings changeInvokeSettings(
      String functionName, UnaryOperator<InvokeSettings> change) {
    return settings.change(functionName, change);
  }

  @Override
  public AccountConcurrency concurrency() {
    return account;
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public List<Interpreter> interpreters() {
    return List.of(
        new Interpreter(RuntimeFamily.PYTHON, "3.11.2", Path.of("/usr/bin/python3"), "PATH"),
        new Interpreter(RuntimeFamily.NODEJS, "22.14.0", Path.of("/usr/bin/node"), "PATH"),
        new Interpreter(
            RuntimeFamily.JAVA, "25.0.3", Path.of("/usr/lib/jvm/java-25/bin/java"), "embedded"));
  }

  /** The packages that were fetched, by family. */
  public final List<String> fetched = new ArrayList<>();

  @Override
  public Path fetchSdk(RuntimeFamily family, List<String> packages) {
    fetched.add(family.prefix() + packages);
    return Path.of("/cache/sdk/" + family.prefix());
  }

  @Override
  public boolean separatesNetworks() {
    return false;
  }

  @Override
  public String sandboxDescription() {
    return "plain processes: memory and CPU are not limited here";
  }

  @Override
  public void close() {
    queue.close();
    clock.close();
    new ArrayList<>(environments.keySet()).forEach(name -> end(name, GoneReason.CLOSED));
  }
}
