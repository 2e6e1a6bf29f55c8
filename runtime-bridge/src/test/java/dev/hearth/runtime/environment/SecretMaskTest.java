package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
  private static SecretMask of(Map<String, String> secrets) {
    return SecretMask.of(
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse("python3.12"), "app.handler")
            .withEnvironment(secrets)
            .withSecrets(secrets.keySet()));
  }

  @Test
  void blotsOutEveryOccurrence() {
    SecretMask mask = of(Map.of("API_KEY", "s3cr3t-token"));
    assertThat(mask.apply("key=s3cr3t-token; again s3cr3t-token."))
        .isEqualTo("key=****; again ****.");
    assertThat(mask.apply("nothing here")).isEqualTo("nothing here");
  }

  @Test
  void aLongerSecretIsNotSpoiltByOneThatItContains() {
    assertThat(
            of(Map.of("SHORT", "abcdef", "LONG", "xx-abcdef-yy")).apply("a xx-abcdef-yy b abcdef"))
        .isEqualTo("a **** b ****");
  }

  @Test
  void linesAndJsonFormsCountToo() {
    SecretMask mask = of(Map.of("PEM", "-----BEGIN KEY-----\nMIIEow\"IBAAK\n"));
    assertThat(mask.apply("MIIEow\"IBAAK")).isEqualTo("****");
    assertThat(mask.apply("{\"pem\": \"-----BEGIN KEY-----\\nMIIEow\\\"IBAAK\\n\"}"))
        .isEqualTo("{\"pem\": \"****\"}");
  }

  @Test
  void shortValuesAndOrdinaryVariablesStay() {
    assertThat(of(Map.of("PIN", "12345"))).isNull();
    assertThat(
            SecretMask.of(
                FunctionConfiguration.of("fn", RuntimeIdentifier.parse("python3.12"), "a.b")
                    .withEnvironment(Map.of("STAGE", "production"))
                    .withSecrets(Set.of("OTHER"))))
        .isNull();
  }
}
