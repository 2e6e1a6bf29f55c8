package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.function.RuntimeFamily;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Real node functions through the whole local Lambda. */
class NodeFunctionTest extends LanguageTestBase {
  NodeFunctionTest() {
    super(RuntimeFamily.NODEJS, "nodejs22.x", "index.handler", "index.js");
  }

  @Test
  void coldAndWarm() throws IOException {
    deploy(
        """
        let count = 0;
        exports.handler = async (event, context) =>
          ({count: ++count, event, id: context.awsRequestId});
        """);
    InvokeResult cold = invoke("{\"a\":1}");
    assertThat(text(cold))
        .isEqualTo("{\"count\":1,\"event\":{\"a\":1},\"id\":\"" + cold.requestId() + "\"}");
    assertThat(cold.init().handlerImport()).isPositive();
    assertThat(text(invoke("2"))).contains("\"count\":2");
  }

  @Test
  void consoleLinesCarryTheRequest() throws IOException {
    deploy("exports.handler = async () => { console.log('a\\nb'); console.error('c'); };");
    InvokeResult result = invoke("1");
    assertThat(text(result)).isEqualTo("null");
    assertThat(events.lines(result.requestId(), LogStream.STDOUT).getFirst())
        .endsWith("\t" + result.requestId() + "\tINFO\ta\rb");
  }

  @Test
  void aThrownErrorKeepsTheProcess() throws IOException {
    deploy(
        """
        let count = 0;
        exports.handler = async event => {
          count++;
          if (event === 1) throw new TypeError("boom");
          return count;
        };
        """);
    InvokeResult failed = invoke("1");
    assertThat(failed.outcome()).isInstanceOf(InvokeOutcome.FunctionError.class);
    assertThat(text(failed)).startsWith("{\"errorType\":\"TypeError\",\"errorMessage\":\"boom\"");
    assertThat(text(invoke("2"))).isEqualTo("2");
  }

  @Test
  void anUnhandledRejectionEndsTheProcess() throws IOException {
    deploy(
        """
        let count = 0;
        exports.handler = async event => {
          count++;
          if (event === 1) {
            Promise.reject(new Error("later"));
            await new Promise(resolve => setTimeout(resolve, 2000));
          }
          return count;
        };
        """);
    InvokeResult failed = invoke("1");
    assertThat(text(failed)).contains("Runtime.UnhandledPromiseRejection");
    InvokeResult next = invoke("2");
    assertThat(text(next)).isEqualTo("1");
    assertThat(next.environmentId()).isEqualTo(failed.environmentId());
  }

  @Test
  void aMissingModuleIsReturnedAfterASecondTry() throws IOException {
    deploy("require('does-not-exist');");
    assertThat(text(invoke("1")))
        .contains("Runtime.ImportModuleError", "Cannot find module 'does-not-exist'");
  }

  @Test
  void processExit() throws IOException {
    deploy("exports.handler = async () => { process.exit(6); };");
    assertThat(text(invoke("1"))).contains("Runtime.ExitError", "exit status 6");
  }
}
