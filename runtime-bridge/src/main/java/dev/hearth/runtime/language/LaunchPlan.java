package dev.hearth.runtime.language;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start the runtime process of one deployed function. Made once for a deployment and used
 * for each of its environments, so everything slow (compiling, finding the interpreter) has
 * happened before a cold start is timed.
 *
 * @param command executable and arguments
 * @param environment what the family adds to the environment (PYTHONPATH, NODE_PATH ...); the
 *     environment's own variables (runtime-api.md section 7.1) are merged over it
 * @param runtimeVersion what really runs, e.g. {@code python:3.11.7}, for INIT_START
 * @param notes visible notes, e.g. that python3.12 was asked for and 3.11.7 is used; empty when
 *     there are none
 * @param opt the folder that stands for {@code /opt}, with the function's layers; null when it has
 *     none
 * @param measuringCommand starts the same with everything that is imported measured; empty when
 *     what runs can't do that
 */
public record LaunchPlan(
    List<String> command,
    Map<String, String> environment,
    String runtimeVersion,
    List<String> notes,
    @Nullable Path opt,
    List<String> measuringCommand) {
  /** A plan for what can't measure its imports. */
  public LaunchPlan(
      List<String> command,
      Map<String, String> environment,
      String runtimeVersion,
      List<String> notes,
      @Nullable Path opt) {
    this(command, environment, runtimeVersion, notes, opt, List.of());
  }

  /** A plan for a function without layers. */
  public LaunchPlan(
      List<String> command,
      Map<String, String> environment,
      String runtimeVersion,
      List<String> notes) {
    this(command, environment, runtimeVersion, notes, null);
  }

  /**
   * The same start with imports measured, which makes it slower.
   *
   * @throws RuntimeUnavailableException when what runs can't do that
   */
  public LaunchPlan measuring() throws RuntimeUnavailableException {
    if (measuringCommand.isEmpty()) {
      throw new RuntimeUnavailableException(
          "%s can't measure imports: Python, Node.js and Java from 24 on can. Invoke without measuring."
              .formatted(runtimeVersion));
    }
    return new LaunchPlan(measuringCommand, environment, runtimeVersion, notes, opt);
  }
}
