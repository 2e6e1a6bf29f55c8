package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The environments of tenants (newer.md section 6). */
class TenantTest extends LocalLambdaTestBase {
  @Test
  void noEnvironmentServesTwoTenants() {
    deploy("init.ok");
    String blue = actFor("blue").environmentId();
    String green = actFor("green").environmentId();
    String nobody = act("count").environmentId();
    assertThat(Set.of(blue, green, nobody)).hasSize(3);
    assertThat(actFor("blue").environmentId()).isEqualTo(blue);
    assertThat(actFor("green").environmentId()).isEqualTo(green);
    assertThat(act("count").environmentId()).isEqualTo(nobody);
    deploy(configuration("init.ok").withMemorySize(256));
    assertThat(actFor("blue").environmentId()).isNotIn(blue, green, nobody);
    lambda.stopEnvironments("fn");
    lambda.remove("fn");
    assertThat(lambda.deployed("fn")).isEmpty();
  }

  private InvokeResult actFor(String tenant) {
    byte[] count = "\"count\"".getBytes(StandardCharsets.UTF_8);
    return lambda.invoke(InvokeRequest.of("fn", count).forTenant(tenant));
  }
}
