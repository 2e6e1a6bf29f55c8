package dev.hearth.runtime.environment;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import dev.hearth.runtime.http.JsonString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The Extensions API 2020-01-01 of one environment (runtime-api.md section 4): who is registered,
 * who has asked for its next event, and what they are told.
 */
final class ExtensionsApi implements Endpoint {
  static final int MAX_EXTENSIONS = 10;
  static final String IDENTIFIER = "Lambda-Extension-Identifier";

  private static final Logger LOG = LoggerFactory.getLogger(ExtensionsApi.class);
  private static final String BASE = "/2020-01-01/extension/";
  private static final String ERROR_TYPE = "Lambda-Extension-Function-Error-Type";
  private static final String NOT_ALLOWED = "State transition is not allowed";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DeployedFunction function;
  private final Listener listener;
  private final List<Extension> extensions = new ArrayList<>();
  private boolean open = true;
  private boolean off;

  /** Hears what extensions say. Called on the thread that read the request, without locks. */
  interface Listener {
    /** One more has registered. */
    void registered();

    /** One waits for its next event. */
    void extensionReady(long nanos);

    /** One reported that it can't go on. */
    void extensionFailed(String fatalType);
  }

  ExtensionsApi(DeployedFunction function, Listener listener) {
    this.function = function;
    this.listener = listener;
  }

  /** Announces a process that is about to be started. */
  synchronized Extension launch(String name) {
    Extension extension = new Extension(name, true);
    extensions.add(extension);
    return extension;
  }

  /** Answers 404 to every call: the customer has switched extensions off. */
  synchronized void switchOff() {
    off = true;
  }

  synchronized void launchFailed(Extension extension, String why) {
    extension.state = ExtensionState.LAUNCH_ERROR;
    extension.errorType = why;
  }

  /** The runtime has asked for its first event: nobody can register any more. */
  synchronized void closeRegistration() {
    open = false;
  }

  synchronized boolean isRegistrationOpen() {
    return open;
  }

  synchronized List<Extension> all() {
    return List.copyOf(extensions);
  }

  /** Whether every process that was started has registered. */
  synchronized boolean allRegistered() {
    return extensions.stream().noneMatch(e -> e.external && e.state == ExtensionState.STARTED);
  }

  /** Whether nobody is at work: each has asked for its next event. */
  synchronized boolean allReady() {
    return extensions.stream().allMatch(e -> e.state == ExtensionState.READY);
  }

  synchronized @Nullable Extension find(@Nullable String id) {
    return extensions.stream().filter(e -> e.id.equals(id)).findFirst().orElse(null);
  }

  /** Tells those who want to know of a call. */
  void invoke(Invocation invocation, long deadlineMillis) {
    StringBuilder event = new StringBuilder("{\"eventType\":\"INVOKE\",\"deadlineMs\":");
    event.append(deadlineMillis);
    event.append(",\"requestId\":").append(JsonString.quoted(invocation.requestId()));
    event
        .append(",\"invokedFunctionArn\":")
        .append(JsonString.quoted(invocation.origin().invokedArn()));
    if (!invocation.origin().traceId().isEmpty()) {
      event.append(",\"tracing\":{\"type\":\"X-Amzn-Trace-Id\",\"value\":");
      event.append(JsonString.quoted(invocation.origin().traceId())).append('}');
    }
    send(Extension.Event.INVOKE, event.append('}').toString());
  }

  /** Tells those who want to know of the end; internal ones end with the runtime. */
  void shutDown(String reason, long deadlineMillis) {
    send(
        Extension.Event.SHUTDOWN,
        "{\"eventType\":\"SHUTDOWN\",\"deadlineMs\":"
            + deadlineMillis
            + ",\"shutdownReason\":"
            + JsonString.quoted(reason)
            + "}");
  }

  private void send(Extension.Event event, String json) {
    for (Extension extension : all()) {
      RuntimeConnection connection;
      synchronized (this) {
        if (!extension.wants(event)) {
          continue;
        }
        connection = extension.waiting;
        extension.waiting = null;
        if (connection == null || extension.state != ExtensionState.READY) {
          extension.pending = json;
          if (extension.state == ExtensionState.READY) {
            extension.state = ExtensionState.RUNNING;
          }
          continue;
        }
        extension.state = ExtensionState.RUNNING;
      }
      write(connection, json);
    }
  }

