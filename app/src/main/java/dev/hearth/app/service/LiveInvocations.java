package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.json.JsonProblem;
import dev.hearth.app.project.json.JsonText;
import dev.hearth.app.task.Threads;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.UnknownFunctionException;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Deploys what was last saved and calls it on the local Lambda, on threads of its own. */
final class LiveInvocations implements InvocationService {
  private static final int MAX_COUNT = 1_000_000;
  private static final int MAX_CONCURRENCY = 1_000;
  private static final long CLOSE_SECONDS = 10;

  private final StoredFunctions functions;
  private final Supplier<LocalLambda> lambda;
  private final ProjectTrust trust;
  private final PastVersions versions;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Threads.numbered("invoke-"));
  private final Set<String> preparing = ConcurrentHashMap.newKeySet();
  private final ReplayedVersions replays = new ReplayedVersions();

  LiveInvocations(
      StoredFunctions functions,
      PastVersions versions,
      Supplier<LocalLambda> lambda,
      ProjectTrust trust) {
    this.versions = versions;
    this.functions = functions;
    this.lambda = lambda;
    this.trust = trust;
  }

  @Override
  public Invocation invoke(long functionId, String json) {
    return invoke(functionId, json, UnaryOperator.identity());
  }

  @Override
  public Invocation measureImports(long functionId, String json) {
    return invoke(functionId, json, InvokeRequest::measuringImports);
  }

  private Invocation invoke(long functionId, String json, UnaryOperator<InvokeRequest> kind) {
    String requestId = UUID.randomUUID().toString();
    CompletableFuture<InvokeResult> result = new CompletableFuture<>();
    preparing.add(requestId);
    execute(
        result,
        () -> {
          byte[] payload = payload(json);
          String name = deploy(functionId);
          result.complete(prepared(kind.apply(request(name, payload, requestId))));
        });
    return new Invocation(requestId, result);
  }

  /** Invokes; what was cancelled meanwhile is told as a call that ended before it started. */
  private InvokeResult prepared(InvokeRequest request) {
    boolean cancelled = !preparing.remove(request.requestId());
    if (cancelled) {
      Thread.currentThread().interrupt();
    }
    try {
      return lambda.get().invoke(request);
    } finally {
      if (cancelled) {
        boolean ignored = Thread.interrupted();
      }
    }
  }

  @Override
  public Invocation replay(InvocationDetail past, boolean today) {
    InvocationRecord record = past.record();
    FunctionDefinition function =
        functions.list().stream()
            .filter(f -> f.id() == record.functionId())
            .findFirst()
            .orElseThrow(
                () ->
                    Trouble.input(
                        "The function %s is not in the project any more.", record.functionName()));
    String json = new String(past.event(), StandardCharsets.UTF_8);
    if (today) {
      return invoke(function.id(), json);
    }
    String requestId = UUID.randomUUID().toString();
    CompletableFuture<InvokeResult> result = new CompletableFuture<>();
    preparing.add(requestId);
    execute(result, () -> result.complete(replay(past, function, requestId)));
    return new Invocation(requestId, result);
  }

  private InvokeResult replay(
      InvocationDetail past, FunctionDefinition function, String requestId) {
    trust.require();
    DeployedFunction now = functions.snapshot(function.id()).deployable();
    DeployedFunction then = versions.of(past, function, now);
    try {
      replays.enter(lambda.get(), then);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return cancelled(requestId);
    }
    try {
      return prepared(request(then.qualifiedName(), past.event(), requestId));
    } finally {
      replays.leave(lambda.get(), then);
    }
  }

  @Override
  public Burst burst(BurstRequest request, Consumer<InvokeResult> onProgress) {
    checkRange("count", request.count(), MAX_COUNT);
    checkRange("concurrency", request.concurrency(), MAX_CONCURRENCY);
    RunningBurst burst = new RunningBurst(request.count(), onProgress);
    execute(
        burst.done,
        () -> {
          byte[] payload = payload(request.json());
          String name = deploy(request.functionId());
          int workers = Math.min(request.concurrency(), request.count());
          burst.start(workers, name, payload);
        });
    return burst;
  }

  private static void checkRange(String what, int value, int max) {
    if (value < 1 || value > max) {
      throw Trouble.input("A %s of %,d is out of range. Use 1 to %,d.", what, value, max);
    }
  }

  /** Runs work that completes the future, or fails it with what it throws. */
  private void execute(CompletableFuture<?> future, Runnable work) {
    try {
      threads.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              future.completeExceptionally(explained(e));
            }
          });
    } catch (RejectedExecutionException e) {
      future.completeExceptionally(closed(e));
    }
  }

  private static RuntimeException explained(RuntimeException failure) {
    return switch (failure) {
      case UnknownFunctionException e ->
          new HearthException(HearthException.Kind.INPUT, "The function was removed meanwhile.", e);
      case IllegalStateException e -> closed(e);
      default -> failure;
    };
  }

  private static HearthException closed(RuntimeException cause) {
    return new HearthException(
        HearthException.Kind.INPUT, "The project was closed. Open it to invoke.", cause);
  }

  /** The event's bytes, checked. */
  static byte[] payload(String json) {
    Optional<JsonProblem> problem = JsonText.check(json);
    if (problem.isPresent()) {
      JsonProblem p = problem.get();
      throw Trouble.input(
          "Event is not valid JSON: line %d, column %d: %s", p.line(), p.column(), p.message());
    }
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Deploys the source as it is now and returns the name to call. Whatever runs was deployed here.
   *
   * @throws HearthException when the project is restricted
   */
  String deploy(long functionId) {
    trust.require();
    DeployedFunction now = functions.snapshot(functionId).deployable();
    Optional<DeployedFunction> before = lambda.get().deployed(now.name());
    if (before.isEmpty() || !before.get().equals(now)) {
      lambda.get().deploy(now);
    }
    return now.name();
  }

  private static InvokeRequest request(String name, byte[] payload, String requestId) {
    return new InvokeRequest(name, payload, requestId, null, null, null);
  }

  private static InvokeResult cancelled(String requestId) {
    return new InvokeResult(requestId, null, null, new InvokeOutcome.Cancelled(), null, null, "");
  }

  @Override
  public void cancel(String requestId) {
    if (!preparing.remove(requestId)) {
      lambda.get().cancel(requestId);
    }
  }

  @Override
  public Subscription keepDeployed(Consumer<String> problems) {
    DeploymentKeeper keeper = new DeploymentKeeper(functions, this::deploy, lambda, problems);
    keeper.start();
    return keeper::close;
  }

  @Override
  public void stopEnvironments(String functionName) {
    lambda.get().stopEnvironments(functionName);
  }

  /** Accepts no further call; those that run have to be ended by closing the local Lambda. */
  void stop() {
    threads.shutdown();
  }

  /** Waits until all calls have told their end. */
  void awaitEnd() {
    try {
      threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Workers that share a number of calls. */
  private final class RunningBurst implements Burst {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Consumer<InvokeResult> onProgress;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private int left;
    private int workers;
    private boolean cancelled;

    RunningBurst(int count, Consumer<InvokeResult> onProgress) {
      this.left = count;
      this.onProgress = onProgress;
    }

    void start(int count, String name, byte[] payload) {
      synchronized (this) {
        workers = count;
      }
      for (int i = 0; i < count; i++) {
        execute(done, () -> work(name, payload));
      }
    }

    private void work(String name, byte[] payload) {
      try {
        for (String id = next(); id != null; id = next()) {
          InvokeResult result = lambda.get().invoke(request(name, payload, id));
          running.remove(id);
          onProgress.accept(result);
        }
      } catch (RuntimeException e) {
        done.completeExceptionally(explained(e));
        cancel();
      } finally {
        workerEnds();
      }
    }

    private synchronized @Nullable String next() {
      if (left == 0 || cancelled) {
        return null;
      }
      left--;
      String id = UUID.randomUUID().toString();
      running.add(id);
      return id;
    }

    private void workerEnds() {
      boolean last;
      synchronized (this) {
        last = --workers == 0;
      }
      if (last) {
        done.complete(null);
      }
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      synchronized (this) {
        cancelled = true;
      }
      running.forEach(id -> lambda.get().cancel(id));
    }
  }
}
