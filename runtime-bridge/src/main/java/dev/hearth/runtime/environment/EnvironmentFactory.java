package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.language.CodeRejectedException;
import dev.hearth.runtime.language.LaunchPlan;
import dev.hearth.runtime.language.RuntimeUnavailableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the environments of one deployed function. What all of them need and what takes long,
 * finding the interpreter and compiling, happens once and before a cold start is timed.
 */
public final class EnvironmentFactory {
  /** Works out how to start a function; the languages' part. */
  @FunctionalInterface
  public interface Planner {
    LaunchPlan plan(DeployedFunction function)
        throws RuntimeUnavailableException, CodeRejectedException;
  }

  private final DeployedFunction function;
  private final Planner planner;
  private final EnvironmentSettings.Shared shared;
  private @Nullable EnvironmentSettings settings;
  private @Nullable CodeRejectedException rejected;

  public EnvironmentFactory(
      DeployedFunction function, Planner planner, EnvironmentSettings.Shared shared) {
    this.function = function;
    this.planner = planner;
    this.shared = shared;
  }

  public DeployedFunction function() {
    return function;
  }

  /**
   * A new environment; it starts with its first call.
   *
   * @param requestId the call that needs it, for the texts of errors
   * @throws NotRunnableException when the code can't be built or the machine lacks something
   */
  public ExecutionEnvironment create(ExecutionEnvironment.Owner owner, String requestId)
      throws NotRunnableException {
    return create(settings(requestId), owner);
  }

  /**
   * A new environment that measures what loading its handler is made of.
   *
   * @param requestId the call that needs it, for the texts of errors
   * @throws NotRunnableException also when the runtime can't measure that
   */
  public ExecutionEnvironment createMeasuring(ExecutionEnvironment.Owner owner, String requestId)
      throws NotRunnableException {
    try {
      return create(settings(requestId).measuring(), owner);
    } catch (RuntimeUnavailableException e) {
      throw new NotRunnableException(new InvokeOutcome.CouldNotRun(e.getMessage()), e);
    }
  }

  /**
   * A new environment that is to be started ahead of any call, by {@link
   * ExecutionEnvironment#prepare()}.
   *
   * @throws NotRunnableException when the code can't be built or the machine lacks something
   */
  public ExecutionEnvironment createProvisioned(ExecutionEnvironment.Owner owner)
      throws NotRunnableException {
    return create(settings("").provisioned(), owner);
  }

  private ExecutionEnvironment create(EnvironmentSettings ready, ExecutionEnvironment.Owner owner)
      throws NotRunnableException {
    try {
      return new ExecutionEnvironment(ready, owner);
    } catch (IOException e) {
      throw new NotRunnableException(
          new InvokeOutcome.CouldNotRun(
              "The temporary folder of the environment could not be made in "
                  + shared.scratch()
                  + ": "
                  + e.getMessage()
                  + ". Free space there or choose another folder."),
          e);
    }
  }

  /**
   * Others that need the same plan wait for the first one; a missing interpreter is looked for
   * again.
   */
  private synchronized EnvironmentSettings settings(String requestId) throws NotRunnableException {
    EnvironmentSettings known = settings;
    if (known != null) {
      return known;
    }
    if (rejected != null) {
      throw notRunnable(rejected, requestId);
    }
    requireSecrets();
    try {
      known = new EnvironmentSettings(function, planner.plan(function), shared, false);
      settings = known;
      return known;
    } catch (CodeRejectedException e) {
      rejected = e;
      throw notRunnable(e, requestId);
    } catch (RuntimeUnavailableException e) {
      throw new NotRunnableException(new InvokeOutcome.CouldNotRun(e.getMessage()), e);
    }
  }

  private void requireSecrets() throws NotRunnableException {
    var locked = function.configuration().lockedSecrets();
    if (!locked.isEmpty()) {
      throw new NotRunnableException(
          new InvokeOutcome.CouldNotRun(
              "The secret %s of %s can't be read here: it was encrypted with the key of another machine or user. Enter it anew in the function's configuration, or bring that key (secret.key) here."
                  .formatted(String.join(", ", locked), function.configuration().functionName())),
          new IllegalStateException("locked secrets"));
    }
  }

  private static NotRunnableException notRunnable(CodeRejectedException e, String requestId) {
    byte[] payload =
        e.errorType().equals(Failures.INVALID_ENTRYPOINT)
            ? ErrorPayload.platform(e.errorType(), requestId, e.getMessage())
            : ErrorPayload.ofFunction(e.errorType(), e.getMessage(), e.diagnostics());
    return new NotRunnableException(new InvokeOutcome.FunctionError(e.errorType(), payload), e);
  }
}
