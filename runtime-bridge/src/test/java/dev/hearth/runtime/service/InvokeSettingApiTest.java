package dev.hearth.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.InvokeSettings.RecursiveLoop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Concurrency, asynchronous calls and loops (invoke-api.md sections 5 and 10). */
class InvokeSettingApiTest extends ApiTestBase {
  private static final String EVENTS = "/2019-09-25/functions/f/event-invoke-config";

  @BeforeEach
  void createFunction() throws Exception {
    create("f", "x");
  }

  @Test
  void reservesConcurrency() throws Exception {
    String put = "/2017-10-31/functions/f/concurrency";
    String get = "/2019-09-30/functions/f/concurrency";
    assertThat(send("GET", get, null).expect(200).text()).isEqualTo("{}");
    Answer set = send("PUT", put, "{\"ReservedConcurrentExecutions\":7}").expect(200);
    assertThat(set.text()).isEqualTo("{\"ReservedConcurrentExecutions\":7}");
    assertThat(script.settings.get("f").reservedConcurrency()).isEqualTo(7);
    assertThat(send("GET", FUNCTIONS + "/f", null).get("/Concurrency/ReservedConcurrentExecutions"))
        .isEqualTo("7");
    send("DELETE", put, null).expect(204);
    assertThat(send("GET", get, null).text()).isEqualTo("{}");
    send("PUT", put.replace("/f/", "/f:1/"), "{\"ReservedConcurrentExecutions\":1}")
        .refused(
            400,
            "InvalidParameterValueException",
            "This operation is permitted on Lambda functions only. Aliases and versions do not"
                + " support this operation. Please specify either a function name or an unqualified"
                + " function ARN.");
    send("PUT", put.replace("/f/", "/no/"), "{\"ReservedConcurrentExecutions\":1}")
        .refused(404, "ResourceNotFoundException", "Function not found: " + ARN + "no:$LATEST");
  }

  @Test
  void putReplacesAndUpdateMergesWhatHoldsForEvents() throws Exception {
    send("GET", EVENTS, null)
        .refused(
            404,
            "ResourceNotFoundException",
            "The function " + ARN + "f:$LATEST doesn't have an EventInvokeConfig");
    Answer put =
        send(
                "PUT",
                EVENTS,
                "{\"MaximumRetryAttempts\":1,\"DestinationConfig\":{\"OnFailure\":"
                    + "{\"Destination\":\"arn:aws:sqs:us-east-1:000000000000:q\"}}}")
            .expect(200);
    assertThat(put.get("/FunctionArn")).isEqualTo(ARN + "f:$LATEST");
    assertThat(put.get("/DestinationConfig/OnSuccess")).isEqualTo("{}");
    assertThat(put.get("/MaximumEventAgeInSeconds")).isNull();
    assertThat(put.json().get("LastModified").isDouble()).isTrue();
    Answer merged = send("POST", EVENTS, "{\"MaximumEventAgeInSeconds\":60}").expect(200);
    assertThat(merged.get("/MaximumRetryAttempts")).isEqualTo("1");
    assertThat(merged.get("/MaximumEventAgeInSeconds")).isEqualTo("60");
    Answer replaced = send("PUT", EVENTS, "{\"MaximumEventAgeInSeconds\":61}").expect(200);
    assertThat(replaced.get("/MaximumRetryAttempts")).isNull();
    assertThat(send("GET", EVENTS + "/list", null).json().get("FunctionEventInvokeConfigs"))
        .hasSize(1);
    send("DELETE", EVENTS, null).expect(204);
    send("DELETE", EVENTS, null).expect(404);
  }

  @Test
  void refusesInLambdasWords() throws Exception {
    send("PUT", EVENTS, "{}")
        .refused(
            400,
            "InvalidParameterValueException",
            "You must specify at least one of error handling or destination setting.");
    String arn = "arn:aws:iam:us-east-1:111111111111:function:F";
    send("PUT", EVENTS, destination("OnSuccess", arn))
        .refused(
            400,
            "InvalidParameterValueException",
            "The provided destination config DestinationConfig(onSuccess=OnSuccess(destination="
                + arn
                + "), onFailure=null) is invalid.");
    send("PUT", EVENTS, destination("OnFailure", ARN + "nobody"))
        .refused(
            400,
            "InvalidParameterValueException",
            "The destination ARN " + ARN + "nobody is invalid.");
    send("PUT", EVENTS.replace("/f/", "/no/"), "{\"MaximumRetryAttempts\":1}")
        .refused(404, "ResourceNotFoundException", "The function doesn't exist.");
  }

