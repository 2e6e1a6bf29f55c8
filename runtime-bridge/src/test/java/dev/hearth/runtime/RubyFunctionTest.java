package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.function.RuntimeFamily;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Real ruby functions through the whole local Lambda. */
class RubyFunctionTest extends LanguageTestBase {
  RubyFunctionTest() {
    super(RuntimeFamily.RUBY, "ruby3.2", "handler.handler", "handler.rb");
  }

  @Test
  void coldAndWarm() throws IOException {
    deploy(
        """
        $count = 0
        def handler(event:, context:)
          puts "hello"
          { count: $count += 1, event: event, id: context.aws_request_id }
        end
        """);
    InvokeResult cold = invoke("{\"a\":1}");
    assertThat(text(cold))
        .isEqualTo("{\"count\":1,\"event\":{\"a\":1},\"id\":\"" + cold.requestId() + "\"}");
    assertThat(cold.init().handlerImport()).isPositive();
    assertThat(events.lines(cold.requestId(), LogStream.STDOUT)).containsExactly("hello");
    assertThat(text(invoke("2"))).contains("\"count\":2");
  }

  @Test
  void aRaisedErrorKeepsTheProcessAndANameErrorDoesNot() throws IOException {
    deploy(
        """
        $count = 0
        def handler(event:, context:)
          $count += 1
          raise ArgumentError, "boom" if event == 1
          nobody if event == 2
          $count
        end
        """);
    InvokeResult failed = invoke("1");
    assertThat(failed.outcome()).isInstanceOf(InvokeOutcome.FunctionError.class);
    assertThat(text(failed))
        .startsWith("{\"errorMessage\":\"boom\",\"errorType\":\"Function<ArgumentError>\"");
    assertThat(text(invoke("3"))).isEqualTo("2");
    assertThat(text(invoke("2"))).contains("Function<NameError>");
    assertThat(text(invoke("3"))).as("a new process").isEqualTo("1");
  }

  @Test
  void anImportErrorIsReturned() throws IOException {
    deploy("require 'does-not-exist'\n");
    assertThat(text(invoke("1")))
        .contains("Init<LoadError>", "cannot load such file -- does-not-exist");
  }
}
