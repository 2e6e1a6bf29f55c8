package dev.hearth.runtime;

import dev.hearth.runtime.environment.EnvironmentFactory;
import dev.hearth.runtime.environment.EnvironmentMonitor;
import dev.hearth.runtime.environment.EnvironmentSettings;
import dev.hearth.runtime.environment.PrivateFolder;
import dev.hearth.runtime.environment.TraceAddresses;
import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEventListener;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.ProvisionedConcurrency;
import dev.hearth.runtime.function.ProvisionedUse;
import dev.hearth.runtime.function.PublishedVersions;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.invoke.AccountConcurrency;
import dev.hearth.runtime.invoke.EventAttempt;
import dev.hearth.runtime.invoke.EventQueue;
import dev.hearth.runtime.invoke.InvokeDispatcher;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.InvokeSettingsBook;
import dev.hearth.runtime.invoke.PoolRules;
import dev.hearth.runtime.language.Interpreter;
import dev.hearth.runtime.sandbox.Sandbox;
import dev.hearth.runtime.trace.TraceCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The local Lambda inside this process; wires its parts together and owns what they share. */
final class EmbeddedLambda implements LocalLambda {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedLambda.class);
  private static final long THREAD_STACK_BYTES = 256 << 10;

  private final EventBus bus = new EventBus();
  private final ClockAnchor anchor = ClockAnchor.now();
  private final VirtualClock clock;
  private final ExecutorService threads = threads();
  private final EnvironmentMonitor monitor = new EnvironmentMonitor();
  private final TraceAddresses traces = new TraceAddresses(new TraceCollector(bus));
  private final Sandbox sandbox;
  private final Languages languages;
  private final AccountConcurrency account;
  private final InvokeSettingsBook settings;
  private final InvokeDispatcher dispatcher;
  private final EventQueue events;
  private volatile boolean closing;

  /** What the front door needs of the languages. */
  interface Languages extends EnvironmentFactory.Planner, AutoCloseable {
    List<Interpreter> interpreters();

    Path fetchSdk(RuntimeFamily family, List<String> packages);

    @Override
    void close();
  }

  private EmbeddedLambda(LocalLambdaOptions options, Sandbox sandbox, Languages languages) {
    this.sandbox = sandbox;
    this.languages = languages;
    this.clock = options.clock();
    this.account = new AccountConcurrency(options.concurrencyLimit(), System::nanoTime);
    this.settings = new InvokeSettingsBook(options.store(), account);
    this.dispatcher =
        new InvokeDispatcher(
            languages,
            new EnvironmentSettings.Shared(
                sandbox,
                options.scratchDirectory(),
                options.initTimeout().toNanos(),
                bus,
                monitor,
                threads,
                traces),
            new InvokeDispatcher.Limits(
                account,
                new PoolRules(
                    clock,
                    options.maxEnvironmentsPerFunction(),
                    options.maxWait().toNanos(),
                    options.idleTimeout().toNanos())));
    this.events = new EventQueue(options.store(), clock, new Calls(), settings::of, threads);
  }

  /** Calls functions for the queue. */
  private final class Calls implements EventAttempt.Target {
    @Override
    public @Nullable InvokeResult invoke(InvokeRequest request) {
      return dispatcher.invoke(request, null);
    }

    @Override
    public boolean isDeployed(String functionName) {
      return dispatcher.deployed(functionName).isPresent();
    }

    @Override
    public boolean closing() {
      return closing;
    }
  }

  /**
   * @throws UncheckedIOException when the folders can't be made
   */
  static LocalLambda open(LocalLambdaOptions options, Sandbox sandbox, Languages languages) {
    for (Path folder : List.of(options.scratchDirectory(), options.cacheDirectory())) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "The folder " + folder + " can't be made: " + e.getMessage() + ". Choose another.", e);
      }
    }
    try {
      PrivateFolder.removeAbandoned(options.scratchDirectory());
    } catch (IOException e) {
      LOG.warn("Abandoned folders in {} were not looked for", options.scratchDirectory(), e);
    }
    return new EmbeddedLambda(options, sandbox, languages);
  }

  private static ExecutorService threads() {
    ThreadFactory factory =
        Thread.ofPlatform().name("runtime-io-", 0).daemon().stackSize(THREAD_STACK_BYTES).factory();
    return new ThreadPoolExecutor(
        0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }

  @Override
  public void deploy(DeployedFunction function) {
    settings.reload();
    dispatcher.deploy(function);
    provision(function.name());
  }

  @Override
  public void remove(String functionName) {
    dispatcher.remove(functionName);
    if (functionName.indexOf(':') < 0) {
      settings.forget(functionName);
      events.discardAll(functionName);
    }
  }

  @Override
  public void versions(PublishedVersions source) {
    dispatcher.versions(source);
  }

  @Override
  public Optional<DeployedFunction> deployed(String functionName) {
    return dispatcher.deployed(functionName);
  }

  @Override
  public List<DeployedFunction> deployed() {
    return dispatcher.deployed();
  }

  @Override
  public InvokeResult invoke(InvokeRequest request) {
    return invokeNow(request, null);
  }

  @Override
  public InvokeResult invoke(InvokeRequest request, Consumer<InvokeOutcome> onAnswer) {
    return invokeNow(request, onAnswer);
  }

  private InvokeResult invokeNow(
      InvokeRequest request, @Nullable Consumer<InvokeOutcome> onAnswer) {
    InvokeResult result = dispatcher.invoke(request, onAnswer);
    if (result == null) {
      throw new UnknownFunctionException(request.functionName());
    }
    return result;
  }

  @Override
  public void invokeEvent(InvokeRequest request) {
    if (closing) {
      throw new IllegalStateException("The local Lambda is closed");
    }
    if (dispatcher.deployed(request.functionName()).isEmpty()) {
      throw new UnknownFunctionException(request.functionName());
    }
    events.accept(request);
  }

  @Override
  public EventQueue eventQueue() {
    return events;
  }

  @Override
  public InvokeSettings invokeSettings(String functionName) {
    return settings.of(functionName);
  }

  @Override
  public InvokeSettings changeInvokeSettings(
      String functionName, UnaryOperator<InvokeSettings> change) {
    InvokeSettings changed = settings.change(functionName, change);
    provision(functionName);
    return changed;
  }

  /** Starts and ends environments until what is set is kept ready. */
  private void provision(String functionName) {
    Map<String, Integer> wanted = settings.of(functionName).provisionedConcurrency();
    for (String name : dispatcher.provisioning().names(functionName)) {
      if (!wanted.containsKey(name.substring(functionName.length() + 1))) {
        dispatcher.provisioning().provision(name, 0);
      }
    }
    wanted.forEach(
        (qualifier, count) ->
            dispatcher.provisioning().provision(functionName + ":" + qualifier, count));
  }

  @Override
  public Optional<ProvisionedConcurrency> provisionedConcurrency(
      String functionName, String qualifier) {
    return Optional.ofNullable(dispatcher.provisioning().status(functionName + ":" + qualifier));
  }

  @Override
  public List<ProvisionedUse> provisionedUse() {
    return dispatcher.provisioning().use();
  }

  @Override
  public AccountConcurrency concurrency() {
    return account;
  }

  @Override
  public boolean cancel(String requestId) {
    boolean discarded = events.discard(requestId);
    return dispatcher.cancel(requestId) || discarded;
  }

  @Override
  public void stopEnvironments(String functionName) {
    dispatcher.stop(functionName);
  }

  @Override
  public Subscription subscribe(RuntimeEventListener listener) {
    return bus.subscribe(listener);
  }

  @Override
  public ClockAnchor clockAnchor() {
    return anchor;
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public List<Interpreter> interpreters() {
    return languages.interpreters();
  }

  @Override
  public Path fetchSdk(RuntimeFamily family, List<String> packages) {
    return languages.fetchSdk(family, packages);
  }

  @Override
  public void prepare() {
    sandbox.prepare();
  }

  @Override
  public String sandboxDescription() {
    String missing = sandbox.notLimited();
    return missing.isEmpty() ? sandbox.description() : sandbox.description() + ". " + missing;
  }

  @Override
  public boolean separatesNetworks() {
    return sandbox.separatesNetworks();
  }

  @Override
  public void close() {
    closing = true;
    events.stop();
    dispatcher.close();
    events.close();
    monitor.close();
    traces.close();
    sandbox.close();
    languages.close();
    threads.shutdown();
    clock.close();
  }
}
