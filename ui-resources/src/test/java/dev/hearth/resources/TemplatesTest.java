package dev.hearth.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TemplatesTest {
  @Test
  void bringsEveryEventThatTheIndexNames() {
    assertThat(Templates.events())
        .extracting(Templates.Event::id)
        .contains(
            "hello",
            "http-api-v2",
            "rest-proxy",
            "sqs",
            "sns",
            "s3-put",
            "dynamodb",
            "kinesis",
            "schedule",
            "alb")
        .doesNotHaveDuplicates();
    assertThat(Templates.events()).allSatisfy(event -> assertThat(event.json()).startsWith("{"));
  }

  @Test
  void bringsAFunctionForEveryFamily() {
    assertThat(Templates.functions())
        .extracting(f -> f.runtime().replaceAll("[0-9.].*", ""))
        .contains("python", "nodejs", "java", "provided");
    assertThat(Templates.functions())
        .allSatisfy(
            f ->
                assertThat(f.files().values())
                    .isNotEmpty()
                    .allSatisfy(
                        bytes ->
                            assertThat(new String(bytes, StandardCharsets.UTF_8)).isNotBlank()));
  }

  @Test
  void samplesEveryFamilyAndStartsWithAnHttpEvent() {
    var sample = Templates.sample();

    assertThat(sample.functions())
        .extracting(f -> f.template().runtime().replaceAll("[0-9.].*", ""))
        .containsExactly("python", "nodejs", "java", "provided");
    assertThat(sample.events()).extracting(Templates.Event::id).contains("http-api-v2", "hello");
  }
}
