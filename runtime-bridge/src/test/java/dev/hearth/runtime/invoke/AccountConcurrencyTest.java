package dev.hearth.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.function.InvalidFunctionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** limits-and-pricing.md section 2, row by row. */
class AccountConcurrencyTest {
  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong time = new AtomicLong();
  private final AccountConcurrency account = new AccountConcurrency(1_000, time::get);

  private String enter(String function) {
    return account.enter(function).reason();
  }

  private List<AccountConcurrency.Permit> fill(String function, int count) {
    List<AccountConcurrency.Permit> permits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      permits.add(Objects.requireNonNull(account.enter(function).permit()));
    }
    return permits;
  }

  @Test
  void theAccountLetsInAThousandCallsOfAllFunctions() {
    fill("a", 600);
    List<AccountConcurrency.Permit> b = fill("b", 400);
    assertThat(enter("c")).isEqualTo("ConcurrentInvocationLimitExceeded");
    b.getFirst().giveBack();
    b.getFirst().giveBack();
    assertThat(enter("c")).isNull();
    assertThat(enter("c")).isEqualTo("ConcurrentInvocationLimitExceeded");
  }

  @Test
  void aReservationIsALimitAndAGuarantee() {
    account.set("reserved", 10, 0);
    assertThat(account.unreserved()).isEqualTo(990);
    fill("other", 990);
    assertThat(enter("other")).isEqualTo("ConcurrentInvocationLimitExceeded");
    fill("reserved", 10);
    assertThat(enter("reserved")).isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
  }

  @Test
  void aReservationOfZeroRefusesEveryCall() {
    account.set("stopped", 0, 0);
    assertThat(enter("stopped")).isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
  }

  @Test
  void aReservationThatIsRemovedLetsTheFunctionShareAgain() {
    account.set("f", 1, 0);
    List<AccountConcurrency.Permit> running = fill("f", 1);
    account.set("f", null, 0);
    fill("f", 1_000);
    running.getFirst().giveBack();
    assertThat(enter("f")).isEqualTo("ConcurrentInvocationLimitExceeded");
  }

  @Test
  void aHundredStayUnreserved() {
    account.check("a", 900, 0);
    account.set("a", 900, 0);
    assertThatThrownBy(() -> account.check("b", 1, 0))
        .isInstanceOf(InvalidFunctionException.class)
        .hasMessage(
            "Specified ReservedConcurrentExecutions for function decreases account's"
                + " UnreservedConcurrentExecution below its minimum value of [100].");
    account.check("a", 500, 0);
    account.check("b", 0, 0);
  }

  @Test
  void whatIsProvisionedIsTakenOutOfTheReservation() {
    assertThatThrownBy(() -> account.check("f", 5, 6)).isInstanceOf(InvalidFunctionException.class);
    account.set("f", 5, 5);
    assertThat(enter("f")).isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
    assertThat(account.enterProvisioned("f").reason()).isNull();
    account.set("g", null, 20);
    assertThat(account.unreserved()).isEqualTo(975);
  }

  @Test
  void tenRequestsASecondForEachUnitOfConcurrency() {
    account.set("f", 2, 0);
    for (int i = 0; i < 20; i++) {
      Objects.requireNonNull(account.enter("f").permit()).giveBack();
    }
    assertThat(enter("f")).isEqualTo("ReservedFunctionInvocationRateLimitExceeded");
    time.addAndGet(SECOND / 10);
    fill("f", 2).forEach(AccountConcurrency.Permit::giveBack);
    assertThat(enter("f")).isEqualTo("ReservedFunctionInvocationRateLimitExceeded");
    for (int i = 0; i < 10_000; i++) {
      Objects.requireNonNull(account.enter("g").permit()).giveBack();
    }
    assertThat(enter("g")).isEqualTo("FunctionInvocationRateLimitExceeded");
  }

  @Test
  void aThousandNewEnvironmentsInTenSeconds() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(account.mayScale("f")).isTrue();
    }
    assertThat(account.mayScale("f")).isFalse();
    assertThat(account.mayScale("g")).isTrue();
    time.addAndGet(SECOND);
    for (int i = 0; i < 100; i++) {
      assertThat(account.mayScale("f")).isTrue();
    }
    assertThat(account.mayScale("f")).isFalse();
  }

  @Test
  void countsAreExactUnderABurst() throws Exception {
    account.set("f", 37, 0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        calls.add(() -> enter("f"));
      }
      long refused = 0;
      for (var call : threads.invokeAll(calls)) {
        refused += call.get() == null ? 0 : 1;
      }
      assertThat(refused).isEqualTo(500 - 37);
    }
  }
}
