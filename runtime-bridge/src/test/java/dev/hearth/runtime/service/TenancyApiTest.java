package dev.hearth.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that keep their tenants apart (newer.md section 6). */
class TenancyApiTest extends ApiTestBase {
  private static final String PER_TENANT =
      "\"TenancyConfig\":{\"TenantIsolationMode\":\"PER_TENANT\"},";
  private static final String INVALID = "InvalidParameterValueException";

  private void createIsolated() throws Exception {
    Answer made = send("POST", FUNCTIONS, function("t", code("x"), PER_TENANT)).expect(201);
    assertThat(made.get("/TenancyConfig/TenantIsolationMode")).isEqualTo("PER_TENANT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/2015-03-31/functions/t/invocations",
        "/2021-11-15/functions/t/response-streaming-invocations"
      })
  void everyCallNamesItsTenant(String path) throws Exception {
    createIsolated();
    send("POST", path, "{}")
        .refused(
            400,
            INVALID,
            "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in"
                + " your request and try again.");
    send("POST", path, "{}", "X-Amz-Tenant-Id", "no#tenant").expect(400);
    assertThat(script.asked).isEmpty();
    send("POST", path, "{}", "X-Amz-Tenant-Id", "blue/a@b c").expect(200);
    assertThat(script.asked.take().tenantId()).isEqualTo("blue/a@b c");
  }

  @Test
  void otherFunctionsHaveNoTenants() throws Exception {
    create("f", "x");
    String path = FUNCTIONS + "/f/invocations";
    send("POST", path, "{}", "X-Amz-Tenant-Id", "blue").expect(400);
    assertThat(script.asked).isEmpty();
    send("POST", path, "{}").expect(200);
    assertThat(script.asked.take().tenantId()).isNull();
  }

  @Test
  void anotherFunctionOfTheNameMayBeWithout() throws Exception {
    createIsolated();
    String path = FUNCTIONS + "/t/invocations";
    send("POST", path, "{}", "X-Amz-Tenant-Id", "blue").expect(200);
    send("DELETE", FUNCTIONS + "/t", null).expect(204);
    create("t", "x");
    send("POST", path, "{}").expect(200);
  }

  @Test
  void theModeStaysAndIsAnswered() throws Exception {
    createIsolated();
    send("PUT", FUNCTIONS + "/t/configuration", "{\"Timeout\":5}").expect(200);
    assertThat(
            send("POST", FUNCTIONS + "/t/versions", "{}")
                .expect(201)
                .get("/TenancyConfig/TenantIsolationMode"))
        .isEqualTo("PER_TENANT");
    send("POST", FUNCTIONS, function("u", code("x"), PER_TENANT.replace("PER_TENANT", "SHARED")))
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value 'SHARED' at 'tenancyConfig.tenantIsolationMode'"
                + " failed to satisfy constraint: Member must satisfy enum value set:"
                + " [PER_TENANT]");
  }

  @Test
  void doesWithoutWhatLambdaRefuses() throws Exception {
    createIsolated();
    String snapStart = "\"SnapStart\":{\"ApplyOn\":\"PublishedVersions\"}";
    send("POST", "/2021-10-31/functions/t/url", "{\"AuthType\":\"NONE\"}")
        .refused(
            400,
            INVALID,
            "A function URL is not supported for functions with tenant isolation mode enabled.");
    send("PUT", FUNCTIONS + "/t/configuration", "{" + snapStart + "}").expect(400);
    send("POST", FUNCTIONS, function("u", code("x"), PER_TENANT + snapStart + ",")).expect(400);
    send("POST", FUNCTIONS + "/t/versions", "{}").expect(201);
    send(
            "PUT",
            "/2019-09-30/functions/t/provisioned-concurrency?Qualifier=1",
            "{\"ProvisionedConcurrentExecutions\":1}")
        .expect(400);
  }

  @Test
  void anAsynchronousCallIsRefusedAndNotForgotten() throws Exception {
    createIsolated();
    send(
            "POST",
            FUNCTIONS + "/t/invocations",
            "{}",
            "X-Amz-Tenant-Id",
            "blue",
            "X-Amz-Invocation-Type",
            "Event")
        .expect(501);
    assertThat(script.asked).isEmpty();
  }

  @Test
  void versionsHaveSnapStartOrProvisionedConcurrency() throws Exception {
    create("f", "x");
    send(
            "PUT",
            FUNCTIONS + "/f/configuration",
            "{\"SnapStart\":{\"ApplyOn\":\"PublishedVersions\"}}")
        .expect(200);
    send("POST", FUNCTIONS + "/f/versions", "{}").expect(201);
    send(
            "PUT",
            "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=1",
            "{\"ProvisionedConcurrentExecutions\":1}")
        .refused(
            400,
            INVALID,
            "Provisioned concurrency is not supported for SnapStart enabled functions.");
  }
}
