package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.http.LoopbackGuard;
import dev.hearth.runtime.invoke.Invoker;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes the requests of the AWS Lambda API to what is served here (invoke-api.md section 8). */
final class LambdaApi {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaApi.class);
  private static final String FUNCTIONS = "/2015-03-31/functions";
  private static final String INVOCATIONS = "/invocations";
  private static final String CONFIGURATION = "/configuration";
  private static final int MOST_ITEMS = 50;
  private static final int MOST_MAX_ITEMS = 10_000;

  private final Invoker invoker;
  private final InvokeOperation invoke;

  LambdaApi(Invoker invoker) {
    this.invoker = invoker;
    this.invoke = new InvokeOperation(invoker);
  }

  /**
   * Serves one request; never throws for what a caller may do.
   *
   * @param answer takes the response, exactly once and on this thread
   */
  void serve(HttpRequest request, Consumer<HttpResponse> answer) {
    String requestId = UUID.randomUUID().toString();
    Once once =
        new Once(
            response -> {
              String trace = request.header("X-Amzn-Trace-Id");
              if (trace != null) {
                response.header("X-Amzn-Trace-Id", trace);
              }
              answer.accept(response.header("x-amzn-RequestId", requestId));
            });
    try {
      String refusal = LoopbackGuard.refusal(request);
      if (refusal != null) {
        throw ApiException.accessDenied(refusal);
      }
      route(request, requestId, once);
    } catch (ApiException e) {
      once.accept(e.toResponse());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      once.accept(ApiException.service("Hearth failed on this request: " + e).toResponse());
    }
  }

  /** Passes on the first response: a failure after the answer has no second one. */
  private static final class Once implements Consumer<HttpResponse> {
    private @Nullable Consumer<HttpResponse> target;

    Once(Consumer<HttpResponse> target) {
      this.target = target;
    }

    @Override
    public void accept(HttpResponse response) {
      Consumer<HttpResponse> waiting = target;
      target = null;
      if (waiting != null) {
        waiting.accept(response);
      }
    }
  }

  private void route(HttpRequest request, String requestId, Consumer<HttpResponse> answer)
      throws ApiException {
    String path = request.path();
    boolean get = request.method().equals("GET");
    if (path.startsWith(FUNCTIONS + "/") && path.length() > FUNCTIONS.length() + 1) {
      String rest = path.substring(FUNCTIONS.length() + 1);
      if (rest.endsWith(INVOCATIONS) && request.method().equals("POST")) {
        String name = rest.substring(0, rest.length() - INVOCATIONS.length());
        invoke.run(reference(name, request), request, requestId, answer);
        return;
      }
      if (get && rest.endsWith(CONFIGURATION)) {
        String name = rest.substring(0, rest.length() - CONFIGURATION.length());
        FunctionReference asked = reference(name, request);
        answer.accept(json(FunctionDescriptions.configuration(find(asked), asked)));
        return;
      }
      if (get && rest.indexOf('/') < 0) {
        FunctionReference asked = reference(rest, request);
        answer.accept(json(FunctionDescriptions.function(find(asked), asked)));
        return;
      }
    } else if (get && (path.equals(FUNCTIONS) || path.equals(FUNCTIONS + "/"))) {
      answer.accept(list(request));
      return;
    }
    throw ApiException.unknownOperation(
        request.method()
            + " "
            + path
            + " is not served here. Invoke, ListFunctions, GetFunction and"
            + " GetFunctionConfiguration are.");
  }

  private HttpResponse list(HttpRequest request) throws ApiException {
    int count = number(request, "MaxItems", MOST_ITEMS, 1, MOST_MAX_ITEMS);
    int from = number(request, "Marker", 0, 0, Integer.MAX_VALUE);
    return json(FunctionDescriptions.page(invoker.deployed(), from, Math.min(count, MOST_ITEMS)));
  }

  private static int number(HttpRequest request, String name, int otherwise, int low, int high)
      throws ApiException {
    String text = parameter(request, name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      LOG.debug("{} is no number", name, e);
    }
    throw ApiException.invalidParameter(
        name + " " + text + " is out of range. Use " + low + " to " + high + ".");
  }

  private static FunctionReference reference(String name, HttpRequest request) throws ApiException {
    String decoded = name.indexOf('%') < 0 ? name : decode(name.replace("+", "%2B"));
    return FunctionReference.parse(decoded, parameter(request, "Qualifier"));
  }

  private DeployedFunction find(FunctionReference asked) throws ApiException {
    DeployedFunction function = invoker.deployed(asked.name()).orElseThrow(asked::notFound);
    if (asked.qualifier() != null && !asked.qualifier().equals(function.version())) {
      throw asked.notFound();
    }
    return function;
  }

  private static @Nullable String parameter(HttpRequest request, String name) throws ApiException {
    String query = request.query();
    if (query == null) {
      return null;
    }
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && pair.substring(0, equals).equals(name)) {
        return decode(pair.substring(equals + 1));
      }
    }
    return null;
  }

  private static String decode(String text) throws ApiException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidParameter("\"" + text + "\" is not percent-encoded correctly.");
    }
  }

  private static HttpResponse json(Object value) {
    return HttpResponse.of(200, Json.bytes(value)).header("Content-Type", "application/json");
  }
}
