package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.ResponseListener;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Response streaming by node's client, as a caller sees it (runtime-api.md section 3). */
class ResponseStreamingTest extends LanguageTestBase {
  private static final class Caller implements ResponseListener {
    final List<String> heard = new ArrayList<>();
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    @Nullable String contentType;
    long firstNanos;
    long answeredNanos;
    boolean leaves;

    @Override
    public void streaming(@Nullable String type) {
      contentType = type;
      heard.add("streaming");
    }

    @Override
    public void data(byte[] data, int offset, int length) throws IOException {
      if (firstNanos == 0) {
        firstNanos = System.nanoTime();
        heard.add("data");
      }
      if (leaves) {
        throw new IOException("gone");
      }
      bytes.write(data, offset, length);
    }

    @Override
    public void accept(InvokeOutcome outcome) {
      answeredNanos = System.nanoTime();
      heard.add(outcome.getClass().getSimpleName());
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  ResponseStreamingTest() {
    super(RuntimeFamily.NODEJS, "nodejs20.x", "index.handler", "index.js");
  }

  private InvokeResult stream(Caller caller) {
    return lambda.invoke(InvokeRequest.of("fn", "{}".getBytes(StandardCharsets.UTF_8)), caller);
  }

  @Test
  void theCallerHasTheFirstChunkBeforeTheLastIsWritten() throws IOException {
    deploy(
        """
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.write('one,');
          await new Promise((r) => setTimeout(r, 300));
          stream.end('two');
        });
        """);
    Caller caller = new Caller();
    InvokeResult result = stream(caller);
    assertThat(caller.heard).containsExactly("streaming", "data", "Succeeded");
    assertThat(caller.text()).isEqualTo("one,two");
    assertThat(caller.contentType).isEqualTo("application/octet-stream");
    assertThat(caller.answeredNanos - caller.firstNanos).isGreaterThan(200_000_000L);
    assertThat(text(result)).isEqualTo("one,two");
  }

  @Test
  void anHttpResponseStreamBeginsWithItsPrelude() throws IOException {
    deploy(
        """
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201, cookies: ['a=b'] });
          http.write('body');
          http.end();
        });
        """);
    Caller caller = new Caller();
    stream(caller);
    assertThat(caller.contentType).isEqualTo("application/vnd.awslambda.http-integration-response");
    assertThat(caller.text())
        .isEqualTo("{\"statusCode\":201,\"cookies\":[\"a=b\"]}" + "\0".repeat(8) + "body");
  }

  @Test
  void anErrorInTheMiddleComesAfterTheData() throws IOException {
    deploy(
        """
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.write('half');
          await new Promise((r) => setTimeout(r, 20));
          throw new TypeError('mid');
        });
        """);
    Caller caller = new Caller();
    InvokeResult result = stream(caller);
    assertThat(caller.heard).containsExactly("streaming", "data", "FunctionError");
    assertThat(caller.text()).isEqualTo("half");
    assertThat(text(result)).startsWith("{\"errorType\":\"TypeError\",\"errorMessage\":\"mid\"");
  }

  @Test
  void aCallerWithoutAStreamGetsAllOfIt() throws IOException {
    deploy(
        """
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          for (let i = 0; i < 3; i++) stream.write(String(i));
          stream.end();
        });
        """);
    assertThat(text(invoke("{}"))).isEqualTo("012");
  }

  @Test
  void aFunctionThatDoesNotStreamOnlyAnswers() throws IOException {
    deploy("exports.handler = async () => 'plain';");
    Caller caller = new Caller();
    assertThat(text(stream(caller))).isEqualTo("\"plain\"");
    assertThat(caller.heard).containsExactly("Succeeded");
  }

  @Test
  void aStreamThatIsTooLargeForABufferedCallerFailsLikeABufferedResponse() throws IOException {
    deploy(
        """
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.write(Buffer.alloc(6291557, 'x'));
          stream.end();
        });
        """);
    assertThat(text(invoke("{}"))).contains("Function.ResponseSizeTooLarge");
    Caller caller = new Caller();
    assertThat(stream(caller).succeeded()).isTrue();
    assertThat(caller.bytes.size()).isEqualTo(6_291_557);
  }

  @Test
  void theFunctionGoesOnWhenItsCallerLeaves() throws IOException {
    deploy(
        """
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.write('a');
          await new Promise((r) => setTimeout(r, 20));
          stream.end('b');
        });
        """);
    Caller caller = new Caller();
    caller.leaves = true;
    assertThat(text(stream(caller))).isEqualTo("ab");
  }

  @Test
  void aProcessThatDiesInTheMiddleCutsTheStream() throws IOException {
    deploy(
        """
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.write('half');
          await new Promise((r) => setTimeout(r, 50));
          process.exit(3);
        });
        """);
    Caller caller = new Caller();
    InvokeResult result = stream(caller);
    assertThat(caller.text()).isEqualTo("half");
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.Crashed.class);
    assertThat(text(result)).contains("Runtime.TruncatedResponse");
  }
}
