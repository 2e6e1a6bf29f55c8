package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.RuntimeEventListener;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.language.LaunchPlan;
import dev.hearth.runtime.language.RuntimeUnavailableException;
import dev.hearth.runtime.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * What the environments of one deployed function have in common.
 *
 * @param function what runs in them
 * @param plan how its process is started
 * @param shared what the environments of all functions have in common
 * @param isProvisioned whether they are started ahead of their calls
 */
public record EnvironmentSettings(
    DeployedFunction function, LaunchPlan plan, Shared shared, boolean isProvisioned) {
  /** The same for environments that are started ahead of their calls. */
  EnvironmentSettings provisioned() {
    return new EnvironmentSettings(function, plan, shared, true);
  }

  /** The same for an environment that measures what loading its handler is made of. */
  EnvironmentSettings measuring() throws RuntimeUnavailableException {
    return new EnvironmentSettings(function, plan.measuring(), shared, false);
  }

  /**
   * What the environments of all functions have in common.
   *
   * @param sandbox starts and measures processes
   * @param scratch each environment makes a folder of its own in it
   * @param initTimeoutNanos how long an init may take before it is repeated inside the call
   * @param events hears everything
   * @param monitor watches limits
   * @param threads platform threads for whatever blocks
   * @param traces where environments send their spans
   */
  public record Shared(
      Sandbox sandbox,
      Path scratch,
      long initTimeoutNanos,
      RuntimeEventListener events,
      EnvironmentMonitor monitor,
      Executor threads,
      TraceAddresses traces) {}
}
