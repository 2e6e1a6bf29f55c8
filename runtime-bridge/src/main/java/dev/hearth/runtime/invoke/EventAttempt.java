package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.Identifiers;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.EventInvokeConfig;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.TargetArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One try of an asynchronous invocation: calls the function and does what its end asks for. */
public final class EventAttempt {
  private final InvokeStore store;
  private final VirtualClock clock;
  private final Target target;
  private final Function<String, InvokeSettings> settings;

  /** What calls functions. */
  public interface Target {
    /** Calls a function and waits; null when nothing is deployed under that name. */
    @Nullable InvokeResult invoke(InvokeRequest request);

    boolean isDeployed(String functionName);

    /** Whether calls end because all is being closed. */
    boolean closing();
  }

  /**
   * What a try led to.
   *
   * @param next the event as it waits on; null when it has ended
   * @param following events for other functions that its end gave rise to
   */
  record Result(@Nullable QueuedEvent next, List<QueuedEvent> following) {
    static Result gone() {
      return new Result(null, List.of());
    }
  }

  EventAttempt(
      InvokeStore store,
      VirtualClock clock,
      Target target,
      Function<String, InvokeSettings> settings) {
    this.store = store;
    this.clock = clock;
    this.target = target;
    this.settings = settings;
  }

  Result run(QueuedEvent event) {
    Optional<InvokeStore.Stored> stored = store.load(event.requestId());
    if (stored.isEmpty()) {
      return Result.gone();
    }
    Try one = new Try(event, stored.get(), settings.apply(event.functionName()));
    RetryPolicy.Condition refused = refusal(one);
    if (refused != null) {
      return end(one, event, refused, stored.get().lastResponse());
    }
    String trace = event.traceId() == null ? Identifiers.traceId() : event.traceId();
    InvokeResult result =
        target.invoke(
            new InvokeRequest(
                event.qualifiedName(),
                stored.get().payload(),
                event.requestId(),
                arn(event),
                null,
                Lineage.enter(trace, event.functionName())));
    return result == null ? refused(one, "The function is not deployed.") : decide(one, result);
  }

  /** An event on its way. */
  private record Try(QueuedEvent event, InvokeStore.Stored stored, InvokeSettings settings) {
    EventInvokeConfig config() {
      return settings.eventInvokeConfig(event.qualifier());
    }
  }

  private RetryPolicy.@Nullable Condition refusal(Try one) {
    Integer reserved = one.settings.reservedConcurrency();
    if (reserved != null && reserved == 0) {
      return RetryPolicy.Condition.ZERO_RESERVED_CONCURRENCY;
    }
    if (RetryPolicy.tooOld(one.event, one.config(), clock.epochNanos())) {
      return RetryPolicy.Condition.EVENT_AGE_EXCEEDED;
    }
    boolean loop =
        Lineage.count(one.event.traceId(), one.event.functionName()) >= Lineage.LIMIT
            && one.settings.recursiveLoop() == InvokeSettings.RecursiveLoop.TERMINATE;
    return loop ? RetryPolicy.Condition.RECURSIVE_LOOP : null;
  }

  private static @Nullable String arn(QueuedEvent event) {
    return event.qualifier() == null
        ? null
        : "arn:aws:lambda:%s:%s:function:%s"
            .formatted(DeployedFunction.REGION, DeployedFunction.ACCOUNT, event.qualifiedName());
  }

  private Result decide(Try one, InvokeResult result) {
    DeployedFunction function = result.function();
    String version = function == null ? DeployedFunction.LATEST : function.version();
    InvokeStore.LastResponse response =
        new InvokeStore.LastResponse(result.outcome().body(), version);
    return switch (result.outcome()) {
      case InvokeOutcome.Succeeded _ ->
          end(one, one.event, RetryPolicy.Condition.SUCCESS, response);
      case InvokeOutcome.FunctionError(String type, byte[] _) -> failed(one, type, response);
      case InvokeOutcome.TimedOut _ -> failed(one, "Sandbox.Timedout", response);
      case InvokeOutcome.OutOfMemory _ -> failed(one, "Runtime.OutOfMemory", response);
      case InvokeOutcome.Crashed(String type, byte[] _) -> failed(one, type, response);
      case InvokeOutcome.RestoreFailed(String type, byte[] _) -> failed(one, type, response);
      case InvokeOutcome.Throttled(String reason) -> refused(one, reason);
      case InvokeOutcome.CouldNotRun(String message) -> refused(one, message);
      case InvokeOutcome.Cancelled() ->
          target.closing()
              ? new Result(one.event, List.of())
              : refused(one, "Its environment was stopped.");
    };
  }

  private Result failed(Try one, String type, InvokeStore.LastResponse response) {
    long now = clock.epochNanos();
    RetryPolicy.Decision decision = RetryPolicy.afterError(one.event, one.config(), now, type);
    return switch (decision) {
      case RetryPolicy.Decision.Retry(QueuedEvent next) -> keep(next, response);
      case RetryPolicy.Decision.GiveUp(QueuedEvent last, RetryPolicy.Condition why) ->
          end(one, last, why, response);
    };
  }

  private Result refused(Try one, String why) {
    long now = clock.epochNanos();
    return switch (RetryPolicy.afterRefusal(one.event, one.config(), now, why)) {
      case RetryPolicy.Decision.Retry(QueuedEvent next) -> keep(next, null);
      case RetryPolicy.Decision.GiveUp(QueuedEvent last, RetryPolicy.Condition condition) ->
          end(one, last, condition, one.stored.lastResponse());
    };
  }

  private Result keep(QueuedEvent next, InvokeStore.@Nullable LastResponse response) {
    store.update(next, response);
    return new Result(next, List.of());
  }

  /** Removes the event and sends what is set; either all of it is kept or nothing. */
  private Result end(
      Try one,
      QueuedEvent last,
      RetryPolicy.Condition condition,
      InvokeStore.@Nullable LastResponse response) {
    EventRecords.Ended ended =
        new EventRecords.Ended(last, condition, clock.now(), one.stored.payload(), response);
    List<DeliveredRecord> sent = new ArrayList<>();
    List<InvokeStore.Accepted> following = new ArrayList<>();
    String deadLetter = one.settings.deadLetterConfig();
    if (!ended.succeeded() && deadLetter != null) {
      sent.add(EventRecords.deadLetter(ended, deadLetter));
    }
    String destination = ended.succeeded() ? one.config().onSuccess() : one.config().onFailure();
    if (destination != null) {
      send(ended, TargetArn.parse("destination", destination), sent, following);
    }
    store.finish(last.requestId(), sent, following);
    return new Result(null, following.stream().map(InvokeStore.Accepted::event).toList());
  }

  private void send(
      EventRecords.Ended ended,
      TargetArn to,
      List<DeliveredRecord> sent,
      List<InvokeStore.Accepted> following) {
    boolean function = to.service() == TargetArn.Service.LAMBDA;
    String name = to.qualifier() == null ? to.name() : to.name() + ":" + to.qualifier();
    String problem =
        function && !target.isDeployed(name) ? "There is no function " + name + "." : null;
    DeliveredRecord record = EventRecords.delivered(ended, to, problem);
    sent.add(record);
    if (function && problem == null) {
      QueuedEvent event = ended.event();
      String trace = event.traceId() == null ? Identifiers.traceId() : event.traceId();
      QueuedEvent next =
          QueuedEvent.accepted(
              UUID.randomUUID().toString(),
              to.name(),
              to.qualifier(),
              Lineage.enter(trace, event.functionName()),
              clock.epochNanos());
      following.add(new InvokeStore.Accepted(next, record.body()));
    }
  }
}
