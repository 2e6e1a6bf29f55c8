package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.event.FunctionSpan;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that send spans as the SDKs do, in real processes. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TracingTest extends TracingTestBase {
  private void deploy(
      RuntimeFamily family, String runtime, String file, String source, Map<String, String> extra)
      throws IOException {
    String handler = file.substring(0, file.lastIndexOf('.')) + ".handler";
    Files.writeString(code.resolve(file), source);
    deploy(
        family,
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse(runtime), handler)
            .withTimeout(60)
            .withMemorySize(256)
            .withEnvironment(extra)
            .withSecrets(extra.containsKey("TOKEN") ? Set.of("TOKEN") : Set.of()));
  }

  /** As aws-xray-sdk-python does, on the daemon's address. */
  private static final String XRAY =
      """
      import json, os, socket, time

      def handler(event, context):
          root, parent, sampled = os.environ["_X_AMZN_TRACE_ID"].split(";")[:3]
          assert sampled == "Sampled=1"
          host, port = os.environ["AWS_XRAY_DAEMON_ADDRESS"].split(":")
          begin = time.time()
          document = {
              "trace_id": root[5:], "parent_id": parent[7:], "type": "subsegment",
              "id": "0123456789ABCDEF", "name": "DynamoDB", "namespace": "aws",
              "start_time": begin, "end_time": begin + 0.004, "fault": True,
              "aws": {"operation": "GetItem", "table_name": "orders"},
              "http": {"response": {"status": 500}},
              "cause": {"exceptions": [{"type": "Boom", "message": "no table" + os.environ.get("TOKEN", "")}]}}
          message = '{"format":"json","version":1}\\n' + json.dumps(document)
          socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(
              message.encode(), (host, int(port)))
          return os.environ["AWS_XRAY_CONTEXT_MISSING"]
      """;

  @Test
  void subsegmentsOfXRay() throws IOException {
    deploy(RuntimeFamily.PYTHON, "python3.12", "app.py", XRAY, Map.of());
    InvokeResult first = invoke("1");
    assertThat(LanguageTestBase.text(first)).isEqualTo("\"LOG_ERROR\"");
    InvokeResult second = invoke("2");
    FunctionSpan span = spans(second).getFirst();
    assertThat(span.id()).isEqualTo("0123456789abcdef");
    assertThat(span.name()).isEqualTo("DynamoDB");
    assertThat(span.detail()).isEqualTo("GetItem orders \u00b7 500");
    assertThat(span.isRemote()).isTrue();
    assertThat(span.error()).isEqualTo("Boom: no table");
    assertThat(span.endNanos() - span.startNanos()).isBetween(3_999_000L, 4_001_000L);
    // Both clocks are this machine's: the span began while the call ran.
    assertThat(span.startNanos())
        .isBetween(
            second.measurements().startedNanos() - 2_000_000,
            second.measurements().startedNanos() + second.measurements().durationNanos());
    assertThat(spans(first)).hasSize(1);
  }

  @Test
  void secretsAreTakenOutOfSpans() throws IOException {
    deploy(RuntimeFamily.PYTHON, "python3.12", "app.py", XRAY, Map.of("TOKEN", "x".repeat(600)));
    assertThat(spans(invoke("1")).getFirst().error())
        .isEqualTo("Boom: no table" + FunctionConfiguration.MASK);
  }

  @Test
  void subsegmentsOutOfANetworkOfItsOwn() throws IOException {
    deploy(RuntimeFamily.PYTHON, "python3.12", "app.py", XRAY, Map.of("HEARTH_NETWORK", "none"));
    InvokeResult result = invoke("1");
    assumeTrue(
        !LanguageTestBase.text(result).contains("network"),
        "no network of its own here: " + LanguageTestBase.text(result));
    assertThat(spans(result).getFirst().name()).isEqualTo("DynamoDB");
  }

  @Test
  void spansOfOpenTelemetryInATraceOfTheirOwn() throws IOException {
    deploy(
        RuntimeFamily.NODEJS,
        "nodejs22.x",
        "index.js",
        """
        const zlib = require("node:zlib");
        const span = (name, extra) => ({
          traceId: "5b8efff798038103d269b633813fc60c", spanId: "eee19b7ec3c1b174", name,
          startTimeUnixNano: String(BigInt(Date.now()) * 1000000n),
          endTimeUnixNano: String(BigInt(Date.now() + 2) * 1000000n), ...extra});
        const send = async spans => {
          const body = JSON.stringify({resourceSpans: [{scopeSpans: [{spans}]}]});
          const answer = await fetch(process.env.OTEL_EXPORTER_OTLP_ENDPOINT + "/v1/traces", {
            method: "POST", body: zlib.gzipSync(body),
            headers: {"content-type": "application/json", "content-encoding": "gzip"}});
          return answer.status + " " + await answer.text();
        };
        const init = send([span("load settings", {spanId: "00000000000000aa"})]);
        exports.handler = async event => (await init, await send([span("work", {
          parentSpanId: "00f067aa0ba902b7", kind: 3,
          attributes: [{key: "http.request.method", value: {stringValue: "GET"}},
            {key: "url.full", value: {stringValue: "https://example.com/a"}},
            {key: "http.response.status_code", value: {intValue: "503"}}],
          status: {code: 2, message: "unavailable"}})]));
        """,
        Map.of());
    InvokeResult result = invoke("1");
    assertThat(LanguageTestBase.text(result)).isEqualTo("\"200 {}\"");
    RuntimeEvent.SpansReceived work =
        events.await(
            RuntimeEvent.SpansReceived.class,
            received -> received.spans().getFirst().name().equals("work"));
    assertThat(work.requestId()).isEqualTo(result.requestId());
    FunctionSpan span = work.spans().getFirst();
    assertThat(span.detail()).isEqualTo("GET https://example.com/a \u00b7 503");
    assertThat(span.error()).isEqualTo("unavailable");
    assertThat(span.isRemote()).isTrue();
    assertThat(span.parentId()).isEqualTo("00f067aa0ba902b7");
    RuntimeEvent.SpansReceived init =
        events.await(
            RuntimeEvent.SpansReceived.class,
            received -> received.spans().getFirst().name().equals("load settings"));
    assertThat(init.requestId()).isEqualTo(result.requestId());
  }

  @Test
  void whatTheFunctionSetsItselfStays() throws IOException {
    deploy(
        RuntimeFamily.PYTHON,
        "python3.12",
        "app.py",
        """
        import os
        def handler(event, context):
            return {k: v for k, v in os.environ.items() if k.startswith("OTEL_")}
        """,
        Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318/v1/traces"));
    assertThat(LanguageTestBase.text(invoke("1")).replace(" ", ""))
        .isEqualTo("{\"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT\":\"http://collector:4318/v1/traces\"}");
  }
}
