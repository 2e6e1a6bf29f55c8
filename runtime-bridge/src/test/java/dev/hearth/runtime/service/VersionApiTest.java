package dev.hearth.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions, aliases and calls of them (invoke-api.md sections 2, 5 and 10). */
class VersionApiTest extends ApiTestBase {
  private static final String F = FUNCTIONS + "/f";

  @BeforeEach
  void createFunction() throws Exception {
    create("f", "one");
  }

  private Answer alias(String body) throws Exception {
    return send("POST", F + "/aliases", body);
  }

  @Test
  void publishesNumbersThatAreNeverUsedAgain() throws Exception {
    Answer first = send("POST", F + "/versions", "{\"Description\":\"first\"}").expect(201);
    assertThat(first.get("/Version")).isEqualTo("1");
    assertThat(first.get("/FunctionArn")).isEqualTo(ARN + "f:1");
    assertThat(first.get("/Description")).isEqualTo("first");
    Answer again = send("POST", F + "/versions", "{\"Description\":\"other\"}").expect(201);
    assertThat(again.get("/Version")).isEqualTo("1");
    assertThat(publish("f", "two").get("/Version")).isEqualTo("2");
    send("DELETE", F + "?Qualifier=2", null).expect(204);
    assertThat(publish("f", "three").get("/Version")).isEqualTo("3");
    Answer list = send("GET", F + "/versions", null).expect(200);
    assertThat(list.json().get("Versions").findValuesAsString("Version"))
        .containsExactly("$LATEST", "1", "3");
    assertThat(list.get("/Versions/0/FunctionArn")).isEqualTo(ARN + "f:$LATEST");
    assertThat(list.text()).doesNotContain("\"State\"");
  }

  /** Section 5: a version again when neither code nor configuration of $LATEST has changed. */
  @Test
  void publishesWhatHasChangedAndNothingElse() throws Exception {
    Answer first = send("POST", F + "/versions", "{\"Description\":\"first\"}").expect(201);
    Answer again = send("POST", F + "/versions", "{}").expect(201);
    assertThat(again.get("/Version")).isEqualTo("1");
    assertThat(again.get("/Description")).isEqualTo("first");
    assertThat(again.get("/RevisionId")).isEqualTo(first.get("/RevisionId"));
    int number = 1;
    for (String change :
        List.of(
            "{\"Description\":\"told otherwise\"}",
            "{\"Timeout\":30}",
            "{\"Environment\":{\"Variables\":{\"AB\":\"1\"}}}",
            "{\"TracingConfig\":{\"Mode\":\"Active\"}}")) {
      send("PUT", F + "/configuration", change).expect(200);
      number++;
      for (int twice = 0; twice < 2; twice++) {
        Answer published = send("POST", F + "/versions", "{}").expect(201);
        assertThat(published.get("/Version")).as(change).isEqualTo(Integer.toString(number));
        assertThat(published.get("/Description")).isEqualTo("told otherwise");
      }
    }
    send("PUT", F + "/code", zipBody(code("one"))).expect(200);
    assertThat(send("POST", F + "/versions", "{}").get("/Version"))
        .as("the same code again is no change")
        .isEqualTo(Integer.toString(number));
  }

  @Test
  void guardsWhatIsPublished() throws Exception {
    send("POST", F + "/versions", "{\"RevisionId\":\"wrong\"}")
        .refused(
            412,
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the"
                + " GetFunction/GetAlias API to retrieve the latest Revision Id");
    String sha = send("GET", F + "/configuration", null).get("/CodeSha256");
    send("POST", F + "/versions", "{\"CodeSha256\":\"nothing\"}")
        .refused(
            400,
            "InvalidParameterValueException",
            "CodeSHA256 (nothing) is different from current CodeSHA256 in $LATEST ("
                + sha
                + "). Please try again with the CodeSHA256 in $LATEST.");
    send("POST", F + "/versions", "{\"CodeSha256\":\"" + sha + "\"}").expect(201);
  }

