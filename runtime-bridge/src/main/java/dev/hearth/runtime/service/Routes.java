package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All operations of the API with their method and path (invoke-api.md section 8). */
final class Routes {
  /** Their function name may have dots; the others' may not. */
  private static final Set<String> NAMESPACED =
      Set.of(
          "Invoke",
          "InvokeAsync",
          "InvokeWithResponseStream",
          "GetFunction",
          "GetFunctionConfiguration",
          "DeleteFunction",
          "ListVersionsByFunction",
          "AddPermission",
          "RemovePermission",
          "GetPolicy",
          "PutRuntimeManagementConfig",
          "GetRuntimeManagementConfig",
          "CreateEventSourceMapping",
          "UpdateEventSourceMapping",
          "ListEventSourceMappings",
          "PutFunctionEventInvokeConfig",
          "UpdateFunctionEventInvokeConfig",
          "GetFunctionEventInvokeConfig",
          "DeleteFunctionEventInvokeConfig",
          "ListFunctionEventInvokeConfigs");

  private static final String TABLE =
      """
      AddLayerVersionPermission POST /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy
      AddPermission POST /2015-03-31/functions/{FunctionName}/policy
      CheckpointDurableExecution POST /2025-12-01/durable-executions/{Arn}/checkpoint
      CreateAlias POST /2015-03-31/functions/{FunctionName}/aliases
      CreateCapacityProvider POST /2025-11-30/capacity-providers
      CreateCodeSigningConfig POST /2020-04-22/code-signing-configs
      CreateEventSourceMapping POST /2015-03-31/event-source-mappings
      CreateFunction POST /2015-03-31/functions
      CreateFunctionUrlConfig POST /2021-10-31/functions/{FunctionName}/url
      DeleteAlias DELETE /2015-03-31/functions/{FunctionName}/aliases/{Name}
      DeleteCapacityProvider DELETE /2025-11-30/capacity-providers/{Name}
      DeleteCodeSigningConfig DELETE /2020-04-22/code-signing-configs/{Arn}
      DeleteEventSourceMapping DELETE /2015-03-31/event-source-mappings/{UUID}
      DeleteFunction DELETE /2015-03-31/functions/{FunctionName}
      DeleteFunctionCodeSigningConfig DELETE /2020-06-30/functions/{FunctionName}/code-signing-config
      DeleteFunctionConcurrency DELETE /2017-10-31/functions/{FunctionName}/concurrency
      DeleteFunctionEventInvokeConfig DELETE /2019-09-25/functions/{FunctionName}/event-invoke-config
      DeleteFunctionUrlConfig DELETE /2021-10-31/functions/{FunctionName}/url
      DeleteLayerVersion DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}
      DeleteProvisionedConcurrencyConfig DELETE /2019-09-30/functions/{FunctionName}/provisioned-concurrency
      GetAccountSettings GET /2016-08-19/account-settings
      GetAlias GET /2015-03-31/functions/{FunctionName}/aliases/{Name}
      GetCapacityProvider GET /2025-11-30/capacity-providers/{Name}
      GetCodeSigningConfig GET /2020-04-22/code-signing-configs/{Arn}
      GetDurableExecution GET /2025-12-01/durable-executions/{Arn}
      GetDurableExecutionHistory GET /2025-12-01/durable-executions/{Arn}/history
      GetDurableExecutionState GET /2025-12-01/durable-executions/{Arn}/state
      GetEventSourceMapping GET /2015-03-31/event-source-mappings/{UUID}
      GetFunction GET /2015-03-31/functions/{FunctionName}
      GetFunctionCodeSigningConfig GET /2020-06-30/functions/{FunctionName}/code-signing-config
      GetFunctionConcurrency GET /2019-09-30/functions/{FunctionName}/concurrency
      GetFunctionConfiguration GET /2015-03-31/functions/{FunctionName}/configuration
      GetFunctionEventInvokeConfig GET /2019-09-25/functions/{FunctionName}/event-invoke-config
      GetFunctionRecursionConfig GET /2024-08-31/functions/{FunctionName}/recursion-config
      GetFunctionScalingConfig GET /2025-11-30/functions/{FunctionName}/function-scaling-config
      GetFunctionUrlConfig GET /2021-10-31/functions/{FunctionName}/url
      GetLayerVersion GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}
      GetLayerVersionByArn GET /2018-10-31/layers?find=LayerVersion
      GetLayerVersionPolicy GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy
      GetPolicy GET /2015-03-31/functions/{FunctionName}/policy
      GetProvisionedConcurrencyConfig GET /2019-09-30/functions/{FunctionName}/provisioned-concurrency
      GetRuntimeManagementConfig GET /2021-07-20/functions/{FunctionName}/runtime-management-config
      Invoke POST /2015-03-31/functions/{FunctionName}/invocations
      InvokeAsync POST /2014-11-13/functions/{FunctionName}/invoke-async
      InvokeWithResponseStream POST /2021-11-15/functions/{FunctionName}/response-streaming-invocations
      ListAliases GET /2015-03-31/functions/{FunctionName}/aliases
      ListCapacityProviders GET /2025-11-30/capacity-providers
      ListCodeSigningConfigs GET /2020-04-22/code-signing-configs
      ListDurableExecutionsByFunction GET /2025-12-01/functions/{FunctionName}/durable-executions
      ListEventSourceMappings GET /2015-03-31/event-source-mappings
      ListFunctionEventInvokeConfigs GET /2019-09-25/functions/{FunctionName}/event-invoke-config/list
      ListFunctionUrlConfigs GET /2021-10-31/functions/{FunctionName}/urls
      ListFunctionVersionsByCapacityProvider GET /2025-11-30/capacity-providers/{Name}/function-versions
      ListFunctions GET /2015-03-31/functions
      ListFunctionsByCodeSigningConfig GET /2020-04-22/code-signing-configs/{Arn}/functions
      ListLayerVersions GET /2018-10-31/layers/{LayerName}/versions
      ListLayers GET /2018-10-31/layers
      ListProvisionedConcurrencyConfigs GET /2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL
      ListTags GET /2017-03-31/tags/{Resource}
      ListVersionsByFunction GET /2015-03-31/functions/{FunctionName}/versions
      PublishLayerVersion POST /2018-10-31/layers/{LayerName}/versions
      PublishVersion POST /2015-03-31/functions/{FunctionName}/versions
      PutFunctionCodeSigningConfig PUT /2020-06-30/functions/{FunctionName}/code-signing-config
      PutFunctionConcurrency PUT /2017-10-31/functions/{FunctionName}/concurrency
      PutFunctionEventInvokeConfig PUT /2019-09-25/functions/{FunctionName}/event-invoke-config
      PutFunctionRecursionConfig PUT /2024-08-31/functions/{FunctionName}/recursion-config
      PutFunctionScalingConfig PUT /2025-11-30/functions/{FunctionName}/function-scaling-config
      PutProvisionedConcurrencyConfig PUT /2019-09-30/functions/{FunctionName}/provisioned-concurrency
      PutRuntimeManagementConfig PUT /2021-07-20/functions/{FunctionName}/runtime-management-config
      RemoveLayerVersionPermission DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}
      RemovePermission DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}
      SendDurableExecutionCallbackFailure POST /2025-12-01/durable-execution-callbacks/{Id}/fail
      SendDurableExecutionCallbackHeartbeat POST /2025-12-01/durable-execution-callbacks/{Id}/heartbeat
      SendDurableExecutionCallbackSuccess POST /2025-12-01/durable-execution-callbacks/{Id}/succeed
      StopDurableExecution POST /2025-12-01/durable-executions/{Arn}/stop
      TagResource POST /2017-03-31/tags/{Resource}
      UntagResource DELETE /2017-03-31/tags/{Resource}
      UpdateAlias PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}
      UpdateCapacityProvider PUT /2025-11-30/capacity-providers/{Name}
      UpdateCodeSigningConfig PUT /2020-04-22/code-signing-configs/{Arn}
      UpdateEventSourceMapping PUT /2015-03-31/event-source-mappings/{UUID}
      UpdateFunctionCode PUT /2015-03-31/functions/{FunctionName}/code
      UpdateFunctionConfiguration PUT /2015-03-31/functions/{FunctionName}/configuration
      UpdateFunctionEventInvokeConfig POST /2019-09-25/functions/{FunctionName}/event-invoke-config
      UpdateFunctionUrlConfig PUT /2021-10-31/functions/{FunctionName}/url
      """;

