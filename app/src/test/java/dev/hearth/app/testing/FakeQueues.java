package dev.hearth.app.testing;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.service.QueueService;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Asynchronous invocations on the fake Lambda; messages are what the test puts in. */
public final class FakeQueues implements QueueService {
  private final FakeFunctions functions;
  private final FakeLambda lambda;
  private final List<DeliveredRecord> records = new ArrayList<>();

  FakeQueues(FakeFunctions functions, FakeLambda lambda) {
    this.functions = functions;
    this.lambda = lambda;
  }

  /** Puts a message into its target. */
  public void add(DeliveredRecord record) {
    records.add(record);
  }

  @Override
  public String invoke(long functionId, String json) {
    String id = UUID.randomUUID().toString();
    lambda.deploy(functions.snapshot(functionId).deployable());
    String name =
        functions.list().stream()
            .filter(function -> function.id() == functionId)
            .map(FunctionDefinition::name)
            .findFirst()
            .orElseThrow();
    lambda.invokeEvent(
        new InvokeRequest(name, json.getBytes(StandardCharsets.UTF_8), id, null, null, null));
    return id;
  }

  @Override
  public String enqueue(long functionId, String json) {
    return invoke(functionId, json);
  }

  @Override
  public List<QueuedEvent> pending(int limit) {
    return lambda.eventQueue().pending();
  }

  @Override
  public boolean retryNow(String requestId) {
    return lambda.eventQueue().retryNow(requestId);
  }

  @Override
  public boolean discard(String requestId) {
    return lambda.eventQueue().discard(requestId);
  }

  @Override
  public List<Target> targets() {
    return records.stream()
        .map(DeliveredRecord::targetArn)
        .distinct()
        .sorted()
        .map(arn -> new Target(arn, delivered(arn, Integer.MAX_VALUE).size()))
        .toList();
  }

  @Override
  public List<DeliveredRecord> delivered(String targetArn, int limit) {
    return records.reversed().stream()
        .filter(record -> record.targetArn().equals(targetArn))
        .limit(limit)
        .toList();
  }

  @Override
  public void clear(String targetArn) {
    records.removeIf(record -> record.targetArn().equals(targetArn));
  }

  @Override
  public Subscription onChange(Runnable listener) {
    return lambda.eventQueue().onChange(listener);
  }

  @Override
  public Subscription deliver(Consumer<String> problems) {
    return () -> {};
  }

  @Override
  public InvokeSettings settings(String functionName) {
    return lambda.invokeSettings(functionName);
  }

  @Override
  public InvokeSettings change(String functionName, UnaryOperator<InvokeSettings> change) {
    return lambda.changeInvokeSettings(functionName, change);
  }
}
