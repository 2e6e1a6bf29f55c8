package dev.hearth.runtime.service;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may do what with a function or a layer version. It is kept and answered; only the rule for
 * function URLs is applied, since local callers have no identity.
 */
record ResourcePolicy(String revisionId, List<ObjectNode> statements) {
  ResourcePolicy {
    statements = List.copyOf(statements);
  }

  /** The policy document as text. */
  String document() {
    ObjectNode json = Json.object();
    json.put("Version", "2012-10-17");
    json.put("Id", "default");
    json.putArray("Statement").addAll(statements);
    return Json.text(json);
  }
}
