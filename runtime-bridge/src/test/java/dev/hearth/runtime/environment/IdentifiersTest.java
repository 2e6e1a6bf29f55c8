package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
  @Test
  void requestIdsAreRandomUuids() {
    List<String> made = Stream.generate(Identifiers::uuid).parallel().limit(10_000).toList();
    assertThat(made).doesNotHaveDuplicates();
    assertThat(made.stream().map(UUID::fromString))
        .allSatisfy(
            uuid -> {
              assertThat(uuid.version()).isEqualTo(4);
              assertThat(uuid.variant()).isEqualTo(2);
            });
  }

  @Test
  void traceHeadersHaveTheForm() {
    assertThat(Identifiers.traceId())
        .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1");
  }
}
