package dev.hearth.runtime.service;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The small records that belong to a function or to one of its qualifiers. Each kind is kept in the
 * form in which the API answers it.
 */
final class Settings {
  final Records<ResourcePolicy> policies;
  final Records<FunctionUrl> urls;
  final Records<Map<String, String>> tags;
  final Records<ObjectNode> runtimeManagement;
  final Records<ObjectNode> codeSigning;

  @SuppressWarnings({"unchecked", "rawtypes"}) // a record class has no type arguments at run time
  Settings(RecordStore store) {
    this.policies = new Records<>(store, "policy", ResourcePolicy.class);
    this.urls = new Records<>(store, "url", FunctionUrl.class);
    this.tags = (Records) new Records<>(store, "tags", Map.class);
    this.runtimeManagement = new Records<>(store, "runtime-management", ObjectNode.class);
    this.codeSigning = new Records<>(store, "function-code-signing", ObjectNode.class);
  }

  private List<Records<?>> all() {
    return List.of(policies, urls, tags, runtimeManagement, codeSigning);
  }

  void removeOwned(String owner) {
    all().forEach(records -> records.removeOwned(owner));
  }

  void renameOwned(String owner, String newOwner) {
    all().forEach(records -> records.renameOwned(owner, newOwner));
    urls.get(newOwner).ifPresent(url -> urls.put(newOwner, url.of(newOwner)));
    urls.list(newOwner + "/").forEach((key, url) -> urls.put(key, url.of(key.replace('/', ':'))));
  }
}
