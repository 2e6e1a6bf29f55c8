package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.function.LogLevel;
import dev.hearth.runtime.function.LoggingConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The Telemetry and Logs APIs with a real subscriber, and JSON logs (runtime-api.md section 5). */
class TelemetryTest extends ExtensionTestBase {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Notes every record that it is sent; comes back only when it has seen the runtime's end. */
  private static final String SUBSCRIBER =
      """
      import http.server, threading
      done = threading.Event()
      class Sink(http.server.BaseHTTPRequestHandler):
          def do_POST(self):
              records = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
              for record in records:
                  note(json.dumps(record))
                  if record['type'] == 'platform.runtimeDone': done.set()
              self.send_response(200)
              self.end_headers()
          def log_message(self, *args): pass
      sink = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Sink)
      threading.Thread(target=sink.serve_forever, daemon=True).start()
      def subscribe(path, schema, types, wait=25, **more):
          body = {'schemaVersion': schema, 'types': types, 'buffering': {'timeoutMs': wait},
                  'destination': {'protocol': 'HTTP',
                                  'URI': 'http://sandbox.localdomain:%d/x' % sink.server_port}}
          body.update(more)
          api.request('PUT', path, json.dumps(body), ID)
          answer = api.getresponse()
          return '%d %s' % (answer.status, answer.read().decode().strip())
      """;

  private void subscriber(String source) throws IOException {
    extension("tele", SUBSCRIBER + source);
  }

