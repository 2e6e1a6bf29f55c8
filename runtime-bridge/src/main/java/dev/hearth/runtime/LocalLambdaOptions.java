package dev.hearth.runtime;

import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.invoke.InvokeStore;
import dev.hearth.runtime.invoke.MemoryInvokeStore;
import java.nio.file.Path;
import java.time.Duration;

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
    return new LocalLambdaOptions(
        scratchDirectory,
        cacheDirectory,
        timeout,
        initTimeout,
        concurrencyLimit,
        maxEnvironmentsPerFunction,
        maxWait,
        clock,
        store);
  }

  public LocalLambdaOptions withInitTimeout(Duration timeout) {
    return new LocalLambdaOptions(
        scratchDirectory,
        cacheDirectory,
        idleTimeout,
        timeout,
        concurrencyLimit,
        maxEnvironmentsPerFunction,
        maxWait,
        clock,
        store);
  }

  public LocalLambdaOptions withConcurrencyLimit(int limit) {
    return new LocalLambdaOptions(
        scratchDirectory,
        cacheDirectory,
        idleTimeout,
        initTimeout,
        limit,
        maxEnvironmentsPerFunction,
        maxWait,
        clock,
        store);
  }

  public LocalLambdaOptions withMaxEnvironmentsPerFunction(int cap) {
    return new LocalLambdaOptions(
        scratchDirectory,
        cacheDirectory,
        idleTimeout,
        initTimeout,
        concurrencyLimit,
        cap,
        maxWait,
        clock,
        store);
  }

  public LocalLambdaOptions withMaxWait(Duration wait) {
    return new LocalLambdaOptions(
        scratchDirectory,
        cacheDirectory,
        idleTimeout,
        initTimeout,
        concurrencyLimit,
        maxEnvironmentsPerFunction,
        wait,
        clock,
        store);
  }

  public LocalLambdaOptions withClock(VirtualClock other) {
    return new LocalLambdaOptions(
        scratchDirectory,
        cacheDirectory,
        idleTimeout,
        initTimeout,
        concurrencyLimit,
        maxEnvironmentsPerFunction,
        maxWait,
        other,
        store);
  }

  public LocalLambdaOptions withStore(InvokeStore other) {
    return new LocalLambdaOptions(
        scratchDirectory,
        cacheDirectory,
        idleTimeout,
        initTimeout,
        concurrencyLimit,
        maxEnvironmentsPerFunction,
        maxWait,
        clock,
        other);
  }
}
