package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tags of functions, code signing configurations and event source mappings. */
final class TagOperations {
  private static final Pattern RESOURCE =
      Pattern.compile(
          "arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:"
              + "\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?"
              + "|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}"
              + "|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}"
              + "-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)");
  private static final Pattern FUNCTION = Pattern.compile(".*:function:([^:]+)(:(.+))?");
  private static final int MOST = 50;
  private static final String KIND_MAPPING = "event-source-mapping";

  private final ControlPlane plane;

  TagOperations(ControlPlane plane) {
    this.plane = plane;
  }

  void register(Map<String, Operation> operations) {
    operations.put("TagResource", this::tag);
    operations.put("UntagResource", this::untag);
    operations.put("ListTags", this::list);
  }

  /**
   * @throws ApiException when there are too many, or one is too long
   */
  static void check(@Nullable Map<String, String> tags) throws ApiException {
    if (tags == null) {
      return;
    }
    if (tags.size() > MOST) {
      throw ApiException.invalidParameter("Number of tags exceeds resource tag limit.");
    }
    for (var tag : tags.entrySet()) {
      if (tag.getKey().isEmpty() || tag.getKey().length() > 128 || tag.getValue().length() > 256) {
        throw ApiException.invalidParameter(
            "Tag keys have 1 to 128 characters and values at most 256.");
      }
    }
  }

  /** The key under which a resource's tags are kept. */
  private String key(ApiCall call) throws ApiException {
    String arn = call.parameter("Resource");
    new Checks().pattern("resource", arn, RESOURCE).verify();
    Matcher function = FUNCTION.matcher(arn);
    if (function.matches()) {
      if (function.group(3) != null) {
        throw ApiException.invalidParameter(
            "Tags on function aliases and versions are not supported. Please specify a function"
                + " ARN.");
      }
      FunctionReference reference = FunctionReference.parse(arn, null, false);
      if (plane.latest(reference.name()).isEmpty()) {
        throw reference.notFound();
      }
      return reference.name();
    }
    String id = arn.substring(arn.lastIndexOf(':') + 1);
    if (arn.contains(":" + KIND_MAPPING + ":")) {
      if (plane.records().get(EventSourceOperations.KIND, id).isEmpty()) {
        throw ApiException.notFound("Event source mapping not found: " + arn);
      }
      return KIND_MAPPING + ":" + id;
    }
    if (arn.contains(":code-signing-config:")
        && plane.records().get(CodeSigningOperations.KIND, id).isPresent()) {
      return "code-signing-config:" + id;
    }
    if (arn.contains(":capacity-provider:")) {
      throw ApiException.notFound("Capacity provider not found: " + arn);
    }
    throw ApiException.notFound("The resource you requested does not exist.");
  }

  private HttpResponse tag(ApiCall call) throws ApiException {
    Map<String, String> given = call.body().textMap("Tags");
    new Checks().required("tags", given).verify();
    String key = key(call);
    if (given == null || given.isEmpty()) {
      throw ApiException.invalidParameter("An error occurred and the request cannot be processed.");
    }
    Map<String, String> all = new LinkedHashMap<>(tags(key));
    all.putAll(given);
    check(all);
    plane.settings().tags.put(key, all);
    return ApiCall.noContent();
  }

  private Map<String, String> tags(String key) {
    return plane.settings().tags.get(key).orElse(Map.of());
  }

  private HttpResponse untag(ApiCall call) throws ApiException {
    List<String> keys = call.queries("tagKeys");
    new Checks().required("tagKeys", keys.isEmpty() ? null : keys).verify();
    String key = key(call);
    Map<String, String> all = new LinkedHashMap<>(tags(key));
    keys.forEach(all::remove);
    plane.settings().tags.put(key, all);
    return ApiCall.noContent();
  }

  private HttpResponse list(ApiCall call) throws ApiException {
    ObjectNode json = Json.object();
    json.set("Tags", Json.tree(tags(key(call))));
    return ApiCall.json(200, json);
  }
}