  private List<JsonNode> records(String type) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (String line : noted()) {
      if (line.startsWith("{") && JSON.readTree(line).path("type").asString("").equals(type)) {
        found.add(JSON.readTree(line));
      }
    }
    return found;
  }

  private static final String LOOP =
      """
      while True:
          event = next_event()
          if event['eventType'] == 'SHUTDOWN': break
          done.wait(); done.clear()
      """;

  @Test
  void everyEventComesInItsSchemaAndTheRuntimesEndBeforeTheCallIsOver() throws IOException {
    subscriber(
        """
        register('INVOKE', 'SHUTDOWN')
        note(subscribe('/2022-07-01/telemetry', '2022-12-13', ['platform', 'function']))
        """
            + LOOP);
    deployExtended(5);
    InvokeResult result = act("say 2");
    lambda.close();
    assertThat(noted().getFirst()).isEqualTo("200 \"OK\"");
    assertThat(events.lines(null, LogStream.PLATFORM))
        .contains("TELEMETRY\tName: tele\tState: Subscribed\tTypes: [Platform, Function]");
    JsonNode start = records("platform.initStart").getFirst();
    assertThat(start.path("time").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    JsonNode init = start.path("record");
    assertThat(init.path("initializationType").asString()).isEqualTo("on-demand");
    assertThat(init.path("phase").asString()).isEqualTo("init");
    assertThat(init.path("functionName").asString()).isEqualTo("fn");
    assertThat(init.path("functionVersion").asString()).isEqualTo("$LATEST");
    assertThat(init.path("instanceId").asString()).contains("[$LATEST]");
    assertThat(records("platform.initRuntimeDone").getFirst().path("record").path("status"))
        .hasToString("\"success\"");
    assertThat(
            records("platform.initReport").getFirst().at("/record/metrics/durationMs").asDouble())
        .isPositive();
    assertThat(records("platform.extension").getFirst().path("record").toString())
        .isEqualTo("{\"name\":\"tele\",\"state\":\"Ready\",\"events\":[\"INVOKE\",\"SHUTDOWN\"]}");
    assertThat(records("platform.telemetrySubscription").getFirst().path("record").toString())
        .isEqualTo(
            "{\"name\":\"tele\",\"state\":\"Subscribed\",\"types\":[\"platform\",\"function\"]}");
    JsonNode invoked = records("platform.start").getFirst().path("record");
    assertThat(invoked.path("requestId").asString()).isEqualTo(result.requestId());
    assertThat(invoked.path("version").asString()).isEqualTo("$LATEST");
    assertThat(invoked.at("/tracing/type").asString()).isEqualTo("X-Amzn-Trace-Id");
    JsonNode done = records("platform.runtimeDone").getFirst().path("record");
    assertThat(done.path("status").asString()).isEqualTo("success");
    assertThat(done.at("/metrics/durationMs").asDouble()).isPositive();
    assertThat(done.at("/metrics/producedBytes").asInt()).isPositive();
    assertThat(done.path("spans").findValuesAsString("name"))
        .containsExactly("responseLatency", "responseDuration", "runtimeOverhead");
    JsonNode report = records("platform.report").getFirst().path("record");
    assertThat(report.path("status").asString()).isEqualTo("success");
    assertThat(report.at("/metrics/memorySizeMB").asInt()).isEqualTo(128);
    assertThat(report.at("/metrics/initDurationMs").asDouble()).isPositive();
    assertThat(report.at("/metrics/billedDurationMs").asLong())
        .isEqualTo(result.measurements().billedMillis());
    assertThat(report.path("spans").findValuesAsString("name"))
        .containsExactly("extensionOverhead");
    assertThat(records("function")).hasSize(3).allMatch(r -> r.path("record").isString());
    assertThat(records("platform.end")).isEmpty();
  }

  @Test
  void aFailureHasItsStatusAndType() throws IOException {
    subscriber(
        """
        register('INVOKE', 'SHUTDOWN')
        subscribe('/2022-07-01/telemetry', '2022-07-01', ['platform'])
        """
            + LOOP);
    deployExtended(5);
    act("exit 3");
    lambda.close();
    JsonNode done = records("platform.runtimeDone").getFirst().path("record");
    assertThat(done.path("status").asString()).isEqualTo("error");
    assertThat(done.path("errorType").asString()).isEqualTo("Runtime.ExitError");
  }

  @Test
  void theLogsApiKnowsTheEndAndNotTheInit() throws IOException {
    subscriber(
        """
        register('INVOKE', 'SHUTDOWN')
        note(subscribe('/2020-08-15/logs', '2021-03-18', ['platform', 'function']))
        """
            + LOOP);
    deployExtended(5);
    InvokeResult result = act("say 1");
    act("count");
    lambda.close();
    assertThat(noted().getFirst()).isEqualTo("200 \"OK\"");
    assertThat(events.lines(null, LogStream.PLATFORM))
        .contains("LOGS\tName: tele\tState: Subscribed\tTypes: [Platform, Function]");
    assertThat(records("platform.end").getFirst().path("record").toString())
        .isEqualTo("{\"requestId\":\"" + result.requestId() + "\"}");
    assertThat(records("platform.logsSubscription")).hasSize(1);
    assertThat(records("platform.initStart")).isEmpty();
  }

  @Test
  void refusesWhatBreaksItsRules() throws IOException {
    subscriber(
        """
        register('INVOKE')
        T = '/2022-07-01/telemetry'
        note(subscribe(T, '2022-07-01', []))
        note(subscribe(T, '2022-07-01', ['noise']))
        note(subscribe(T, '2022-07-01', ['platform'], 24))
        note(subscribe(T, '2022-07-01', ['platform'], buffering={'maxItems': 999}))
        note(subscribe(T, '2022-07-01', ['platform'], destination={'protocol': 'HTTP', 'URI': 'http://a:1'}))
        next_event()
        note(subscribe(T, '2022-07-01', ['platform']))
        while True: next_event()
        """);
    deployExtended(5);
    act("count");
    assertThat(noted()).hasSize(6);
    assertThat(noted().subList(0, 5))
        .allMatch(
            line -> line.startsWith("400 ") && line.endsWith("\"errorType\":\"ValidationError\"}"));
    assertThat(noted().getLast())
        .isEqualTo(
            "403 {\"errorMessage\":\"Telemetry API subscription is closed\","
                + "\"errorType\":\"Telemetry.SubscriptionClosed\"}");
  }

  @Test
  void jsonLogsHaveThePlatformsEventsFromTheSystemLevelOn() {
    deploy(configuration("init.ok").withLogging(LoggingConfig.json(null, LogLevel.INFO)));
    InvokeResult result = act("say 1");
    List<String> lines = events.lines(result.requestId(), LogStream.PLATFORM);
    assertThat(lines).hasSize(2);
    assertThat(JSON.readTree(lines.getFirst()).path("type").asString()).isEqualTo("platform.start");
    JsonNode report = JSON.readTree(lines.getLast());
    assertThat(report.path("type").asString()).isEqualTo("platform.report");
    assertThat(report.at("/record/metrics/memorySizeMB").asInt()).isEqualTo(128);
    assertThat(result.logTail()).startsWith("{\"time\":\"").doesNotContain("REPORT RequestId");
    assertThat(events.lines(null, LogStream.PLATFORM))
        .singleElement()
        .asString()
        .contains("platform.initStart");
  }

  @Test
  void theSystemLevelDecidesWhichEventsAreLogged() {
    deploy(configuration("init.ok").withLogging(LoggingConfig.json(null, LogLevel.DEBUG)));
    InvokeResult debug = act("count");
    assertThat(events.lines(debug.requestId(), LogStream.PLATFORM))
        .extracting(line -> JSON.readTree(line).path("type").asString())
        .containsExactly("platform.start", "platform.runtimeDone", "platform.report");
    deploy(configuration("init.ok").withLogging(LoggingConfig.json(null, LogLevel.WARN)));
    InvokeResult warn = act("count");
    assertThat(events.lines(warn.requestId(), LogStream.PLATFORM)).isEmpty();
    InvokeResult failed = act("exit 1");
    assertThat(events.lines(failed.requestId(), LogStream.PLATFORM))
        .extracting(line -> JSON.readTree(line).path("type").asString())
        .containsExactly("platform.runtimeDone", "platform.report");
  }

  @Test
  void aLineWithoutALevelCountsAsInfo() {
    deploy(configuration("init.ok").withLogging(LoggingConfig.json(LogLevel.WARN, null)));
    InvokeResult result = act("say 3");
    assertThat(events.lines(result.requestId(), LogStream.STDOUT)).isEmpty();
    deploy(configuration("init.ok").withLogging(LoggingConfig.json(LogLevel.INFO, null)));
    assertThat(events.lines(act("say 3").requestId(), LogStream.STDOUT)).hasSize(3);
  }
}
