package dev.hearth.runtime.service;

import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.http.HttpAnswer;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.http.LoopbackGuard;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes the requests of the AWS Lambda API to what is served here (invoke-api.md section 8). */
final class LambdaApi {
  /** Bytes of a request that carries code (invoke-api.md section 5). */
  static final int MOST_CODE_REQUEST = 70_167_211;

  private static final Logger LOG = LoggerFactory.getLogger(LambdaApi.class);

  private final Routes routes = new Routes();
  private final Map<String, Operation> operations = new HashMap<>();
  private final ControlPlane plane;
  private final InvokeOperation invoke;
  private final CodeDownloads downloads;
  private final String endpoint;

  LambdaApi(Invoker invoker, ControlPlane plane, FunctionUrls urls, String endpoint) {
    this.plane = plane;
    this.endpoint = endpoint;
    this.invoke = new InvokeOperation(invoker, plane);
    this.downloads = new CodeDownloads(plane);
    new FunctionOperations(plane, invoker).register(operations);
    new UpdateOperations(plane, invoker).register(operations);
    new VersionOperations(plane).register(operations);
    new LayerOperations(plane).register(operations);
    new PolicyOperations(plane).register(operations);
    new TagOperations(plane).register(operations);
    new UrlOperations(plane, urls).register(operations);
    new FunctionConfigOperations(plane).register(operations);
    new InvokeSettingOperations(plane, invoker).register(operations);
    new ProvisionedConcurrencyOperations(plane, invoker).register(operations);
    new CodeSigningOperations(plane).register(operations);
    new EventSourceOperations(plane).register(operations);
  }

  /** Bytes that a request's body may have. */
  static int bodyLimit(String method, String path) {
    boolean code =
        (method.equals("POST") && (path.endsWith("/functions") || path.endsWith("/functions/")))
            || (method.equals("PUT") && path.endsWith("/code"))
            || (method.equals("POST")
                && path.startsWith("/2018-10-31/layers/")
                && path.endsWith("/versions"));
    return code ? MOST_CODE_REQUEST : InvokeOperation.MAX_PAYLOAD;
  }

  /**
   * Serves one request; never throws for what a caller may do.
   *
   * @param answer takes the response, exactly once and on this thread
   */
  void serve(HttpRequest request, HttpAnswer answer) {
    String requestId = InvokeRequest.newId();
    String trace = request.header("X-Amzn-Trace-Id");
    HttpAnswer marked =
        answer.decorated(
            head -> {
              if (trace != null) {
                head.header("X-Amzn-Trace-Id", trace);
              }
              return head.header("x-amzn-RequestId", requestId);
            });
    try {
      String refusal = LoopbackGuard.refusal(request);
      if (refusal != null) {
        throw ApiException.accessDenied(refusal);
      }
      route(request, requestId, marked);
    } catch (ApiException e) {
      marked.accept(e.toResponse());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      marked.accept(ApiException.service("Hearth failed on this request: " + e).toResponse());
    }
  }

  private void route(HttpRequest request, String requestId, HttpAnswer answer) throws ApiException {
    if (request.method().equals("GET") && CodeDownloads.is(request.path())) {
      String query = request.query();
      answer.accept(downloads.serve(request.path(), query == null ? "" : query));
      return;
    }
    Routes.Match match = routes.find(request);
    if (match == null) {
      throw ApiException.unknownOperation(
          request.method() + " " + request.path() + " is no operation of the Lambda API.");
    }
    ApiCall call = new ApiCall(request, match.operation(), match.parameters(), requestId, endpoint);
    switch (match.operation()) {
      case "Invoke" -> invoke.run(call, answer);
      case "InvokeAsync" -> invoke.runAsync(call, answer);
      case "InvokeWithResponseStream" -> invoke.runStreaming(call, answer);
      default -> answer.accept(manage(call));
    }
  }

  private HttpResponse manage(ApiCall call) throws ApiException {
    Operation operation = operations.get(call.operation());
    if (operation == null) {
      throw ApiException.notImplemented(call.operation());
    }
    try {
      return call.request().method().equals("GET")
          ? operation.run(call)
          : plane.change(() -> operation.run(call));
    } catch (CatalogException | InvalidFunctionException e) {
      throw ApiException.invalidParameter(e.getMessage());
    }
  }
}
