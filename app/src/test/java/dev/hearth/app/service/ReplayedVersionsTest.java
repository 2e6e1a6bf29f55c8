package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FakeLambda;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayedVersionsTest {
  private final FakeLambda lambda = new FakeLambda();
  private final ReplayedVersions replays = new ReplayedVersions();

  @AfterEach
  void close() {
    lambda.close();
  }

  private static DeployedFunction version(int memorySize) {
    return new DeployedFunction(
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse("python3.12"), "app.handler")
            .withMemorySize(memorySize),
        new CodePackage(Path.of("code"), "0".repeat(64)),
        "v1");
  }

  @Test
  void theLastOfTwoReplaysTakesTheVersionAway() throws Exception {
    replays.enter(lambda, version(128));
    replays.enter(lambda, version(128));
    replays.leave(lambda, version(128));
    assertThat(lambda.deployed("fn:v1")).contains(version(128));
    replays.leave(lambda, version(128));
    assertThat(lambda.deployed("fn:v1")).isEmpty();
  }

  @Test
  void anotherConfigurationWaitsItsTurn() throws Exception {
    replays.enter(lambda, version(128));
    CompletableFuture<Void> other = new CompletableFuture<>();
    Thread waiting =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    replays.enter(lambda, version(512));
                    other.complete(null);
                  } catch (InterruptedException e) {
                    other.completeExceptionally(e);
                  }
                });
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(lambda.deployed("fn:v1")).contains(version(128));
    replays.leave(lambda, version(128));
    other.get(1, TimeUnit.MINUTES);
    assertThat(lambda.deployed("fn:v1")).contains(version(512));
  }
}
