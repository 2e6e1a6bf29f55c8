package dev.hearth.runtime.environment;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.function.SnapStart;
import java.nio.file.Path;

/**
 * What stays with an environment when its processes are started anew.
 *
 * @param logStream the name of its log stream
 * @param tmp the folder that stands for {@code /tmp}
 * @param initializationType {@code on-demand}, {@code snap-start} or {@code
 *     provisioned-concurrency}
 */
record EnvironmentPlace(String logStream, Path tmp, String initializationType) {
  static final String ON_DEMAND = "on-demand";
  static final String SNAP_START = "snap-start";
  static final String PROVISIONED = "provisioned-concurrency";

  boolean isSnapStart() {
    return initializationType.equals(SNAP_START);
  }

  /**
   * How environments of a function are initialised: published versions with SnapStart switched on
   * by it, where the runtime has it (newer.md section 2).
   */
  static String initializationType(DeployedFunction function) {
    RuntimeIdentifier runtime = function.configuration().runtime();
    boolean able =
        switch (runtime.family()) {
          case JAVA -> true;
          case PYTHON -> Integer.parseInt(runtime.version().substring(2)) >= 12;
          default -> false;
        };
    boolean on =
        function.configuration().snapStart() == SnapStart.PUBLISHED_VERSIONS
            && !function.version().equals(DeployedFunction.LATEST);
    return able && on ? SNAP_START : ON_DEMAND;
  }
}
