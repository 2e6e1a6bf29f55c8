package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of the Extensions API, rule by rule (runtime-api.md section 4). */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ExtensionsApiTest {
  private static final String SELF = "Lambda-Extension-Identifier";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private ExtensionsApi api;
  private RuntimeServer server;

  private static final class Deaf implements ExtensionsApi.Listener {
    @Override
    public void registered() {
      // nothing waits for it here
    }

    @Override
    public void extensionReady(long nanos) {
      // nothing waits for it here
    }

    @Override
    public void extensionFailed(String fatalType) {
      // the answers are what is tested
    }
  }

  @BeforeEach
  void open() throws Exception {
    DeployedFunction function =
        new DeployedFunction(
            FunctionConfiguration.of("fn", RuntimeIdentifier.parse("provided.al2023"), "h"),
            new CodePackage(Path.of("/"), ""),
            DeployedFunction.LATEST);
    api = new ExtensionsApi(function, new Deaf());
    server = new RuntimeServer(new Endpoints(List.of(api)), threads);
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
    threads.shutdownNow();
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
            URI.create("http://" + server.address() + "/2020-01-01/extension/" + path));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder.method(method, HttpRequest.BodyPublishers.ofString(body)).build();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return client.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  private static String shown(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.body().strip();
  }

  private String register(String name, String events) throws Exception {
    HttpResponse<String> answer =
        send("POST", "register", "{\"events\":[" + events + "]}", "Lambda-Extension-Name", name);
    return answer.headers().firstValue(SELF).orElseThrow(() -> new AssertionError(answer.body()));
  }

  private static String refused(String type, String message) {
    return "403 {\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}";
  }

  @Test
  void registeringTellsAboutTheFunction() throws Exception {
    HttpResponse<String> answer =
        send(
            "POST",
            "register",
            "{\"events\":[\"INVOKE\"]}",
            "Lambda-Extension-Name",
            "a",
            "Lambda-Extension-Accept-Feature",
            "accountId");
    assertThat(shown(answer))
        .isEqualTo(
            "200 {\"functionName\":\"fn\",\"functionVersion\":\"$LATEST\",\"handler\":\"h\","
                + "\"accountId\":\"000000000000\"}");
    assertThat(answer.headers().firstValue(SELF)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"events\":[\"INVOKE\"]}||Extension.InvalidExtensionName|Empty extension name",
        "{\"events\":[\"SHUTDOWN\"]}|a|Extension.InvalidEventType"
            + "|SHUTDOWN: ShutdownEventNotSupportedForInternalExtension",
        "{\"events\":[\"NOON\"]}|a|Extension.InvalidEventType|NOON: ErrorInvalidEventType",
        "{\"events\":[],\"configurationKeys\":[\"x\"]}|a|InvalidRequestFormat"
            + "|configurationKeys are deprecated; use environment variables instead",
      })
  void refusesRegistrations(String body, String name, String type, String message)
      throws Exception {
    HttpResponse<String> answer =
        name == null
            ? send("POST", "register", body)
            : send("POST", "register", body, "Lambda-Extension-Name", name);
    assertThat(shown(answer)).isEqualTo(refused(type, message));
  }

  @Test
  void refusesWhatIsNotJson() throws Exception {
    assertThat(shown(send("POST", "register", "{", "Lambda-Extension-Name", "a")))
        .startsWith("403 ")
        .endsWith("\"errorType\":\"InvalidRequestFormat\"}");
  }

  @Test
  void aNameCanBeUsedOnce() throws Exception {
    register("a", "");
    assertThat(shown(send("POST", "register", "{\"events\":[]}", "Lambda-Extension-Name", "a")))
        .isEqualTo(
            refused(
                "Extension.InvalidExtensionState", "Extension with this name already registered"));
  }

  @Test
  void thereAreTenAtMost() throws Exception {
    for (int i = 0; i < 10; i++) {
      register("n" + i, "");
    }
    assertThat(shown(send("POST", "register", "{\"events\":[]}", "Lambda-Extension-Name", "n10")))
        .isEqualTo(refused("Extension.TooManyExtensions", "Extension limit (10) reached"));
  }

  @Test
  void registrationClosesWithTheFirstNextOfTheRuntime() throws Exception {
    api.closeRegistration();
    assertThat(shown(send("POST", "register", "{\"events\":[]}", "Lambda-Extension-Name", "a")))
        .isEqualTo(
            refused("Extension.RegistrationClosed", "Extension registration closed already"));
  }

  @Test
  void aLaunchedOneRegistersOnceAndMayAskForShutdown() throws Exception {
    api.launch("out");
    assertThat(api.allRegistered()).isFalse();
    register("out", "\"INVOKE\",\"SHUTDOWN\"");
    assertThat(api.allRegistered()).isTrue();
    assertThat(shown(send("POST", "register", "{\"events\":[]}", "Lambda-Extension-Name", "out")))
        .isEqualTo(
            refused(
                "Extension.InvalidExtensionState",
                "State transition from Registered to Registered failed for extension out. Error:"
                    + " State transition is not allowed"));
  }

  @Test
  void theIdentifierIsChecked() throws Exception {
    String unknown = "00000000-0000-4000-8000-000000000000";
    assertThat(shown(send("GET", "event/next", "")))
        .isEqualTo(
            refused(
                "Extension.MissingExtensionIdentifier",
                "Missing Lambda-Extension-Identifier header"));
    assertThat(shown(send("GET", "event/next", "", SELF, "x")))
        .isEqualTo(
            refused("Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier"));
    assertThat(shown(send("GET", "event/next", "", SELF, unknown)))
        .isEqualTo(refused("Extension.UnknownExtensionIdentifier", "Unknown extension " + unknown));
  }

  @Test
  void errorsNeedTheirTypeAndComeAtTheRightTime() throws Exception {
    String id = register("a", "");
    assertThat(shown(send("POST", "init/error", "{}", SELF, id)))
        .isEqualTo(
            refused("Extension.MissingHeader", "Lambda-Extension-Function-Error-Type not found"));
    String type = "Lambda-Extension-Function-Error-Type";
    assertThat(shown(send("POST", "exit/error", "{}", SELF, id, type, "Ext.X")))
        .isEqualTo("202 {\"status\":\"OK\"}");
    assertThat(shown(send("POST", "exit/error", "{}", SELF, id, type, "Ext.Y"))).startsWith("202");
    assertThat(shown(send("POST", "init/error", "{}", SELF, id, type, "Ext.X")))
        .isEqualTo(
            refused(
                "Extension.InvalidExtensionState",
                "State transition from ExitError to InitError failed for extension "
                    + id
                    + ". Error: State transition is not allowed"));
    assertThat(api.all().getFirst().errorType).isEqualTo("Ext.X");
  }

  @Test
  void whoeverWaitsHearsOfTheCallAndWhoDidNotSubscribeDoesNot() throws Exception {
    String one = register("one", "\"INVOKE\"");
    String two = register("two", "");
    CompletableFuture<HttpResponse<String>> first = next(one);
    CompletableFuture<HttpResponse<String>> second = next(two);
    while (!api.allReady()) {
      Thread.onSpinWait();
    }
    Invocation invocation =
        new Invocation(
            "id-1",
            new byte[0],
            new Invocation.Origin("arn", null, "Root=1;Sampled=0"),
            null,
            System.nanoTime());
    api.invoke(invocation, 1234);
    HttpResponse<String> event = first.get(60, TimeUnit.SECONDS);
    assertThat(event.body().strip())
        .isEqualTo(
            "{\"eventType\":\"INVOKE\",\"deadlineMs\":1234,\"requestId\":\"id-1\","
                + "\"invokedFunctionArn\":\"arn\",\"tracing\":{\"type\":\"X-Amzn-Trace-Id\","
                + "\"value\":\"Root=1;Sampled=0\"}}");
    assertThat(event.headers().firstValue("Lambda-Extension-Event-Identifier")).isPresent();
    assertThat(second).isNotDone();
    assertThat(api.allReady()).isFalse();
  }

  private CompletableFuture<HttpResponse<String>> next(String id) {
    return client.sendAsync(
        request("GET", "event/next", "", SELF, id), HttpResponse.BodyHandlers.ofString());
  }
}
