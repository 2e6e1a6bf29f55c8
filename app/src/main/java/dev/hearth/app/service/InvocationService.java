package dev.hearth.app.service;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Invokes functions of the open project. The source is snapshotted and deployed before each call,
 * so what runs is what was last saved. Everything that happens is published by the local Lambda as
 * events and stored; the results here are for the caller that waits.
 */
public interface InvocationService {
  /**
   * Starts one invocation and returns at once; safe to call on the FX thread.
   *
   * @param json the event; broken JSON fails the future with {@link HearthException} before
   *     anything runs
   */
  Invocation invoke(long functionId, String json);

  /**
   * Like {@link #invoke}, in a new environment that measures what loading the handler is made of;
   * its cold start takes longer for it. The history keeps the result with the invocation.
   */
  Invocation measureImports(long functionId, String json);

  /**
   * Invokes again with the event of a past invocation; returns at once.
   *
   * @param today whether today's code and configuration are to run, or the source version and
   *     configuration of that time (layers and the values of secrets are today's)
   * @throws HearthException when the project does not have the function any more
   */
  Invocation replay(InvocationDetail past, boolean today);

  /**
   * Invokes {@code count} times with up to {@code concurrency} calls in flight; returns at once.
   *
   * @param onProgress told after each call on a background thread
   */
  Burst burst(BurstRequest request, Consumer<InvokeResult> onProgress);

  /** Stops a running invocation; its environment is killed. Returns at once. */
  void cancel(String requestId);

  /**
   * For callers that reach the local Lambda by another way, such as its HTTP API: deploys every
   * function now, and again within about a second whenever its source or configuration changes,
   * until closed. Blocks until the first round is done.
   *
   * @param problems told of each function that can't be deployed, on a background thread later on
   */
  Subscription keepDeployed(Consumer<String> problems);

  /** Ends all environments of a function. */
  void stopEnvironments(String functionName);

  /**
   * @param result completes with the outcome; exceptionally with {@link HearthException} when
   *     nothing could be tried
   */
  record Invocation(String requestId, CompletableFuture<InvokeResult> result) {}

  /**
   * @param count 1 to 1,000,000
   * @param concurrency 1 to 1,000
   */
  record BurstRequest(long functionId, String json, int count, int concurrency) {}

  /** A burst under way. */
  interface Burst {
    /** Completes when all calls have ended or the burst was cancelled. */
    CompletableFuture<Void> done();

    /** Starts no further call; running ones are stopped. */
    void cancel();
  }
}
