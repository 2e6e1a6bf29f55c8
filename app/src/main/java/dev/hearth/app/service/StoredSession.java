package dev.hearth.app.service;

import dev.hearth.app.project.InvocationAssembler;
import dev.hearth.app.project.Project;
import dev.hearth.app.store.Database;
import dev.hearth.app.store.EventQueueStore;
import dev.hearth.app.store.EventStore;
import dev.hearth.app.store.FunctionStore;
import dev.hearth.app.store.HistoryReader;
import dev.hearth.app.store.HistoryWrite;
import dev.hearth.app.store.HistoryWriter;
import dev.hearth.app.store.InvokeSettingStore;
import dev.hearth.app.store.PinStore;
import dev.hearth.app.store.SecretBox;
import dev.hearth.app.store.ServiceRecordStore;
import dev.hearth.app.store.SettingStore;
import dev.hearth.app.store.SourceStore;
import dev.hearth.app.store.TimelineReader;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.cost.PriceList;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.LayerContent;
import dev.hearth.runtime.function.PublishedVersions;
import dev.hearth.runtime.invoke.InvokeStore;
import dev.hearth.runtime.invoke.MemoryInvokeStore;
import dev.hearth.runtime.service.ControlPlane;
import dev.hearth.runtime.service.LambdaApiServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An open project file with the runtime that serves it. */
final class StoredSession implements ProjectSession {
  private static final String SUFFIX = ".hearth";

  private final Database database;
  private final ProjectTrust trust;
  private final Project project;
  private final Function<InvokeStore, LocalLambda> lambdaFactory;
  private final Notices notices = new Notices();
  private final VersionNumbers numbers = new VersionNumbers();
  private final HistoryWriter writer;
  private final HistoryReader reader;
  private final StoredFunctions functions;
  private final ControlPlane plane;
  private final StoredEvents events;
  private final LiveInvocations invocations;
  private final EventQueueStore eventQueue;
  private final StoredQueues queues;
  private final ProjectSettings settings;
  private @Nullable LocalLambda lambda;
  private @Nullable Subscription recording;
  private @Nullable HistoryRecorder recorder;
  private volatile @Nullable LoopbackApi serving;
  private boolean closed;

  /**
   * @param lambdaFactory called once, when the runtime is first needed
   * @param cacheFolder for unpacked sources
   */
  StoredSession(
      Database database,
      ProjectTrust trust,
      SecretBox secrets,
      Function<InvokeStore, LocalLambda> lambdaFactory,
      Path cacheFolder) {
    this.database = database;
    this.trust = trust;
    this.lambdaFactory = lambdaFactory;
    this.project = new Project(database.file(), name(database.file()));
    this.writer = new HistoryWriter(database, this::drain, notices);
    this.reader = new HistoryReader(database);
    reader.catchUp();
    SourceStore sources = new SourceStore(database);
    SourceCache cache = new SourceCache(cacheFolder);
    SourceFreezer freezer = new SourceFreezer(sources, cache, numbers, database.readOnly());
    this.functions =
        new StoredFunctions(new FunctionStore(database, secrets), sources, freezer, new ByName());
    this.events = new StoredEvents(new EventStore(database));
    this.invocations =
        new LiveInvocations(
            functions, new PastVersions(sources, cache, numbers), this::lambda, trust);
    this.eventQueue = new EventQueueStore(database);
    this.queues = new StoredQueues(eventQueue, functions, invocations, this::lambda, trust);
    this.plane =
        new ControlPlane(
            new StoredCatalog(
                functions,
                new StoredRecords(new ServiceRecordStore(database), secrets),
                cache,
                invocations::deploy,
                this::undeploy));
    this.settings =
        new ProjectSettings(
            new SettingStore(database).all(), database.readOnly() ? _ -> {} : writer::put);
    if (database.readOnly()) {
      notices.accept(
          "Project %s can't be written: changes and history are not kept. Make the file and its folder writable, or copy the project to another folder."
              .formatted(database.file()));
    }
  }

