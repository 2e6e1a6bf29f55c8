package dev.hearth.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.ResponseListener;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.ProvisionedConcurrency;
import dev.hearth.runtime.invoke.AccountConcurrency;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service API over a catalog in memory; calls are answered without a process. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
abstract class ApiTestBase {
  static final String FUNCTIONS = "/2015-03-31/functions";
  static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
  static final String ROLE = "arn:aws:iam::000000000000:role/r";

  @TempDir Path folder;
  InMemoryCatalog catalog;
  ControlPlane plane;
  Script script;
  LambdaApiServer server;
  final HttpClient client = HttpClient.newHttpClient();

  /** Answers with what the test wants and keeps what it was asked. */
  static final class Script implements Invoker {
    final Map<String, DeployedFunction> functions = new ConcurrentHashMap<>();
    final Map<String, InvokeSettings> settings = new ConcurrentHashMap<>();
    final BlockingQueue<InvokeRequest> asked = new LinkedBlockingQueue<>();
    volatile InvokeOutcome outcome = new InvokeOutcome.Succeeded("{\"ok\":true}".getBytes());
    volatile ControlPlane plane;
    volatile double chance;
    volatile List<String> stream;

    @Override
    public Optional<DeployedFunction> deployed(String name) {
      int colon = name.indexOf(':');
      if (colon < 0) {
        return Optional.ofNullable(functions.get(name));
      }
      String function = name.substring(0, colon);
      String qualifier = name.substring(colon + 1);
      String version =
          plane.alias(function, qualifier).map(alias -> alias.version(chance)).orElse(qualifier);
      return version.equals(DeployedFunction.LATEST)
          ? Optional.ofNullable(functions.get(function))
          : plane.version(function, version);
    }

    @Override
    public List<DeployedFunction> deployed() {
      return List.copyOf(functions.values());
    }

    @Override
    public InvokeResult invoke(InvokeRequest request) {
      asked.add(request);
      DeployedFunction function = deployed(request.functionName()).orElseThrow();
      return new InvokeResult(request.requestId(), function, "env", outcome, null, null, "LOG\n");
    }

    /** Streams, when a test has said what. */
    @Override
    public InvokeResult invoke(InvokeRequest request, Consumer<InvokeOutcome> onAnswer) {
      if (stream != null && onAnswer instanceof ResponseListener listener) {
        try {
          listener.streaming("text/plain");
          for (String piece : stream) {
            byte[] bytes = piece.getBytes();
            listener.data(bytes, 0, bytes.length);
          }
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        listener.over();
      }
      InvokeResult result = invoke(request);
      onAnswer.accept(result.outcome());
      return result;
    }

    @Override
    public void invokeEvent(InvokeRequest request) {
      asked.add(request);
    }

    @Override
    public InvokeSettings invokeSettings(String functionName) {
      return settings.getOrDefault(functionName, InvokeSettings.NONE);
    }

    @Override
    public InvokeSettings changeInvokeSettings(
        String functionName, UnaryOperator<InvokeSettings> change) {
      InvokeSettings changed = change.apply(invokeSettings(functionName));
      settings.put(functionName, changed);
      return changed;
    }

    @Override
    public Optional<ProvisionedConcurrency> provisionedConcurrency(
        String functionName, String qualifier) {
      return Optional.ofNullable(
              invokeSettings(functionName).provisionedConcurrency().get(qualifier))
          .map(
              count ->
                  new ProvisionedConcurrency(
                      count, count, count, ProvisionedConcurrency.Status.READY, null));
    }

    @Override
    public AccountConcurrency concurrency() {
      return new AccountConcurrency(1_000, System::nanoTime);
    }
  }

  @BeforeEach
  void start() {
    script = new Script();
    catalog =
        new InMemoryCatalog(
            folder,
            function -> script.functions.put(function.name(), function),
            script.functions::remove);
    plane = new ControlPlane(catalog);
    script.plane = plane;
    server = LambdaApiServer.start(script, plane, 0);
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  static byte[] zip(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] code(String text) {
    return zip(Map.of("app.py", text));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The body of a CreateFunction, with more members in front of the rest. */
  static String function(String name, byte[] zip, String members) {
    return "{"
        + members
        + "\"FunctionName\":\""
        + name
        + "\",\"Runtime\":\"python3.12\",\"Handler\":\"app.handler\",\"Role\":\""
        + ROLE
        + "\",\"Code\":{\"ZipFile\":\""
        + base64(zip)
        + "\"}}";
  }

  Answer create(String name, String text) throws Exception {
    Answer answer = send("POST", FUNCTIONS, function(name, code(text), ""));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  Answer publish(String name, String text) throws Exception {
    send("PUT", FUNCTIONS + "/" + name + "/code", zipBody(code(text))).expect(200);
    return send("POST", FUNCTIONS + "/" + name + "/versions", "{}").expect(201);
  }

  static String zipBody(byte[] zip) {
    return "{\"ZipFile\":\"" + base64(zip) + "\"}";
  }

  Answer send(String method, String path, String body, String... headers) throws Exception {
    return sendTo(server.url() + path, method, body, headers);
  }

  Answer sendTo(String url, String method, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
  }

  /** An answer of the API. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return new String(response.body());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    JsonNode json() {
      return Json.read(text(), JsonNode.class);
    }

    String get(String pointer) {
      JsonNode node = json().at(pointer);
      return node.isMissingNode() ? null : node.isContainer() ? node.toString() : node.asString();
    }

    Answer expect(int status) {
      assertThat(status()).as(text()).isEqualTo(status);
      return this;
    }

    /** A refusal in AWS's form: the type as header, the message under the key of its type. */
    void refused(int status, String type, String message) {
      expect(status);
      assertThat(header("x-amzn-ErrorType")).isEqualTo(type);
      assertThat(header("x-amzn-RequestId")).isNotNull();
      JsonNode json = json();
      String actual =
          json.has("message") ? json.get("message").asString() : json.path("Message").asString();
      assertThat(actual).isEqualTo(message);
      if (type.equals("ValidationException")) {
        assertThat(json.propertyNames()).containsExactly("message");
      } else {
        assertThat(json.get("Type").asString()).isEqualTo("User");
      }
    }
  }
}