  private final List<Route> routes = new ArrayList<>();

  /** An operation's place; {@code query} tells two operations of one path apart. */
  private record Route(String operation, String method, String[] parts, @Nullable String query) {
    @Nullable Map<String, String> match(String[] actual, @Nullable String actualQuery) {
      if (actual.length != parts.length
          || (query != null
              && (actualQuery == null || !List.of(actualQuery.split("&")).contains(query)))) {
        return null;
      }
      Map<String, String> values = new HashMap<>();
      for (int i = 0; i < parts.length; i++) {
        if (parts[i].startsWith("{")) {
          values.put(parts[i].substring(1, parts[i].length() - 1), actual[i]);
        } else if (!parts[i].equals(actual[i])) {
          return null;
        }
      }
      return values;
    }
  }

  /**
   * A request's operation.
   *
   * @param parameters of the path, as they stand there
   */
  record Match(String operation, Map<String, String> parameters) {}

  Routes() {
    for (String line : TABLE.strip().split("\n")) {
      String[] words = line.split(" ");
      int mark = words[2].indexOf('?');
      String path = mark < 0 ? words[2] : words[2].substring(0, mark);
      Route route =
          new Route(
              words[0], words[1], parts(path), mark < 0 ? null : words[2].substring(mark + 1));
      // Those that need a query come before the ones of the same path that do without; Invoke is
      // asked for most.
      boolean early = mark >= 0 || words[0].equals("Invoke");
      routes.add(early ? 0 : routes.size(), route);
    }
  }

  static boolean namespaced(String operation) {
    return NAMESPACED.contains(operation);
  }

  /** Where an operation stands; the path with its parameters in braces. */
  record Place(String operation, String method, String path) {}

  List<Place> places() {
    return routes.stream()
        .map(
            route ->
                new Place(
                    route.operation(),
                    route.method(),
                    String.join("/", route.parts())
                        + (route.query() == null ? "" : "?" + route.query())))
        .toList();
  }

  /** Null when the API has no such operation. */
  @Nullable Match find(HttpRequest request) throws ApiException {
    String[] parts = parts(request.path());
    for (Route route : routes) {
      if (route.method().equals(request.method())) {
        Map<String, String> values = route.match(parts, request.query());
        if (values != null) {
          for (var value : values.entrySet()) {
            value.setValue(ApiCall.decode(value.getValue().replace("+", "%2B")));
          }
          return new Match(route.operation(), values);
        }
      }
    }
    return null;
  }

  private static String[] parts(String path) {
    String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return whole.split("/", -1);
  }
}
