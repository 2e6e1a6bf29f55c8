package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Event source mappings as records (invoke-api.md section 6). Whether something reads the source is
 * no matter of the record.
 */
final class EventSourceOperations {
  static final String KIND = "event-source";
  private static final Pattern ARN =
      Pattern.compile(
          "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?"
              + "-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
  private static final List<String> POSITIONS = List.of("LATEST", "AT_TIMESTAMP", "TRIM_HORIZON");
  private static final int PAGE = 100;

  /** Taken over from a request as they are. */
  private static final List<String> MEMBERS =
      List.of(
          "BatchSize",
          "MaximumBatchingWindowInSeconds",
          "ParallelizationFactor",
          "StartingPosition",
          "StartingPositionTimestamp",
          "FilterCriteria",
          "DestinationConfig",
          "MaximumRecordAgeInSeconds",
          "BisectBatchOnFunctionError",
          "MaximumRetryAttempts",
          "TumblingWindowInSeconds",
          "Topics",
          "Queues",
          "SourceAccessConfigurations",
          "SelfManagedEventSource",
          "FunctionResponseTypes",
          "AmazonManagedKafkaEventSourceConfig",
          "SelfManagedKafkaEventSourceConfig",
          "ScalingConfig",
          "DocumentDBEventSourceConfig",
          "KMSKeyArn",
          "MetricsConfig",
          "LoggingConfig",
          "ProvisionedPollerConfig");

  private final ControlPlane plane;
  private final Records<ObjectNode> mappings;

  EventSourceOperations(ControlPlane plane) {
    this.plane = plane;
    this.mappings = new Records<>(plane.records(), KIND, ObjectNode.class);
  }

  void register(Map<String, Operation> operations) {
    operations.put("CreateEventSourceMapping", this::create);
    operations.put("GetEventSourceMapping", this::get);
    operations.put("UpdateEventSourceMapping", this::update);
    operations.put("DeleteEventSourceMapping", this::delete);
    operations.put("ListEventSourceMappings", this::list);
  }

  private static void constraints(Body body) throws ApiException {
    new Checks()
        .pattern("eventSourceArn", body.text("EventSourceArn"), ARN)
        .range("batchSize", body.integer("BatchSize"), 1, 10_000)
        .range(
            "maximumBatchingWindowInSeconds",
            body.integer("MaximumBatchingWindowInSeconds"),
            0,
            300)
        .range("parallelizationFactor", body.integer("ParallelizationFactor"), 1, 10)
        .range("maximumRecordAgeInSeconds", body.integer("MaximumRecordAgeInSeconds"), -1, 604_800)
        .range("maximumRetryAttempts", body.integer("MaximumRetryAttempts"), -1, 10_000)
        .range("tumblingWindowInSeconds", body.integer("TumblingWindowInSeconds"), 0, 900)
        .oneOf("startingPosition", body.text("StartingPosition"), POSITIONS)
        .verify();
  }

  private HttpResponse create(ApiCall call) throws ApiException {
    Body body = call.body();
    new Checks().required("functionName", body.text("FunctionName")).verify();
    constraints(body);
    String arn = body.text("EventSourceArn");
    if (arn == null && !body.has("SelfManagedEventSource")) {
      throw ApiException.invalidParameter("Unrecognized event source.");
    }
    FunctionReference function = function(body.text("FunctionName", ""));
    String service = arn == null ? "kafka" : arn.split(":")[2];
    checkSource(body, service);
    checkBatch(body);
    checkUnique(service, arn, function);
    String uuid = UUID.randomUUID().toString();
    ObjectNode mapping = defaults(service);
    mapping.put("UUID", uuid);
    mapping.put("EventSourceMappingArn", Arns.eventSourceMapping(uuid));
    mapping.put("FunctionArn", function.arn());
    if (arn != null) {
      mapping.put("EventSourceArn", arn);
    }
    take(mapping, body);
    boolean enabled = !Boolean.FALSE.equals(body.bool("Enabled"));
    mapping.put("State", enabled ? "Enabled" : "Disabled");
    mapping.put("StateTransitionReason", isQueue(service) ? "USER_INITIATED" : "User action");
    mappings.put(uuid, mapping);
    return ApiCall.json(202, mapping.deepCopy().put("State", "Creating"));
  }

  private FunctionReference function(String name) throws ApiException {
    FunctionReference function = FunctionReference.parse(name, null, true);
    if (plane.resolve(function.name(), function.qualifierOrLatest()).isEmpty()) {
      throw ApiException.invalidParameter("Function does not exist");
    }
    return function;
  }

  private static boolean isQueue(String service) {
    return service.equals("sqs");
  }

  private static void checkSource(Body body, String service) throws ApiException {
    boolean stream = service.equals("kinesis") || service.equals("dynamodb");
    if (stream && !body.has("StartingPosition")) {
      throw ApiException.invalidParameter(
          "1 validation error detected: Value null at 'startingPosition' failed to satisfy"
              + " constraint: Member must not be null.");
    }
    if (service.equals("dynamodb") && "AT_TIMESTAMP".equals(body.text("StartingPosition"))) {
      throw ApiException.invalidParameter(
          "Unsupported starting position for arn type: " + body.text("EventSourceArn"));
    }
    if (isQueue(service) && body.has("DestinationConfig")) {
      throw ApiException.invalidParameter(
          "Unsupported DestinationConfig parameter for given event source mapping type.");
    }
    if (body.has("SelfManagedEventSource") && !body.has("SourceAccessConfigurations")) {
      throw ApiException.invalidParameter(
          "Required 'sourceAccessConfigurations' parameter is missing.");
    }
    checkFilters(body);
  }

  private static void checkFilters(Body body) throws ApiException {
    Body criteria = body.structure("FilterCriteria");
    JsonNode filters = criteria == null ? null : criteria.node("Filters");
    if (filters == null) {
      return;
    }
    for (JsonNode filter : filters) {
      String pattern = filter.path("Pattern").asString("");
      if (!Json.isObject(pattern.getBytes(StandardCharsets.UTF_8))) {
        throw ApiException.invalidParameter("Invalid filter pattern definition.");
      }
    }
  }

  private static void checkBatch(Body body) throws ApiException {
    Integer batch = body.integer("BatchSize");
    Integer window = body.integer("MaximumBatchingWindowInSeconds");
    String arn = body.text("EventSourceArn", "");
    if (arn.contains(":sqs:") && batch != null && batch > 10 && (window == null || window == 0)) {
      throw ApiException.invalidParameter(
          "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater"
              + " than 10");
    }
  }

  private void checkUnique(String service, @Nullable String arn, FunctionReference function)
      throws ApiException {
    for (ObjectNode each : mappings.list("").values()) {
      boolean same =
          arn != null
              && each.path("EventSourceArn").asString("").equals(arn)
              && each.path("FunctionArn").asString("").equals(function.arn());
      if (same) {
        String uuid = each.path("UUID").asString();
        throw ApiException.conflict(
            isQueue(service)
                ? "An event source mapping with SQS arn (\" "
                    + arn
                    + " \") and function (\" "
                    + function.name()
                    + " \") already exists. Please update or delete the existing mapping with UUID "
                    + uuid
                : "The event source arn (\" "
                    + arn
                    + " \") and function (\" "
                    + function.name()
                    + " \") provided mapping already exists. Please update or delete the existing"
                    + " mapping with UUID "
                    + uuid);
      }
    }
  }

  private static ObjectNode defaults(String service) {
    ObjectNode mapping = Json.object();
    mapping.put("BatchSize", isQueue(service) ? 10 : 100);
    mapping.put("MaximumBatchingWindowInSeconds", 0);
    mapping.putArray("FunctionResponseTypes");
    if (service.equals("kinesis") || service.equals("dynamodb")) {
      mapping.put("BisectBatchOnFunctionError", false);
      mapping.put("MaximumRecordAgeInSeconds", -1);
      mapping.put("MaximumRetryAttempts", -1);
      mapping.put("ParallelizationFactor", 1);
      mapping.put("TumblingWindowInSeconds", 0);
      mapping.putObject("DestinationConfig").putObject("OnFailure");
      mapping.put("LastProcessingResult", "No records processed");
    }
    return mapping;
  }

  private static void take(ObjectNode mapping, Body body) {
    for (String member : MEMBERS) {
      JsonNode given = body.node(member);
      if (given != null) {
        mapping.set(member, given);
      }
    }
    mapping.put("LastModified", Stamps.epochSeconds());
  }

  private ObjectNode find(ApiCall call) throws ApiException {
    return mappings
        .get(call.parameter("UUID").toLowerCase(Locale.ROOT))
        .orElseThrow(() -> ApiException.notFound("The resource you requested does not exist."));
  }

  private HttpResponse get(ApiCall call) throws ApiException {
    return ApiCall.json(200, find(call));
  }

  private HttpResponse update(ApiCall call) throws ApiException {
    Body body = call.body();
    constraints(body);
    ObjectNode mapping = find(call);
    String name = body.text("FunctionName");
    if (name != null) {
      mapping.put("FunctionArn", function(name).arn());
    }
    checkFilters(body);
    take(mapping, body);
    Boolean enabled = body.bool("Enabled");
    if (enabled != null) {
      mapping.put("State", enabled ? "Enabled" : "Disabled");
    }
    mappings.put(mapping.get("UUID").stringValue(), mapping);
    return ApiCall.json(202, mapping.deepCopy().put("State", "Updating"));
  }

  private HttpResponse delete(ApiCall call) throws ApiException {
    ObjectNode mapping = find(call);
    mappings.remove(mapping.get("UUID").stringValue());
    return ApiCall.json(202, mapping.put("State", "Deleting"));
  }

  private HttpResponse list(ApiCall call) throws ApiException {
    String source = call.query("EventSourceArn");
    String name = call.query("FunctionName");
    String arn = name == null ? null : FunctionReference.parse(name, null, true).arn();
    List<ObjectNode> found =
        mappings.list("").values().stream()
            .filter(
                each -> source == null || each.path("EventSourceArn").asString("").equals(source))
            .filter(each -> arn == null || each.path("FunctionArn").asString("").equals(arn))
            .toList();
    return ApiCall.json(
        200,
        Page.of(
            call,
            PAGE,
            "EventSourceMappings",
            found,
            each -> new Page.Entry(each.get("UUID").stringValue(), each)));
  }
}
