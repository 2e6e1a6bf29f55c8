package dev.hearth.app.testing;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.InvocationService;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/**
 * Invocations on the fake Lambda. By default a call ends before {@link #invoke} returns; after
 * {@link #hold()} it runs until the test lets it end.
 */
public final class FakeInvocations implements InvocationService {
  private final FakeFunctions functions;
  private final FakeLambda lambda;
  private final List<Runnable> held = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<String> replays = new ArrayList<>();
  private boolean holding;

  public FakeInvocations(FakeFunctions functions, FakeLambda lambda) {
    this.functions = functions;
    this.lambda = lambda;
  }

  /** Further calls wait for {@link #release()}. */
  public void hold() {
    holding = true;
  }

  /** Lets all waiting calls end, and further ones at once. */
  public void release() {
    holding = false;
    List<Runnable> all = List.copyOf(held);
    held.clear();
    all.forEach(Runnable::run);
  }

  /** The events of all calls so far. */
  public List<String> events() {
    return events;
  }

  @Override
  public Invocation invoke(long functionId, String json) {
    String id = UUID.randomUUID().toString();
    CompletableFuture<InvokeResult> result = new CompletableFuture<>();
    try {
      new ObjectMapper().readTree(json);
    } catch (JacksonException e) {
      result.completeExceptionally(
          new HearthException(
              HearthException.Kind.INPUT, "The event is no valid JSON: " + e.getOriginalMessage()));
      return new Invocation(id, result);
    }
    events.add(json);
    lambda.deploy(functions.snapshot(functionId).deployable());
    String name = nameOf(functionId);
    Runnable call =
        () ->
            result.complete(
                lambda.invoke(
                    new InvokeRequest(
                        name, json.getBytes(StandardCharsets.UTF_8), id, null, null, null)));
    if (holding) {
      held.add(call);
    } else {
      call.run();
    }
    return new Invocation(id, result);
  }

  /** As any call: nothing is imported here. */
  @Override
  public Invocation measureImports(long functionId, String json) {
    replays.add("measured");
    return invoke(functionId, json);
  }

  /** Today's code, whichever is asked for. */
  @Override
  public Invocation replay(InvocationDetail past, boolean today) {
    replays.add(today ? "today" : "v" + past.record().sourceVersion());
    return invoke(past.record().functionId(), new String(past.event(), StandardCharsets.UTF_8));
  }

  /** What was replayed: {@code today} or a version. */
  public List<String> replays() {
    return replays;
  }

  private String nameOf(long functionId) {
    return functions.list().stream()
        .filter(f -> f.id() == functionId)
        .map(FunctionDefinition::name)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Burst burst(BurstRequest request, Consumer<InvokeResult> onProgress) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    boolean[] cancelled = new boolean[1];
    Runnable all =
        () -> {
          for (int i = 0; i < request.count() && !cancelled[0]; i++) {
            invoke(request.functionId(), request.json()).result().thenAccept(onProgress);
          }
          done.complete(null);
        };
    if (holding) {
      held.add(all);
    } else {
      all.run();
    }
    return new Burst() {
      @Override
      public CompletableFuture<Void> done() {
        return done;
      }

      @Override
      public void cancel() {
        cancelled[0] = true;
        done.complete(null);
      }
    };
  }

  @Override
  public void cancel(String requestId) {
    lambda.cancel(requestId);
    lambda.outcome(new InvokeOutcome.Cancelled());
    release();
  }

  @Override
  public Subscription keepDeployed(Consumer<String> problems) {
    functions.list().forEach(f -> lambda.deploy(functions.snapshot(f.id()).deployable()));
    return () -> {};
  }

  @Override
  public void stopEnvironments(String functionName) {
    lambda.stopEnvironments(functionName);
  }
}
