package dev.hearth.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.environment.Identifiers;
import dev.hearth.runtime.event.FunctionSpan;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A local Lambda for one function whose spans are looked at. */
abstract class TracingTestBase {
  @TempDir static Path cache;
  @TempDir Path folder;
  final EventRecorder events = new EventRecorder();
  Path code;
  LocalLambda lambda;

  @BeforeEach
  void open() throws IOException {
    code = Files.createDirectories(folder.resolve("code"));
    lambda = LocalLambda.open(LocalLambdaOptions.of(folder.resolve("scratch"), cache));
    lambda.subscribe(events);
  }

  @AfterEach
  void close() {
    lambda.close();
  }

  /** Deploys what is in the folder of the code. */
  final void deploy(RuntimeFamily family, FunctionConfiguration configuration) {
    assumeTrue(
        lambda.interpreters().stream().anyMatch(found -> found.family() == family),
        "needs " + family.displayName());
    lambda.deploy(
        new DeployedFunction(
            configuration, new CodePackage(code, "0".repeat(64)), DeployedFunction.LATEST));
  }

  final InvokeResult invoke(String event) {
    return lambda.invoke(
        new InvokeRequest(
            "fn",
            event.getBytes(StandardCharsets.UTF_8),
            UUID.randomUUID().toString(),
            null,
            null,
            Identifiers.traceId()));
  }

  /** The spans that are told of first for a call. */
  final List<FunctionSpan> spans(InvokeResult result) {
    return events
        .await(RuntimeEvent.SpansReceived.class, s -> s.requestId().equals(result.requestId()))
        .spans();
  }
}
