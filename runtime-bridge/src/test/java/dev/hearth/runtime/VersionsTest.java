package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.Alias;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.PublishedVersions;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that name a version or an alias (invoke-api.md sections 2 and 5). */
class VersionsTest extends LocalLambdaTestBase {
  private final Map<String, Alias> aliases = new ConcurrentHashMap<>();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  @BeforeEach
  void publish() {
    deploy("init.ok");
    lambda.versions(
        new PublishedVersions() {
          @Override
          public Optional<DeployedFunction> version(String functionName, String number) {
            asked.merge(number, 1, Integer::sum);
            return number.matches("[12]")
                ? Optional.of(
                    new DeployedFunction(
                        configuration("init.ok").withMemorySize(256),
                        new CodePackage(TestBootstrap.folder(), "0".repeat(64)),
                        number))
                : Optional.empty();
          }

          @Override
          public Optional<Alias> alias(String functionName, String aliasName) {
            return Optional.ofNullable(aliases.get(aliasName));
          }
        });
  }

  private InvokeResult call(String name) {
    return lambda.invoke(InvokeRequest.of(name, "1".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyVersionHasEnvironmentsOfItsOwn() {
    InvokeResult latest = call("fn");
    InvokeResult first = call("fn:1");
    assertThat(first.function().version()).isEqualTo("1");
    assertThat(first.function().configuration().memorySize()).isEqualTo(256);
    assertThat(first.logTail()).contains(" Version: 1\n");
    assertThat(first.environmentId()).isNotEqualTo(latest.environmentId());
    assertThat(call("fn:1").environmentId()).isEqualTo(first.environmentId());
    assertThat(call("fn:$LATEST").environmentId()).isEqualTo(latest.environmentId());
    assertThat(asked).containsOnly(Map.entry("1", 1));
    assertThatExceptionOfType(UnknownFunctionException.class).isThrownBy(() -> call("fn:3"));
  }

  @Test
  void anAliasFollowsItsVersionAndItsWeights() {
    aliases.put("live", new Alias("live", "1", Map.of()));
    assertThat(call("fn:live").function().version()).isEqualTo("1");
    aliases.put("live", new Alias("live", "1", Map.of("2", 1.0)));
    assertThat(call("fn:live").function().version()).isEqualTo("2");
    aliases.put("live", new Alias("live", "$LATEST", Map.of()));
    assertThat(call("fn:live").function().version()).isEqualTo("$LATEST");
  }

  @Test
  void aWeightIsAShareOfTheCalls() {
    Alias alias = new Alias("live", "1", Map.of("2", 0.25));
    assertThat(alias.version(0.0)).isEqualTo("2");
    assertThat(alias.version(0.249)).isEqualTo("2");
    assertThat(alias.version(0.25)).isEqualTo("1");
    assertThat(alias.version(0.999)).isEqualTo("1");
    assertThat(new Alias("live", "1", Map.of("2", 0.0)).version(0.0)).isEqualTo("1");
  }

  @Test
  void aRemovedFunctionTakesItsVersionsAlong() {
    call("fn:1");
    lambda.remove("fn:1");
    assertThat(lambda.deployed()).extracting(DeployedFunction::version).containsExactly("$LATEST");
    call("fn:1");
    call("fn:2");
    lambda.remove("fn");
    assertThat(lambda.deployed()).isEmpty();
  }
}
