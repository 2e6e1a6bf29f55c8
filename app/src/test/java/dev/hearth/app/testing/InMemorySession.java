package dev.hearth.app.testing;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationAssembler;
import dev.hearth.app.project.Project;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.service.ApiSettings;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.ServedApi;
import dev.hearth.resources.Templates;
import dev.hearth.runtime.cost.PriceList;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A project without files and processes, for UI tests. */
public final class InMemorySession implements ProjectSession {
  private final Project project;
  private final FakeFunctions functions = new FakeFunctions();
  private final FakeEvents events = new FakeEvents();
  private final FakeLambda lambda = new FakeLambda();
  private final FakeInvocations invocations = new FakeInvocations(functions, lambda);
  private final FakeQueues queues = new FakeQueues(functions, lambda);
  private final FakeHistory history = new FakeHistory();
  private final MapSettings settings = new MapSettings();
  private final FakePins pins = new FakePins(history);
  private final List<Consumer<String>> noticeListeners = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final FakeVersions versions = new FakeVersions(functions);
  private volatile int servedPort = -1;
  private boolean closed;
  private boolean readOnly;
  private volatile boolean trusted = true;

  public InMemorySession(Path file) {
    project = new Project(file, file.getFileName().toString().replaceFirst("\\.hearth$", ""));
  }

  /** A project without functions and events. */
  public static InMemorySession empty() {
    return new InMemorySession(Path.of("/projects/empty.hearth"));
  }

  /** The sample project's functions and events. */
  public static InMemorySession sample() {
    InMemorySession session = new InMemorySession(Path.of("/projects/shop-backend.hearth"));
    Templates.Sample sample = Templates.sample();
    for (Templates.SampleFunction function : sample.functions()) {
      Templates.Function template = function.template();
      session.functions.create(
          FunctionConfiguration.of(
                  function.name(), RuntimeIdentifier.parse(template.runtime()), template.handler())
              .withMemorySize(function.memoryMb())
              .withTimeout(function.timeoutSeconds()),
          new SourceLocation.InProject(),
          template.files());
    }
    for (Templates.Event event : sample.events()) {
      session.events.create(event.id(), event.kind(), event.json());
    }
    return session;
  }

  /** Finds a function by name. */
  public FunctionDefinition function(String name) {
    return functions.get(name);
  }

  public boolean closed() {
    return closed;
  }

  @Override
  public Project project() {
    return project;
  }

  @Override
  public FakeFunctions functions() {
    return functions;
  }

  @Override
  public FakeEvents events() {
    return events;
  }

  @Override
  public FakeInvocations invocations() {
    return invocations;
  }

  @Override
  public FakeQueues queues() {
    return queues;
  }

  @Override
  public FakeHistory history() {
    return history;
  }

  @Override
  public FakePins pins() {
    return pins;
  }

  @Override
  public MapSettings settings() {
    return settings;
  }

  @Override
  public FakeVersions versions() {
    return versions;
  }

  @Override
  public ServedApi serveApi(int port, Consumer<String> problems) {
    if (port == ApiSettings.USUAL_PORT) {
      servedPort = port; // Always free here, so that pictures are the same everywhere.
    } else {
      bind(port);
    }
    return new ServedApi() {
      @Override
      public int port() {
        return servedPort;
      }

      @Override
      public String url() {
        return "http://127.0.0.1:" + servedPort;
      }

      @Override
      public void close() {
        servedPort = -1;
      }
    };
  }

  private void bind(int port) {
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      servedPort = free.getLocalPort();
    } catch (IOException e) {
      throw new HearthException(
          HearthException.Kind.INPUT, "Port " + port + " can't be used. Choose another port.", e);
    }
  }

  /** Where the Lambda API is served; -1 when it is not. */
  public int servedPort() {
    return servedPort;
  }

  @Override
  public FakeLambda lambda() {
    return lambda;
  }

  @Override
  public InvocationAssembler assembler(InvocationAssembler.Listener listener) {
    return new InvocationAssembler(
        lambda.clockAnchor(),
        new InvocationAssembler.Numbering() {
          @Override
          public long functionId(String functionName) {
            return functions.list().stream()
                .filter(f -> f.name().equals(functionName))
                .mapToLong(FunctionDefinition::id)
                .findFirst()
                .orElse(0);
          }

          @Override
          public int sourceVersion(String functionName, String sha256) {
            return Integer.parseInt(sha256, 16);
          }
        },
        PriceList.current()::invocationCostPicoUsd,
        listener);
  }

  @Override
  public Subscription onNotice(Consumer<String> listener) {
    noticeListeners.add(listener);
    told.forEach(listener);
    return () -> noticeListeners.remove(listener);
  }

  /** Tells of trouble as the store would. */
  public void notice(String text) {
    told.add(text);
    noticeListeners.forEach(listener -> listener.accept(text));
  }

  @Override
  public boolean trusted() {
    return trusted;
  }

  @Override
  public void trust() {
    trusted = true;
  }

  @Override
  public void trustOnce() {
    trusted = true;
  }

  @Override
  public void revokeTrust() {
    trusted = false;
  }

  @Override
  public boolean readOnly() {
    return readOnly;
  }

  /** As a project whose file can't be written. */
  public InMemorySession makeReadOnly() {
    readOnly = true;
    return this;
  }

  @Override
  public void close() {
    closed = true;
    lambda.close();
  }
}
