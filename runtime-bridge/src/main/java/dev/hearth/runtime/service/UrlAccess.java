package dev.hearth.runtime.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may call a function URL (invoke-api.md section 4). Without authentication the function's
 * policy must let everyone call, by both actions that AWS asks for since October 2025. With IAM the
 * signature decides, see {@link SignatureCheck}: whoever has a key pair belongs to the account.
 */
final class UrlAccess {
  private static final Set<String> ALL = Set.of("*", "lambda:*");

  private UrlAccess() {}

  /** Whether a call that nobody signed may pass. */
  static boolean isOpen(@Nullable ResourcePolicy policy) {
    return permits(policy, "lambda:InvokeFunctionUrl") && permits(policy, "lambda:InvokeFunction");
  }

  /** Lets everyone call, by statements with the names that AWS's console gives them. */
  static void permitAll(Records<ResourcePolicy> policies, String function) {
    ResourcePolicy before = policies.get(function).orElse(null);
    if (isOpen(before)) {
      return;
    }
    List<ObjectNode> statements = new ArrayList<>(before == null ? List.of() : before.statements());
    statements.removeIf(each -> each.path("Sid").asString("").startsWith("FunctionURLAllow"));
    ObjectNode url = statement("FunctionURLAllowPublicAccess", "InvokeFunctionUrl", function);
    url.putObject("Condition").putObject("StringEquals").put("lambda:FunctionUrlAuthType", "NONE");
    ObjectNode invoke = statement("FunctionURLAllowInvokeAction", "InvokeFunction", function);
    invoke.putObject("Condition").putObject("Bool").put("lambda:InvokedViaFunctionUrl", "true");
    statements.add(url);
    statements.add(invoke);
    policies.put(function, new ResourcePolicy(Stamps.revision(), statements));
  }

  private static ObjectNode statement(String id, String action, String function) {
    return Json.object()
        .put("Sid", id)
        .put("Effect", "Allow")
        .put("Principal", "*")
        .put("Action", "lambda:" + action)
        .put("Resource", Arns.function(function));
  }

  private static boolean permits(@Nullable ResourcePolicy policy, String action) {
    if (policy == null) {
      return false;
    }
    for (ObjectNode statement : policy.statements()) {
      String allowed = statement.path("Action").asString("");
      String authType =
          statement
              .path("Condition")
              .path("StringEquals")
              .path("lambda:FunctionUrlAuthType")
              .asString(FunctionUrl.NONE);
      if (statement.path("Principal").asString("").equals("*")
          && (allowed.equals(action) || ALL.contains(allowed))
          && authType.equals(FunctionUrl.NONE)) {
        return true;
      }
    }
    return false;
  }
}
