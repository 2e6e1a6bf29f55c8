package dev.hearth.runtime.invoke;

import dev.hearth.runtime.function.InvalidFunctionException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which calls of the account may run: the account's limit, what functions have reserved of
 * it, what is provisioned, and how fast all that may be used (limits-and-pricing.md section 2). One
 * lock, so that counts are exact under any burst.
 */
public final class AccountConcurrency {
  /** What can't be reserved away. */
  public static final int MIN_UNRESERVED = 100;

  // The reasons of invoke-api.md section 2.
  static final String ACCOUNT_LIMIT = "ConcurrentInvocationLimitExceeded";
  static final String FUNCTION_LIMIT = "ReservedFunctionConcurrentInvocationLimitExceeded";
  static final String ACCOUNT_RATE = "FunctionInvocationRateLimitExceeded";
  static final String FUNCTION_RATE = "ReservedFunctionInvocationRateLimitExceeded";

  private static final int RATE_PER_CONCURRENCY = 10;
  private static final int NEW_ENVIRONMENTS = 1_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int limit;
  private final LongSupplier nanoTime;
  private final TokenBucket accountRate;
  private final Map<String, Share> shares = new HashMap<>();

  /** Calls of functions without a reservation that run on no provisioned environment. */
  private int unreservedRunning;

  /** What belongs to one function. */
  private static final class Share {
    private final TokenBucket scaling;
    private @Nullable Integer reserved;
    private @Nullable TokenBucket rate;
    private int provisioned;

    /** Calls on environments that were not provisioned. */
    private int onDemand;

    Share(TokenBucket scaling) {
      this.scaling = scaling;
    }
  }

  /** Leave to run, to be given back once. */
  final class Permit {
    private final @Nullable Share share;
    private final boolean pooled;
    private boolean returned;

    /**
     * @param share what counts it; null for a call on a provisioned environment
     * @param pooled whether the account's rest counts it too
     */
    private Permit(@Nullable Share share, boolean pooled) {
      this.share = share;
      this.pooled = pooled;
    }

    /** The call has its answer; further calls of this do nothing. */
    void giveBack() {
      synchronized (AccountConcurrency.this) {
        if (!returned && share != null) {
          share.onDemand--;
          unreservedRunning -= pooled ? 1 : 0;
        }
        returned = true;
      }
    }
  }

  /**
   * What came of the wish to run.
   *
   * @param permit null when it is refused
   * @param reason why, as in Lambda's answer; null when it is not
   */
  record Admission(@Nullable Permit permit, @Nullable String reason) {}

  /**
   * @param limit calls of all functions at once
   * @param nanoTime monotonic time for the rates: measured, so never the virtual clock
   */
  public AccountConcurrency(int limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.accountRate = new TokenBucket(rate(limit), SECOND, nanoTime);
  }

  private static int rate(int concurrency) {
    return (int) Math.min(Integer.MAX_VALUE, (long) concurrency * RATE_PER_CONCURRENCY);
  }

  /** Calls of all functions at once. */
  public int limit() {
    return limit;
  }

  /** What functions without a reservation share. */
  public synchronized int unreserved() {
    int left = limit;
    for (Share share : shares.values()) {
      left -= share.reserved == null ? share.provisioned : share.reserved;
    }
    return left;
  }

  /**
   * Refuses what Lambda refuses.
   *
   * @param reserved null for no reservation
   * @param provisioned of all versions and aliases of the function
   * @throws InvalidFunctionException with Lambda's words (invoke-api.md section 10)
   */
  public synchronized void check(String functionName, @Nullable Integer reserved, int provisioned) {
    Share share = shares.get(functionName);
    int before =
        share == null ? 0 : share.reserved == null ? share.provisioned : (int) share.reserved;
    int others = unreserved() + before;
    int wanted = reserved == null ? provisioned : reserved;
    if (reserved != null && reserved < 0) {
      throw new InvalidFunctionException(
          "reservedConcurrentExecutions",
          "Reserved concurrency of " + reserved + " is out of range. Use 0 or more.");
    }
    if (reserved != null && provisioned > reserved) {
      throw new InvalidFunctionException(
          "provisionedConcurrentExecutions",
          "Requested Provisioned Concurrency should not be greater than the"
              + " reservedConcurrentExecution for function");
    }
    if (wanted > 0 && others - wanted < MIN_UNRESERVED) {
      throw new InvalidFunctionException(
          reserved == null ? "provisionedConcurrentExecutions" : "reservedConcurrentExecutions",
          "Specified "
              + (reserved == null ? "ConcurrentExecutions" : "ReservedConcurrentExecutions")
              + " for function decreases account's UnreservedConcurrentExecution below its minimum"
              + " value of ["
              + MIN_UNRESERVED
              + "].");
    }
  }

  /** Sets what {@link #check} has let pass. */
  public synchronized void set(String functionName, @Nullable Integer reserved, int provisioned) {
    Share share = share(functionName);
    boolean same = reserved == null ? share.reserved == null : reserved.equals(share.reserved);
    share.provisioned = provisioned;
    if (!same) {
      // Calls that run stay counted where they were let in.
      share.reserved = reserved;
      share.rate = reserved == null ? null : new TokenBucket(rate(reserved), SECOND, nanoTime);
    }
  }

  /** Forgets a function that is gone; its running calls stay counted. */
  synchronized void forget(String functionName) {
    shares.remove(functionName);
  }

  private Share share(String functionName) {
    return shares.computeIfAbsent(
        functionName, _ -> new Share(new TokenBucket(NEW_ENVIRONMENTS, 10 * SECOND, nanoTime)));
  }

  /** Lets a call in that a free provisioned environment will serve. */
  synchronized Admission enterProvisioned(String functionName) {
    Share share = share(functionName);
    TokenBucket rate = share.rate == null ? accountRate : share.rate;
    if (!rate.take()) {
      return new Admission(null, share.rate == null ? ACCOUNT_RATE : FUNCTION_RATE);
    }
    return new Admission(new Permit(null, false), null);
  }

  /** Lets a call in, or says why not. */
  synchronized Admission enter(String functionName) {
    Share share = share(functionName);
    Integer reserved = share.reserved;
    if (reserved == null && unreservedRunning >= unreserved()) {
      return new Admission(null, ACCOUNT_LIMIT);
    }
    // What is provisioned is taken out of the reservation: nobody else may use it.
    if (reserved != null && share.onDemand >= reserved - share.provisioned) {
      return new Admission(null, FUNCTION_LIMIT);
    }
    TokenBucket rate = share.rate == null ? accountRate : share.rate;
    if (!rate.take()) {
      return new Admission(null, share.rate == null ? ACCOUNT_RATE : FUNCTION_RATE);
    }
    share.onDemand++;
    unreservedRunning += reserved == null ? 1 : 0;
    return new Admission(new Permit(share, reserved == null), null);
  }

  /** Whether the function may start another environment now: 1,000 in ten seconds. */
  synchronized boolean mayScale(String functionName) {
    return share(functionName).scaling.take();
  }
}
