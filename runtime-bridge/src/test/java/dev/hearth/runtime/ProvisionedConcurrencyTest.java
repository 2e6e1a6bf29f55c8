package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.Alias;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.ProvisionedConcurrency;
import dev.hearth.runtime.function.ProvisionedConcurrency.Status;
import dev.hearth.runtime.function.ProvisionedUse;
import dev.hearth.runtime.function.PublishedVersions;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Environments that are started ahead (limits-and-pricing.md section 2), with real processes. */
class ProvisionedConcurrencyTest extends LocalLambdaTestBase {
  private final VirtualClock clock = VirtualClock.pausedAt(Instant.EPOCH);
  private volatile String aliasVersion = "1";

  @BeforeEach
  void publish() {
    open(options().withClock(clock));
    lambda.versions(
        new PublishedVersions() {
          @Override
          public Optional<DeployedFunction> version(String functionName, String number) {
            String handler = number.equals("9") ? "init.exit" : "init.ok";
            return Optional.of(
                new DeployedFunction(
                    configuration(handler),
                    new CodePackage(TestBootstrap.folder(), "0".repeat(64)),
                    number));
          }

          @Override
          public Optional<Alias> alias(String functionName, String aliasName) {
            return aliasName.equals("live")
                ? Optional.of(new Alias("live", aliasVersion, Map.of()))
                : Optional.empty();
          }
        });
    deploy("init.ok");
  }

  private InvokeResult call(String name, String word) {
    byte[] event = ("\"" + word + "\"").getBytes(StandardCharsets.UTF_8);
    return lambda.invoke(InvokeRequest.of(name, event));
  }

  private void provision(String qualifier, int count) {
    lambda.changeInvokeSettings("fn", set -> set.withProvisionedConcurrency(qualifier, count));
  }

  private ProvisionedConcurrency await(
      String qualifier, Predicate<Optional<ProvisionedConcurrency>> fits) {
    while (!fits.test(lambda.provisionedConcurrency("fn", qualifier))) {
      Thread.onSpinWait();
    }
    return lambda.provisionedConcurrency("fn", qualifier).orElse(null);
  }

  private static Predicate<Optional<ProvisionedConcurrency>> is(Status status) {
    return now -> now.isPresent() && now.get().status() == status;
  }

  @Test
  void areReadyBeforeTheFirstCallAndNeverIdleAway() {
    provision("1", 2);
    assertThat(await("1", is(Status.READY)).allocated()).isEqualTo(2);
    clock.advance(Duration.ofHours(3));
    InvokeResult result = call("fn:1", "env AWS_LAMBDA_INITIALIZATION_TYPE");
    assertThat(text(result)).isEqualTo("\"provisioned-concurrency\"");
    assertThat(result.coldStart()).isFalse();
    assertThat(events.all(RuntimeEvent.EnvironmentStarted.class)).hasSize(2);
    assertThat(events.all(RuntimeEvent.EnvironmentGone.class)).isEmpty();
    assertThat(lambda.concurrency().unreserved()).isEqualTo(998);
  }

  /** Section 3 of the prices: kept time is billed, and calls on it at another price. */
  @Test
  void whatIsKeptReadyIsAddedUpByTheClock() {
    provision("1", 2);
    await("1", is(Status.READY));
    assertThat(call("fn:1", "echo").provisioned()).isTrue();
    assertThat(call("fn", "echo").provisioned()).isFalse();
    clock.advance(Duration.ofMinutes(7));
    provision("1", 1);
    clock.advance(Duration.ofMinutes(3));
    ProvisionedUse now = lambda.provisionedUse().getFirst();
    assertThat(now.goesOn()).isTrue();
    assertThat(now.environments()).isEqualTo(1);
    provision("1", 0);
    clock.advance(Duration.ofHours(1));

    ProvisionedUse use = lambda.provisionedUse().getFirst();
    assertThat(lambda.provisionedUse()).hasSize(1);
    assertThat(use.functionName()).isEqualTo("fn");
    assertThat(use.nanos()).isEqualTo(Duration.ofMinutes(10).toNanos());
    assertThat(use.environmentNanos()).isEqualTo(Duration.ofMinutes(17).toNanos());
    assertThat(use.goesOn()).isFalse();
  }

  /** The service API draws the version itself and says by the ARN what the caller named. */
  @Test
  void serveCallsOfTheirAliasWhoeverDrewTheVersion() {
    provision("live", 1);
    await("live", is(Status.READY));
    byte[] event = "\"echo\"".getBytes(StandardCharsets.UTF_8);
    String arn = "arn:aws:lambda:us-east-1:000000000000:function:fn:live";
    assertThat(
            lambda
                .invoke(new InvokeRequest("fn:1", event, InvokeRequest.newId(), arn, null, null))
                .provisioned())
        .isTrue();
    assertThat(call("fn:1", "echo").provisioned()).as("the version alone has none").isFalse();
    provision("live", 0);
    provision("1", 1);
    await("1", is(Status.READY));
    assertThat(call("fn:live", "echo").provisioned()).as("its version has one").isTrue();
  }

  @Test
  void whatTheyCantTakeRunsOnDemand() throws Exception {
    provision("1", 1);
    await("1", is(Status.READY));
    FutureTask<InvokeResult> busy = later(() -> call("fn:1", "hang"));
    events.await(RuntimeEvent.InvokeStarted.class, e -> true);
    InvokeResult spilled = call("fn:1", "env AWS_LAMBDA_INITIALIZATION_TYPE");
    assertThat(text(spilled)).isEqualTo("\"on-demand\"");
    assertThat(spilled.coldStart()).isTrue();
    lambda.cancel(events.await(RuntimeEvent.InvokeStarted.class, e -> true).requestId());
    busy.get();
    await("1", now -> now.isPresent() && now.get().available() == 1);
  }

  @Test
  void belongToTheAliasAndFollowIt() {
    provision("live", 1);
    await("live", is(Status.READY));
    assertThat(call("fn:live", "count").coldStart()).isFalse();
    assertThat(call("fn:1", "count").coldStart()).isTrue();
    aliasVersion = "2";
    assertThat(call("fn:live", "count").coldStart()).isTrue();
    InvokeResult moved;
    do {
      moved = call("fn:live", "env AWS_LAMBDA_INITIALIZATION_TYPE");
    } while (!text(moved).equals("\"provisioned-concurrency\""));
    assertThat(moved.function().version()).isEqualTo("2");
  }

  @Test
  void anInitThatFailsIsToldAndNotRepeated() {
    provision("9", 1);
    ProvisionedConcurrency failed = await("9", is(Status.FAILED));
    assertThat(failed.statusReason()).isEqualTo("FUNCTION_ERROR_INIT_FAILURE");
    assertThat(failed.allocated()).isZero();
  }

  @Test
  void endWhenTheyAreNoLongerWanted() {
    provision("1", 2);
    await("1", is(Status.READY));
    provision("1", 0);
    await("1", Optional::isEmpty);
    while (events.all(RuntimeEvent.EnvironmentGone.class).size() < 2) {
      Thread.onSpinWait();
    }
    assertThat(lambda.concurrency().unreserved()).isEqualTo(1_000);
    assertThatThrownBy(() -> provision("$LATEST", 1))
        .isInstanceOf(InvalidFunctionException.class)
        .hasMessage(
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
  }
}