  @Test
  void aVersionKeepsItsCodeAndConfiguration() throws Exception {
    send("POST", F + "/versions", "{}").expect(201);
    publish("f", "two");
    send("PUT", F + "/configuration", "{\"Timeout\":60}").expect(200);
    var first = plane.version("f", "1").orElseThrow();
    assertThat(Files.readString(first.code().taskRoot().resolve("app.py"))).isEqualTo("one");
    assertThat(first.configuration().timeout()).isEqualTo(3);
    Answer got = send("GET", F + ":1", null).expect(200);
    byte[] zip = sendTo(got.get("/Code/Location"), "GET", null).response().body();
    assertThat(CodeArchive.unzip(zip, 100).get("app.py")).asString().isEqualTo("one");
    assertThat(plane.files("f", "2").get("app.py")).asString().isEqualTo("two");
    send("GET", F + ":1221", null)
        .refused(404, "ResourceNotFoundException", "Function not found: " + ARN + "f:1221");
  }

  @Test
  void callsAVersionAndAWeightedAlias() throws Exception {
    send("POST", F + "/versions", "{}");
    publish("f", "two");
    Answer called = send("POST", F + ":1/invocations", "{}").expect(200);
    assertThat(called.header("X-Amz-Executed-Version")).isEqualTo("1");
    assertThat(script.asked.take().invokedArn()).isEqualTo(ARN + "f:1");
    alias(
            "{\"Name\":\"live\",\"FunctionVersion\":\"1\",\"RoutingConfig\":"
                + "{\"AdditionalVersionWeights\":{\"2\":0.25}}}")
        .expect(201);
    script.chance = 0.2;
    Answer drawn = send("POST", F + "/invocations?Qualifier=live", "{}").expect(200);
    assertThat(drawn.header("X-Amz-Executed-Version")).isEqualTo("2");
    var asked = script.asked.take();
    assertThat(asked.invokedArn()).isEqualTo(ARN + "f:live");
    assertThat(asked.functionName()).isEqualTo("f:2");
    script.chance = 0.3;
    assertThat(send("POST", F + ":live/invocations", "{}").header("X-Amz-Executed-Version"))
        .isEqualTo("1");
  }

  @Test
  void keepsAliases() throws Exception {
    send("POST", F + "/versions", "{}");
    publish("f", "two");
    Answer made =
        alias("{\"Name\":\"b\",\"FunctionVersion\":\"1\",\"Description\":\"d\"}").expect(201);
    assertThat(made.get("/AliasArn")).isEqualTo(ARN + "f:b");
    assertThat(made.get("/RoutingConfig")).isNull();
    alias("{\"Name\":\"a\",\"FunctionVersion\":\"$LATEST\"}").expect(201);
    Answer list = send("GET", F + "/aliases", null).expect(200);
    assertThat(list.json().get("Aliases").findValuesAsString("Name")).containsExactly("a", "b");
    assertThat(send("GET", F + "/aliases?FunctionVersion=1", null).json().get("Aliases"))
        .hasSize(1);
    String update = "{\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"2\":0.2}}}";
    Answer updated = send("PUT", F + "/aliases/b", update).expect(200);
    assertThat(updated.get("/RoutingConfig/AdditionalVersionWeights/2")).isEqualTo("0.2");
    assertThat(updated.get("/Description")).isEqualTo("d");
    assertThat(updated.get("/RevisionId")).isNotEqualTo(made.get("/RevisionId"));
    send("PUT", F + "/aliases/b", "{\"RevisionId\":\"" + made.get("/RevisionId") + "\"}")
        .expect(412);
    Answer cleared = send("PUT", F + "/aliases/b", "{\"RoutingConfig\":{}}").expect(200);
    assertThat(cleared.get("/RoutingConfig")).isNull();
    send("DELETE", F + "?Qualifier=1", null).expect(409);
    send("DELETE", F + "/aliases/b", null).expect(204);
    send("DELETE", F + "/aliases/b", null).expect(204);
    send("GET", F + "/aliases/b", null)
        .refused(404, "ResourceNotFoundException", "Cannot find alias arn: " + ARN + "f:b");
    send("PUT", F + "/aliases/b", "{}")
        .refused(404, "ResourceNotFoundException", "Alias not found: " + ARN + "f:b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1|{\"2\":0.5,\"3\":0.1}|InvalidParameterValueException|Number of items in"
            + " AdditionalVersionWeights cannot be greater than 1",
        "1|{\"2\":2.0}|ValidationException|1 validation error detected: Value '{2=2.0}' at"
            + " 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value"
            + " must satisfy constraint: [Member must have value less than or equal to 1.0, Member"
            + " must have value greater than or equal to 0.0, Member must not be null]",
        "1|{\"1\":0.5}|InvalidParameterValueException|Invalid function version 1. Function version"
            + " 1 is already included in routing configuration.",
        "10|{}|ResourceNotFoundException|Function not found:"
            + " arn:aws:lambda:us-east-1:000000000000:function:f:10",
        "$LATEST|{\"1\":0.5}|InvalidParameterValueException|$LATEST is not supported for an alias"
            + " pointing to more than 1 version",
        "1|{\"$LATEST\":0.5}|ValidationException|1 validation error detected: Value"
            + " '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy"
            + " constraint: Map keys must satisfy constraint: [Member must have length less than"
            + " or equal to 1024, Member must have length greater than or equal to 1, Member must"
            + " satisfy regular expression pattern: [0-9]+]",
      })
  void refusesAliasesInLambdasWords(String version, String weights, String type, String message)
      throws Exception {
    send("POST", F + "/versions", "{}");
    publish("f", "two");
    alias(
            "{\"Name\":\"x\",\"FunctionVersion\":\""
                + version
                + "\",\"RoutingConfig\":{\"AdditionalVersionWeights\":"
                + weights
                + "}}")
        .refused(type.startsWith("Resource") ? 404 : 400, type, message);
  }