  /** A project that can't be written keeps its queue as long as it is open. */
  private InvokeStore invokeStore() {
    return database.readOnly()
        ? new MemoryInvokeStore()
        : new StoredInvokes(eventQueue, new InvokeSettingStore(database));
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  private void drain(Consumer<HistoryWrite> sink) {
    HistoryRecorder now;
    synchronized (this) {
      now = recorder;
    }
    if (now != null) {
      now.drain(sink);
    }
  }

  private synchronized void undeploy(String functionName) {
    if (lambda != null) {
      lambda.remove(functionName);
    }
  }

  /** What belongs to a function goes, and takes its new name, with it. */
  private final class ByName implements StoredFunctions.Dependents {
    @Override
    public void deleted(String name) {
      undeploy(name);
      StoredVersions.translated(
          () -> {
            plane.forget(name);
            return true;
          });
    }

    @Override
    public void renamed(String from, String to) {
      undeploy(from);
      StoredVersions.translated(
          () -> {
            plane.rename(from, to);
            return true;
          });
    }

    @Override
    public List<LayerContent> layers(String name) {
      return plane.layersOf(name);
    }
  }

  @Override
  public Project project() {
    return project;
  }

  @Override
  public boolean readOnly() {
    return database.readOnly();
  }

  @Override
  public boolean trusted() {
    return trust.trusted();
  }

  @Override
  public void trust() {
    trust.trust();
    publish();
  }

  @Override
  public void trustOnce() {
    trust.trustOnce();
    publish();
  }

  @Override
  public void revokeTrust() {
    trust.revoke();
  }

  /** Versions are not deployed one by one: the local Lambda takes them from here when called. */
  private synchronized void publish() {
    if (lambda != null) {
      lambda.versions(trust.trusted() ? plane : PublishedVersions.NONE);
    }
  }

  /** Trusts what this user made here just now; where that can't be kept, as long as it is open. */
  void trustOwn() {
    try {
      if (!trusted()) {
        trust();
      }
    } catch (HearthException e) {
      trustOnce();
      notices.accept(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public FunctionService functions() {
    return functions;
  }

  @Override
  public EventService events() {
    return events;
  }

  @Override
  public InvocationService invocations() {
    return invocations;
  }

  @Override
  public QueueService queues() {
    return queues;
  }

  @Override
  public VersionService versions() {
    return new StoredVersions(plane, this::urlsChanged);
  }

  private void urlsChanged() {
    LoopbackApi served = serving;
    if (served != null) {
      served.refreshUrls();
    }
  }

  @Override
  public ServedApi serveApi(int port, Consumer<String> problems) {
    trust.require();
    Subscription deployments = invocations.keepDeployed(problems);
    try {
      LoopbackApi served =
          new LoopbackApi(LambdaApiServer.start(lambda(), plane, port), deployments);
      serving = served;
      return served;
    } catch (UncheckedIOException e) {
      deployments.close();
      throw new HearthException(HearthException.Kind.INPUT, e.getMessage(), e);
    }
  }

  @Override
  public HistoryService history() {
    return new StoredHistory(reader, new TimelineReader(database), writer);
  }

  @Override
  public PinService pins() {
    return new ProjectPins(new PinStore(database), this);
  }

  @Override
  public SettingsService settings() {
    return settings;
  }

  @Override
  public synchronized LocalLambda lambda() {
    if (closed) {
      throw new IllegalStateException("the project is closed");
    }
    if (lambda == null) {
      LocalLambda opened = lambdaFactory.apply(invokeStore());
      lambda = opened;
      publish();
      if (!database.readOnly()) {
        recorder = new HistoryRecorder(listener -> assembler(opened, listener), writer, notices);
        recording = opened.subscribe(recorder);
      }
    }
    return lambda;
  }

  @Override
  public InvocationAssembler assembler(InvocationAssembler.Listener listener) {
    return assembler(lambda(), listener);
  }

  private InvocationAssembler assembler(LocalLambda of, InvocationAssembler.Listener listener) {
    return new InvocationAssembler(
        of.clockAnchor(),
        numbers,
        new RememberedPrice(PriceList.current()::invocationCostPicoUsd),
        listener);
  }

  @Override
  public Subscription onNotice(Consumer<String> listener) {
    return notices.subscribe(listener);
  }

  @Override
  public void close() {
    LocalLambda running;
    Subscription subscription;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      running = lambda;
      subscription = recording;
    }
    invocations.stop();
    functions.close();
    if (running != null) {
      running.close();
      invocations.awaitEnd();
    }
    if (subscription != null) {
      subscription.close();
    }
    writer.close();
    Trouble.translated(database::close);
    trust.closed();
  }
}
