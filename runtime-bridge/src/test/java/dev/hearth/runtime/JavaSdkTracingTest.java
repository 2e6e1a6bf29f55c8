package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.FunctionSpan;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Java handlers with AWS's X-Ray SDK and OpenTelemetry's SDK as they come from Maven Central, in
 * real JVMs. The jars are those of the test class path, which Maven fills.
 */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class JavaSdkTracingTest extends TracingTestBase {
  /** Both SDKs with what they need. */
  private static final Pattern JARS =
      Pattern.compile(
          "(aws-xray-|commons-logging|jackson-(core|databind|datatype-jsr310)-2|"
              + "jackson-annotations|opentelemetry-|okhttp|okio|kotlin-stdlib).*\\.jar");

  private static final String HANDLER =
      """
      import com.amazonaws.services.lambda.runtime.*;
      %s
      import java.util.*;

      public class Traced implements RequestHandler<Map<String, Object>, String> {
        public String handleRequest(Map<String, Object> event, Context context) {
      %s
        }
      }
      """;

  private InvokeResult run(String imports, String body) throws IOException {
    Files.writeString(code.resolve("Traced.java"), HANDLER.formatted(imports, body));
    Path lib = Files.createDirectories(code.resolve("lib"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      if (JARS.matcher(jar.getFileName().toString()).matches()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
    }
    try (Stream<Path> jars = Files.list(lib)) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .as("SDKs on the class path that Maven makes")
          .anyMatch(name -> name.startsWith("aws-xray-"))
          .anyMatch(name -> name.startsWith("opentelemetry-exporter-otlp-"));
    }
    deploy(
        RuntimeFamily.JAVA,
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse("java25"), "Traced")
            .withTimeout(600)
            .withMemorySize(512));
    return invoke("{}");
  }

  private FunctionSpan span(InvokeResult result, String name) {
    RuntimeEvent.SpansReceived received =
        events.await(
            RuntimeEvent.SpansReceived.class,
            some -> some.spans().stream().anyMatch(span -> span.name().equals(name)));
    assertThat(received.requestId()).isEqualTo(result.requestId());
    return received.spans().stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void isWithin(FunctionSpan inner, FunctionSpan outer) {
    assertThat(inner.parentId()).isEqualTo(outer.id());
    assertThat(inner.startNanos()).isGreaterThanOrEqualTo(outer.startNanos());
    assertThat(inner.endNanos()).isLessThanOrEqualTo(outer.endNanos());
  }

  @Test
  void theXRaySdk() throws IOException {
    InvokeResult result =
        run(
            """
            import com.amazonaws.xray.AWSXRay;
            import com.amazonaws.xray.entities.Subsegment;
            """,
            """
            Subsegment outer = AWSXRay.beginSubsegment("price order");
            Subsegment call = AWSXRay.beginSubsegment("DynamoDB");
            call.setNamespace("aws");
            call.putAllAws(Map.of("operation", "GetItem", "table_name", "orders"));
            call.addException(new IllegalStateException("no table"));
            AWSXRay.endSubsegment();
            AWSXRay.endSubsegment();
            return outer.getParentSegment().getTraceId().toString();
            """);
    List<FunctionSpan> spans = spans(result);
    FunctionSpan call = span(result, "DynamoDB");
    assertThat(spans).isNotEmpty();
    assertThat(LanguageTestBase.text(result)).startsWith("\"1-");
    assertThat(call.isRemote()).isTrue();
    assertThat(call.detail()).isEqualTo("GetItem orders");
    assertThat(call.error()).contains("IllegalStateException").contains("no table");
    isWithin(call, span(result, "price order"));
  }

  @Test
  void theOpenTelemetrySdk() throws IOException {
    InvokeResult result =
        run(
            """
            import io.opentelemetry.api.trace.*;
            import io.opentelemetry.context.Scope;
            import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
            import io.opentelemetry.sdk.trace.SdkTracerProvider;
            import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
            import java.util.concurrent.TimeUnit;
            """,
            """
            String endpoint = System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT") + "/v1/traces";
            SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(
                    OtlpHttpSpanExporter.builder().setEndpoint(endpoint).setCompression("gzip").build()).build())
                .build();
            Tracer tracer = provider.get("orders");
            Span outer = tracer.spanBuilder("price order").startSpan();
            try (Scope scope = outer.makeCurrent()) {
              Span call = tracer.spanBuilder("prices").setSpanKind(SpanKind.CLIENT)
                  .setAttribute("http.request.method", "GET")
                  .setAttribute("url.full", "https://example.com/prices")
                  .setAttribute("http.response.status_code", 503L)
                  .startSpan();
              call.setStatus(StatusCode.ERROR, "unavailable");
              call.end();
            }
            outer.end();
            return String.valueOf(
                provider.forceFlush().join(300, TimeUnit.SECONDS).isSuccess());
            """);
    assertThat(LanguageTestBase.text(result)).isEqualTo("\"true\"");
    FunctionSpan call = span(result, "prices");
    assertThat(call.isRemote()).isTrue();
    assertThat(call.detail()).isEqualTo("GET https://example.com/prices \u00b7 503");
    assertThat(call.error()).isEqualTo("unavailable");
    isWithin(call, span(result, "price order"));
  }
}
