package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.function.RuntimeFamily;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A missing AWS SDK is Lambda's import error, and the log says how to get it. */
class SdkHintTest extends LanguageTestBase {
  SdkHintTest() {
    super(RuntimeFamily.PYTHON, "python3.11", "app.handler", "app.py");
  }

  @Test
  void theLogSaysHowToGetIt() throws IOException {
    deploy("import boto3\ndef handler(e, c): return 1\n");
    InvokeResult result = invoke("{}");
    assumeTrue(!result.succeeded(), "this machine has boto3");
    assertThat(text(result))
        .contains(
            "Runtime.ImportModuleError", "Unable to import module 'app': No module named 'boto3'");
    assertThat(events.lines(result.requestId(), LogStream.STDOUT))
        .anyMatch(
            line ->
                line.startsWith("boto3 comes with Lambda's Python runtimes")
                    && line.endsWith("-m pip install boto3"));
  }
}