  @Test
  void refusesNumbersAsNamesAndTwins() throws Exception {
    alias("{\"Name\":\"2024\",\"FunctionVersion\":\"$LATEST\"}")
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value '2024' at 'name' failed to satisfy constraint:"
                + " Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    alias("{\"Name\":\"twin\",\"FunctionVersion\":\"$LATEST\"}").expect(201);
    alias("{\"Name\":\"twin\",\"FunctionVersion\":\"$LATEST\"}")
        .refused(409, "ResourceConflictException", "Alias already exists: " + ARN + "f:twin");
  }

  @Test
  void streamsTheWholeAnswerInFrames() throws Exception {
    String path = "/2021-11-15/functions/f/response-streaming-invocations";
    Answer answer = send("POST", path, "{}", "X-Amz-Log-Type", "Tail").expect(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.amazon.eventstream");
    assertThat(answer.text())
        .contains("PayloadChunk", "{\"ok\":true}", "InvokeComplete", "TE9HCg==");
    script.outcome = new InvokeOutcome.FunctionError("Oops", "{\"errorType\":\"Oops\"}".getBytes());
    assertThat(send("POST", path, "{}").text())
        .contains("\"ErrorCode\":\"Oops\"")
        .doesNotContain("PayloadChunk");
  }

  @Test
  void framesAreThoseOfTheRecording() {
    var hex = HexFormat.of();
    assertThat(hex.formatHex(EventStream.chunk("hello".getBytes())))
        .isEqualTo(
            "0000006f0000005af5fe871f0b3a6576656e742d7479706507000c5061796c6f61644368756e6b0d3a"
                + "636f6e74656e742d747970650700186170706c69636174696f6e2f6f637465742d73747265616d"
                + "0d3a6d6573736167652d747970650700056576656e7468656c6c6f29e71260");
    String end = "{\"ErrorCode\":null,\"ErrorDetails\":null,\"LogResult\":null}";
    assertThat(hex.formatHex(EventStream.complete(end.getBytes())))
        .isEqualTo(
            "0000009b00000054aff25c850b3a6576656e742d7479706507000e496e766f6b65436f6d706c657465"
                + "0d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d657373"
                + "6167652d747970650700056576656e747b224572726f72436f6465223a6e756c6c2c224572726f"
                + "7244657461696c73223a6e756c6c2c224c6f67526573756c74223a6e756c6c7db4aa60de");
  }

  @Test
  void keepsUnusedArchivesNoLongerThanNeeded() throws Exception {
    send("POST", F + "/versions", "{}");
    publish("f", "two");
    assertThat(catalog.records().archives()).isEqualTo(2);
    send("DELETE", F + "?Qualifier=1", null).expect(204);
    assertThat(catalog.records().archives()).isEqualTo(1);
    assertThat(plane.files("f", "$LATEST")).containsOnlyKeys("app.py");
  }
}
