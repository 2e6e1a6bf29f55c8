package dev.hearth.app.service;

import dev.hearth.app.store.EventQueueStore;
import dev.hearth.app.task.Threads;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The asynchronous invocations of a project file. */
final class StoredQueues implements QueueService {
  private static final long PERIOD_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(StoredQueues.class);

  private final EventQueueStore store;
  private final StoredFunctions functions;
  private final LiveInvocations invocations;
  private final Supplier<LocalLambda> lambda;
  private final ProjectTrust trust;

  StoredQueues(
      EventQueueStore store,
      StoredFunctions functions,
      LiveInvocations invocations,
      Supplier<LocalLambda> lambda,
      ProjectTrust trust) {
    this.store = store;
    this.functions = functions;
    this.invocations = invocations;
    this.lambda = lambda;
    this.trust = trust;
  }

  @Override
  public String invoke(long functionId, String json) {
    byte[] payload = LiveInvocations.payload(json);
    String name = invocations.deploy(functionId);
    String requestId = UUID.randomUUID().toString();
    lambda.get().invokeEvent(new InvokeRequest(name, payload, requestId, null, null, null));
    return requestId;
  }

  @Override
  public String enqueue(long functionId, String json) {
    byte[] payload = LiveInvocations.payload(json);
    String name = functions.get(functionId).name();
    QueuedEvent event =
        QueuedEvent.accepted(
            UUID.randomUUID().toString(),
            name,
            null,
            null,
            TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    Trouble.translated(() -> store.insert(new EventQueueStore.Row(event, payload), false));
    return event.requestId();
  }

  @Override
  public List<QueuedEvent> pending(int limit) {
    return Trouble.translated(() -> store.list(limit));
  }

  @Override
  public boolean retryNow(String requestId) {
    return lambda.get().eventQueue().retryNow(requestId);
  }

  @Override
  public boolean discard(String requestId) {
    boolean discarded = lambda.get().eventQueue().discard(requestId);
    lambda.get().cancel(requestId);
    return discarded;
  }

  @Override
  public List<Target> targets() {
    return Trouble.translated(store::targets).stream()
        .map(target -> new Target(target.arn(), target.count()))
        .toList();
  }

  @Override
  public List<DeliveredRecord> delivered(String targetArn, int limit) {
    return Trouble.translated(() -> store.delivered(targetArn, limit));
  }

  @Override
  public void clear(String targetArn) {
    Trouble.translated(() -> store.clear(targetArn));
  }

  @Override
  public Subscription onChange(Runnable listener) {
    return lambda.get().eventQueue().onChange(listener);
  }

  @Override
  public InvokeSettings settings(String functionName) {
    return lambda.get().invokeSettings(functionName);
  }

  @Override
  public InvokeSettings change(String functionName, UnaryOperator<InvokeSettings> change) {
    return lambda.get().changeInvokeSettings(functionName, change);
  }

  @Override
  public Subscription deliver(Consumer<String> problems) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(Threads.virtual("event-queue"));
    Set<String> told = new HashSet<>();
    timer.scheduleWithFixedDelay(
        () -> takeOver(problem -> tellOnce(problem, told, problems)),
        0,
        PERIOD_MILLIS,
        TimeUnit.MILLISECONDS);
    return timer::shutdownNow;
  }

  private static void tellOnce(String problem, Set<String> told, Consumer<String> problems) {
    if (told.add(problem)) {
      problems.accept(problem);
    }
  }

  private void takeOver(Consumer<String> problems) {
    if (!trust.trusted()) {
      return;
    }
    try {
      Set<String> names = Trouble.translated(store::functionsOfOthers);
      if (names.isEmpty()) {
        return;
      }
      names.forEach(name -> deploy(name, problems));
      lambda.get().eventQueue().adopt();
    } catch (HearthException e) {
      problems.accept(e.getMessage());
    } catch (IllegalStateException e) {
      LOG.debug("the project is being closed: whoever opens it next takes the events over", e);
    }
  }

  /** An event whose function can't be deployed waits in the queue and says so. */
  private void deploy(String functionName, Consumer<String> problems) {
    try {
      if (lambda.get().deployed(functionName).isEmpty()) {
        invocations.deploy(functions.get(functionName).id());
      }
    } catch (HearthException e) {
      problems.accept(e.getMessage());
    }
  }
}