  private static void write(RuntimeConnection connection, String json) {
    try {
      connection.write(
          HttpResponse.json(200, json + "\n")
              .header("Lambda-Extension-Event-Identifier", UUID.randomUUID().toString()));
    } catch (IOException e) {
      // Its process has just ended, which is what is reported.
      LOG.debug("An extension went away: {}", e.getMessage());
    }
  }

  @Override
  public @Nullable Next handle(RuntimeConnection connection, HttpRequest request)
      throws IOException {
    if (!request.path().startsWith(BASE) || isOff()) {
      return null;
    }
    String call = request.method() + " " + request.path().substring(BASE.length());
    switch (call) {
      case "POST register" -> register(connection, request);
      case "GET event/next" -> next(connection, request);
      case "POST init/error" -> error(connection, request, ExtensionState.INIT_ERROR);
      case "POST exit/error" -> error(connection, request, ExtensionState.EXIT_ERROR);
      default -> {
        return null;
      }
    }
    return Next.READ;
  }

  private synchronized boolean isOff() {
    return off;
  }

  private void register(RuntimeConnection connection, HttpRequest request) throws IOException {
    String name = request.header("Lambda-Extension-Name");
    if (name == null || name.isEmpty()) {
      refuse(connection, "Extension.InvalidExtensionName", "Empty extension name");
      return;
    }
    List<String> events;
    try {
      events = eventsOf(request.body());
    } catch (IllegalArgumentException e) {
      refuse(connection, "InvalidRequestFormat", e.getMessage());
      return;
    }
    Registration registration = register(name, events);
    Extension extension = registration.extension();
    if (extension == null) {
      refuse(connection, registration.errorType(), registration.message());
      return;
    }
    connection.write(HttpResponse.json(200, description(request)).header(IDENTIFIER, extension.id));
    listener.registered();
  }

  /** Who has been registered; null with the reason why not. */
  private record Registration(@Nullable Extension extension, String errorType, String message) {
    static Registration refused(String errorType, String message) {
      return new Registration(null, errorType, message);
    }
  }

  private synchronized Registration register(String name, List<String> events) {
    Extension launched =
        extensions.stream().filter(e -> e.external && e.name.equals(name)).findFirst().orElse(null);
    for (String event : events) {
      String problem = problem(event, launched != null);
      if (problem != null) {
        return Registration.refused("Extension.InvalidEventType", event + ": " + problem);
      }
    }
    if (launched != null && launched.state != ExtensionState.STARTED) {
      return Registration.refused(
          "Extension.InvalidExtensionState", transition(launched, "Registered", name));
    }
    Extension extension = launched;
    if (extension == null) {
      if (!open) {
        return Registration.refused(
            "Extension.RegistrationClosed", "Extension registration closed already");
      }
      if (extensions.stream().anyMatch(e -> e.name.equals(name))) {
        return Registration.refused(
            "Extension.InvalidExtensionState", "Extension with this name already registered");
      }
      if (extensions.size() >= MAX_EXTENSIONS) {
        return Registration.refused(
            "Extension.TooManyExtensions", "Extension limit (" + MAX_EXTENSIONS + ") reached");
      }
      extension = new Extension(name, false);
      extensions.add(extension);
    }
    for (String event : events) {
      extension.events.add(Extension.Event.valueOf(event));
    }
    extension.state = ExtensionState.REGISTERED;
    return new Registration(extension, "", "");
  }

  private static @Nullable String problem(String event, boolean external) {
    if (event.equals("INVOKE")) {
      return null;
    }
    if (!event.equals("SHUTDOWN")) {
      return "ErrorInvalidEventType";
    }
    return external ? null : "ShutdownEventNotSupportedForInternalExtension";
  }

