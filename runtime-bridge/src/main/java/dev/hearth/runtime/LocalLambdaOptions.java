package dev.hearth.runtime;

import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.invoke.InvokeStore;
import dev.hearth.runtime.invoke.MemoryInvokeStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a local Lambda is set up; {@link #of} gives what suits a desktop.
 *
 * @param scratchDirectory made when missing; the environments' temporary folders live in it
 * @param cacheDirectory made when missing; what is worth keeping between runs: compiled sources,
 *     start-up caches of the JVM
 * @param idleTimeout after which an unused environment ends, by the clock
 * @param initTimeout after which an init is given up and repeated inside the call; Lambda's is 10 s
 * @param concurrencyLimit calls of all functions at once; the one above it is throttled as Lambda
 *     does
 * @param maxEnvironmentsPerFunction a local cap to protect the machine: calls above it wait in
 *     order
 * @param maxWait how long they wait before they are throttled
 * @param clock what every rule of waiting follows; closed with the local Lambda
 * @param store where settings are kept
 */
public record LocalLambdaOptions(
    Path scratchDirectory,
    Path cacheDirectory,
    Duration idleTimeout,
    Duration initTimeout,
    int concurrencyLimit,
    int maxEnvironmentsPerFunction,
    Duration maxWait,
    VirtualClock clock,
    InvokeStore store) {
  /** Lambda's limit for an account and region (limits-and-pricing.md section 1). */
  public static final int ACCOUNT_CONCURRENCY = 1000;

  public LocalLambdaOptions {
    if (idleTimeout.isNegative() || idleTimeout.isZero() || !initTimeout.isPositive()) {
      throw new IllegalArgumentException("Time-outs must be positive");
    }
    if (concurrencyLimit < 1 || maxEnvironmentsPerFunction < 1) {
      throw new IllegalArgumentException("Limits must be 1 or more");
    }
  }

  /** Ten minutes idle time, ten seconds for init, 1,000 calls at once, no local cap below that. */
  public static LocalLambdaOptions of(Path scratchDirectory, Path cacheDirectory) {
    return new LocalLambdaOptions(
        scratchDirectory,
        cacheDirectory,
        Duration.ofMinutes(10),
        Duration.ofSeconds(10),
        ACCOUNT_CONCURRENCY,
        ACCOUNT_CONCURRENCY,
        Duration.ofMinutes(1),
        VirtualClock.running(),
        new MemoryInvokeStore());
  }

  public LocalLambdaOptions withIdleTimeout(Duration timeout) {
    return changed(draft -> draft.idleTimeout = timeout);
  }

  public LocalLambdaOptions withInitTimeout(Duration timeout) {
    return changed(draft -> draft.initTimeout = timeout);
  }

  public LocalLambdaOptions withConcurrencyLimit(int limit) {
    return changed(draft -> draft.concurrencyLimit = limit);
  }

  public LocalLambdaOptions withMaxEnvironmentsPerFunction(int cap) {
    return changed(draft -> draft.maxEnvironmentsPerFunction = cap);
  }

  public LocalLambdaOptions withMaxWait(Duration wait) {
    return changed(draft -> draft.maxWait = wait);
  }

  public LocalLambdaOptions withClock(VirtualClock other) {
    return changed(draft -> draft.clock = other);
  }

  public LocalLambdaOptions withStore(InvokeStore other) {
    return changed(draft -> draft.store = other);
  }

  /** The same but for what a change says. */
  private LocalLambdaOptions changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /** The members while one of them is being exchanged. */
  private static final class Draft {
    private Path scratchDirectory;
    private Path cacheDirectory;
    private Duration idleTimeout;
    private Duration initTimeout;
    private int concurrencyLimit;
    private int maxEnvironmentsPerFunction;
    private Duration maxWait;
    private VirtualClock clock;
    private InvokeStore store;

    Draft(LocalLambdaOptions of) {
      scratchDirectory = of.scratchDirectory;
      cacheDirectory = of.cacheDirectory;
      idleTimeout = of.idleTimeout;
      initTimeout = of.initTimeout;
      concurrencyLimit = of.concurrencyLimit;
      maxEnvironmentsPerFunction = of.maxEnvironmentsPerFunction;
      maxWait = of.maxWait;
      clock = of.clock;
      store = of.store;
    }

    LocalLambdaOptions done() {
      return new LocalLambdaOptions(
          scratchDirectory,
          cacheDirectory,
          idleTimeout,
          initTimeout,
          concurrencyLimit,
          maxEnvironmentsPerFunction,
          maxWait,
          clock,
          store);
    }
  }
}
