package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code AWS_LAMBDA_EXEC_WRAPPER}: a script of the customer's that managed runtimes are started
 * through, with the real command as its arguments (runtime-api.md section 7.3).
 */
final class ExecWrapper {
  private static final String VARIABLE = "AWS_LAMBDA_EXEC_WRAPPER";
  private static final String TASK = "/var/task/";
  private static final String OPT = "/opt/";

  private ExecWrapper() {}

  /**
   * The command as it is to be started. A shell runs the script, as on Lambda: a missing one ends
   * the runtime with status 127.
   *
   * @param opt the folder that stands for {@code /opt}; null when there is none
   */
  static List<String> wrap(DeployedFunction function, @Nullable Path opt, List<String> command) {
    String script = function.configuration().environment().get(VARIABLE);
    if (script == null || script.isBlank()) {
      return command;
    }
    List<String> wrapped =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "exec \"$0\" \"$@\"", place(script, function, opt)));
    wrapped.addAll(command);
    return List.copyOf(wrapped);
  }

  private static String place(String script, DeployedFunction function, @Nullable Path opt) {
    if (script.startsWith(TASK)) {
      return function.code().taskRoot().resolve(script.substring(TASK.length())).toString();
    }
    if (script.startsWith(OPT) && opt != null) {
      return opt.resolve(script.substring(OPT.length())).toString();
    }
    return script;
  }
}