  private static List<String> eventsOf(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!json.isObject() || (json.has("events") && !json.get("events").isArray())) {
      throw new IllegalArgumentException("The body must be an object with an array \"events\"");
    }
    if (!json.path("configurationKeys").isEmpty()) {
      throw new IllegalArgumentException(
          "configurationKeys are deprecated; use environment variables instead");
    }
    List<String> events = new ArrayList<>();
    for (JsonNode event : json.path("events")) {
      events.add(event.asString(""));
    }
    return events;
  }

  private String description(HttpRequest request) {
    String features = request.header("Lambda-Extension-Accept-Feature");
    boolean account =
        features != null
            && Arrays.stream(features.split(",")).anyMatch(f -> f.strip().equals("accountId"));
    return "{\"functionName\":"
        + JsonString.quoted(function.name())
        + ",\"functionVersion\":"
        + JsonString.quoted(function.version())
        + ",\"handler\":"
        + JsonString.quoted(function.configuration().handler())
        + (account ? ",\"accountId\":" + JsonString.quoted(DeployedFunction.ACCOUNT) : "")
        + "}\n";
  }

  private void next(RuntimeConnection connection, HttpRequest request) throws IOException {
    Extension extension = caller(connection, request);
    if (extension == null) {
      return;
    }
    String event;
    synchronized (this) {
      boolean again = extension.state == ExtensionState.READY && extension.waiting == null;
      if (!extension.state.mayAskForNext() && !again) {
        refuseTransition(connection, extension, "Ready");
        return;
      }
      event = extension.pending;
      extension.pending = null;
      extension.state = event == null ? ExtensionState.READY : ExtensionState.RUNNING;
      extension.waiting = event == null ? connection : null;
    }
    if (event != null) {
      write(connection, event);
    } else {
      listener.extensionReady(System.nanoTime());
    }
  }

  private void error(RuntimeConnection connection, HttpRequest request, ExtensionState target)
      throws IOException {
    Extension extension = caller(connection, request);
    if (extension == null) {
      return;
    }
    String type = request.header(ERROR_TYPE);
    if (type == null || type.isEmpty()) {
      refuse(connection, "Extension.MissingHeader", ERROR_TYPE + " not found");
      return;
    }
    synchronized (this) {
      if (!extension.state.mayReport(target)) {
        refuseTransition(connection, extension, target.lambdaName());
        return;
      }
      if (extension.state != target) {
        extension.state = target;
        extension.errorType = type;
      }
    }
    listener.extensionFailed(
        target == ExtensionState.INIT_ERROR ? "Extension.InitError" : "Extension.ExitError");
    connection.write(HttpResponse.json(202, "{\"status\":\"OK\"}\n"));
  }

  /** Whose request it is; null when it has been refused. */
  @Nullable Extension caller(RuntimeConnection connection, HttpRequest request) throws IOException {
    String id = request.header(IDENTIFIER);
    if (id == null || id.isEmpty()) {
      refuse(
          connection, "Extension.MissingExtensionIdentifier", "Missing " + IDENTIFIER + " header");
      return null;
    }
    try {
      UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      refuse(connection, "Extension.InvalidExtensionIdentifier", "Invalid " + IDENTIFIER);
      return null;
    }
    Extension extension = find(id);
    if (extension == null) {
      refuse(connection, "Extension.UnknownExtensionIdentifier", "Unknown extension " + id);
    }
    return extension;
  }

  private static void refuseTransition(
      RuntimeConnection connection, Extension extension, String target) throws IOException {
    refuse(
        connection, "Extension.InvalidExtensionState", transition(extension, target, extension.id));
  }

  private static String transition(Extension extension, String target, String who) {
    return "State transition from %s to %s failed for extension %s. Error: %s"
        .formatted(extension.state.lambdaName(), target, who, NOT_ALLOWED);
  }

  static void refuse(RuntimeConnection connection, String errorType, String message)
      throws IOException {
    connection.write(HttpResponse.json(403, ErrorPayload.api(errorType, message)));
  }

  @Override
  public synchronized void gone(RuntimeConnection connection) {
    for (Extension extension : extensions) {
      if (extension.waiting == connection) {
        extension.waiting = null;
      }
    }
  }
}