  private static String destination(String member, String arn) {
    return "{\"DestinationConfig\":{\"" + member + "\":{\"Destination\":\"" + arn + "\"}}}";
  }

  @Test
  void setsWhatBecomesOfLoops() throws Exception {
    send("PUT", "/2024-08-31/functions/f/recursion-config", "{\"RecursiveLoop\":\"Allow\"}")
        .expect(200);
    assertThat(script.settings.get("f").recursiveLoop()).isEqualTo(RecursiveLoop.ALLOW);
  }

  @Test
  void anEventKeepsTheNameOfItsAlias() throws Exception {
    send("POST", FUNCTIONS + "/f/aliases", "{\"Name\":\"a\",\"FunctionVersion\":\"$LATEST\"}");
    send("POST", FUNCTIONS + "/f:a/invocations", "{}", "X-Amz-Invocation-Type", "Event")
        .expect(202);
    assertThat(script.asked.take().functionName()).isEqualTo("f:a");
  }

  @Test
  void keepsEnvironmentsReadyForVersionsAndAliases() throws Exception {
    send("POST", FUNCTIONS + "/f/versions", "{}").expect(201);
    send("POST", FUNCTIONS + "/f/aliases", "{\"Name\":\"a\",\"FunctionVersion\":\"1\"}");
    String path = "/2019-09-30/functions/f/provisioned-concurrency";
    String two = "{\"ProvisionedConcurrentExecutions\":2}";
    Answer put = send("PUT", path + "?Qualifier=a", two).expect(202);
    assertThat(put.get("/Status")).isEqualTo("IN_PROGRESS");
    assertThat(put.get("/RequestedProvisionedConcurrentExecutions")).isEqualTo("2");
    assertThat(send("GET", path + "?Qualifier=a", null).expect(200).get("/Status"))
        .isEqualTo("READY");
    send("PUT", path + "?Qualifier=1", two)
        .refused(
            409,
            "ResourceConflictException",
            "Version is pointed by a Provisioned Concurrency alias");
    send("GET", path + "?Qualifier=1", null)
        .refused(
            404,
            "ProvisionedConcurrencyConfigNotFoundException",
            "No Provisioned Concurrency Config found for this function");
    assertThat(
            send("GET", path + "?List=ALL", null)
                .get("/ProvisionedConcurrencyConfigs/0/FunctionArn"))
        .isEqualTo(ARN + "f:a");
    send("PUT", path + "?Qualifier=$LATEST", two)
        .refused(
            400,
            "InvalidParameterValueException",
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    send("PUT", path + "?Qualifier=a", two.replace("2", "0"))
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value '0' at 'provisionedConcurrentExecutions' failed to"
                + " satisfy constraint: Member must have value greater than or equal to 1");
    send("PUT", path + "?Qualifier=no", two)
        .refused(404, "ResourceNotFoundException", "Cannot find alias arn: " + ARN + "f:no");
    send("DELETE", path + "?Qualifier=a", null).expect(204);
    send("DELETE", path + "?Qualifier=a", null).expect(204);
    send("GET", path + "?Qualifier=a", null).expect(404);
  }

  @Test
  void aLoopOfCallsIsStoppedAtItsSeventeenth() throws Exception {
    String trace = "Root=1-00000000-000000000000000000000000;Sampled=0";
    String invoke = FUNCTIONS + "/f/invocations";
    for (int i = 0; i < 16; i++) {
      send("POST", invoke, "{}", "X-Amzn-Trace-Id", trace).expect(200);
      trace = script.asked.take().traceId();
    }
    Answer stopped = send("POST", invoke, "{}", "X-Amzn-Trace-Id", trace).expect(400);
    assertThat(stopped.header("x-amzn-ErrorType")).isEqualTo("RecursiveInvocationException");
    assertThat(script.asked).isEmpty();
    send("PUT", "/2024-08-31/functions/f/recursion-config", "{\"RecursiveLoop\":\"Allow\"}")
        .expect(200);
    send("POST", invoke, "{}", "X-Amzn-Trace-Id", trace).expect(200);
    create("g", "x");
    send("POST", FUNCTIONS + "/g/invocations", "{}", "X-Amzn-Trace-Id", trace).expect(200);
  }
}
