package dev.hearth.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A local Lambda with the languages of this machine, and one function whose source a test gives.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
abstract class LanguageTestBase {
  /** Shared by all tests: what is compiled or found out once stays. */
  @TempDir static Path cache;

  @TempDir Path folder;
  final EventRecorder events = new EventRecorder();
  private final RuntimeFamily family;
  private final String runtime;
  private final String handler;
  private final String file;
  LocalLambda lambda;

  LanguageTestBase(RuntimeFamily family, String runtime, String handler, String file) {
    this.family = family;
    this.runtime = runtime;
    this.handler = handler;
    this.file = file;
  }

  @BeforeEach
  void open() {
    lambda = LocalLambda.open(LocalLambdaOptions.of(folder.resolve("scratch"), cache));
    lambda.subscribe(events);
    assumeTrue(
        lambda.interpreters().stream().anyMatch(found -> found.family() == family),
        "needs " + family.displayName());
  }

  @AfterEach
  void close() {
    lambda.close();
  }

  /** No call may time out because the machine is slow. */
  void deploy(String source) throws IOException {
    deploy(source, 60);
  }

  void deploy(String source, int timeout) throws IOException {
    Path code = Files.createDirectories(folder.resolve("code"));
    Files.writeString(code.resolve(file), source);
    FunctionConfiguration configuration =
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse(runtime), handler)
            .withMemorySize(256)
            .withTimeout(timeout);
    lambda.deploy(
        new DeployedFunction(
            configuration, new CodePackage(code, "0".repeat(64)), DeployedFunction.LATEST));
  }

  InvokeResult invoke(String event) {
    return lambda.invoke(InvokeRequest.of("fn", event.getBytes(StandardCharsets.UTF_8)));
  }

  FutureTask<InvokeResult> later(Callable<InvokeResult> call) {
    FutureTask<InvokeResult> task = new FutureTask<>(call);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  static String text(InvokeResult result) {
    return new String(result.outcome().body(), StandardCharsets.UTF_8);
  }
}
