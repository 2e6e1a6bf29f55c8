package dev.hearth.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.LogLevel;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creating, reading, changing and deleting functions (invoke-api.md sections 5 and 10). */
class FunctionApiTest extends ApiTestBase {
  private static String sha256(byte[] bytes) throws Exception {
    return base64(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void createsAFunctionThatRuns() throws Exception {
    byte[] zip = zip(Map.of("app.py", "x = 1", "lib/helper.py", "y = 2"));
    Answer answer =
        send(
            "POST",
            FUNCTIONS,
            function(
                "made",
                zip,
                "\"Description\":\"d\",\"Timeout\":7,\"MemorySize\":256,"
                    + "\"Environment\":{\"Variables\":{\"KEY\":\"v\"}},"
                    + "\"Architectures\":[\"arm64\"],\"EphemeralStorage\":{\"Size\":1024},"
                    + "\"LoggingConfig\":{\"LogFormat\":\"JSON\",\"SystemLogLevel\":\"WARN\"},"
                    + "\"TracingConfig\":{\"Mode\":\"Active\"},\"Tags\":{\"team\":\"a\"},"));
    answer.expect(201);
    assertThat(answer.get("/FunctionArn")).isEqualTo(ARN + "made");
    assertThat(answer.get("/State")).isEqualTo("Pending");
    assertThat(answer.get("/StateReasonCode")).isEqualTo("Creating");
    assertThat(answer.get("/CodeSha256")).isEqualTo(sha256(zip));
    assertThat(answer.get("/CodeSize")).isEqualTo(Integer.toString(zip.length));
    assertThat(answer.get("/LastModified"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
    assertThat(answer.get("/RevisionId")).hasSize(36);
    assertThat(answer.get("/Version")).isEqualTo("$LATEST");
    assertThat(answer.get("/TracingConfig/Mode")).isEqualTo("Active");
    assertThat(answer.get("/LoggingConfig"))
        .isEqualTo(
            "{\"LogFormat\":\"JSON\",\"ApplicationLogLevel\":\"INFO\",\"SystemLogLevel\":\"WARN\","
                + "\"LogGroup\":\"/aws/lambda/made\"}");

    var deployed = script.functions.get("made");
    assertThat(deployed.configuration().memorySize()).isEqualTo(256);
    assertThat(deployed.configuration().environment()).containsEntry("KEY", "v");
    assertThat(deployed.configuration().logging().systemLevel()).isEqualTo(LogLevel.WARN);
    assertThat(Files.readString(deployed.code().taskRoot().resolve("lib/helper.py")))
        .isEqualTo("y = 2");

    Answer got = send("GET", FUNCTIONS + "/made", null).expect(200);
    assertThat(got.get("/Configuration/State")).isEqualTo("Active");
    assertThat(got.get("/Configuration/LastUpdateStatus")).isEqualTo("Successful");
    assertThat(got.get("/Configuration/RevisionId")).isEqualTo(answer.get("/RevisionId"));
    assertThat(got.get("/Configuration/StateReason")).isNull();
    assertThat(got.get("/Tags/team")).isEqualTo("a");
    Answer download = sendTo(got.get("/Code/Location"), "GET", null).expect(200);
    assertThat(download.response().body()).isEqualTo(zip);
    send("POST", FUNCTIONS, function("made", zip, ""))
        .refused(409, "ResourceConflictException", "Function already exist: made");
  }

  @Test
  void leavesOutWhatIsNotSet() throws Exception {
    Answer answer = create("plain", "x");
    assertThat(answer.get("/Environment")).isNull();
    assertThat(answer.get("/Layers")).isNull();
    assertThat(answer.get("/Description")).isEmpty();
    assertThat(answer.get("/Timeout")).isEqualTo("3");
    assertThat(answer.get("/MemorySize")).isEqualTo("128");
    assertThat(answer.get("/SnapStart"))
        .isEqualTo("{\"ApplyOn\":\"None\",\"OptimizationStatus\":\"Off\"}");
    assertThat(answer.text()).doesNotContain("null");
    assertThat(send("GET", FUNCTIONS + "/plain", null).get("/Tags")).isNull();
  }

  @Test
  void publishesAtOnceWithTheUnqualifiedArn() throws Exception {
    Answer answer = send("POST", FUNCTIONS, function("pub", code("1"), "\"Publish\":true,"));
    assertThat(answer.get("/Version")).isEqualTo("1");
    assertThat(answer.get("/FunctionArn")).isEqualTo(ARN + "pub");
    assertThat(send("GET", FUNCTIONS + "/pub:1", null).get("/Configuration/FunctionArn"))
        .isEqualTo(ARN + "pub:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Role|\"r1\"|Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular"
            + " expression pattern:"
            + " arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
        "Role|null|Value null at 'role' failed to satisfy constraint: Member must not be null",
        "Architectures|[\"x86_64\",\"arm64\"]|Value '[x86_64, arm64]' at 'architectures' failed to"
            + " satisfy constraint: Member must have length less than or equal to 1",
        "Architectures|[\"X86_64\"]|Value '[X86_64]' at 'architectures' failed to satisfy"
            + " constraint: Member must satisfy constraint: [Member must satisfy enum value set:"
            + " [x86_64, arm64], Member must not be null]",
        "SnapStart|{\"ApplyOn\":\"x\"}|Value 'x' at 'snapStart.applyOn' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [PublishedVersions, None]",
        "Timeout|0|Value '0' at 'timeout' failed to satisfy constraint: Member must have value"
            + " greater than or equal to 1",
        "Timeout|901|Value '901' at 'timeout' failed to satisfy constraint: Member must have value"
            + " less than or equal to 900",
        "MemorySize|127|Value '127' at 'memorySize' failed to satisfy constraint: Member must have"
            + " value greater than or equal to 128",
      })
  void holdsRequestsToTheModel(String member, String value, String message) throws Exception {
    String body =
        function("bad", code("x"), "")
            .replace(
                "\"Role\":\"" + ROLE + "\"",
                member.equals("Role") ? "\"a\":1" : "\"a\":1,\"Role\":\"" + ROLE + "\"")
            .replaceFirst(
                "\\{",
                java.util.regex.Matcher.quoteReplacement("{\"" + member + "\":" + value + ","));
    send("POST", FUNCTIONS, body)
        .refused(400, "ValidationException", "1 validation error detected: " + message);
    assertThat(script.functions).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"Runtime\":\"java8\",|The runtime parameter of java8 is no longer supported for creating"
            + " or updating AWS Lambda functions. We recommend you use a supported runtime while"
            + " creating or updating functions.",
        "\"MemorySize\":10241,|'MemorySize' value failed to satisfy constraint: Member must have"
            + " value less than or equal to 10240",
        "\"Layers\":[\"arn:aws:lambda:us-east-1:000000000000:layer:no:1\"],|Layer version"
            + " arn:aws:lambda:us-east-1:000000000000:layer:no:1 does not exist.",
        "\"Layers\":[\"arn:aws:lambda:eu-west-1:000000000000:layer:no:1\"],|Layers are not in the"
            + " same region as the function. Layers are expected to be in region us-east-1.",
        "\"Environment\":{\"Variables\":{\"AWS_REGION\":\"x\"}},|Lambda was unable to configure"
            + " your environment variables because the environment variables you have provided"
            + " contains reserved keys that are currently not supported for modification. Reserved"
            + " keys used in this request: AWS_REGION",
        "\"Code\":{\"S3Bucket\":\"b\",\"S3Key\":\"k\"},|Error occurred while GetObject. S3 Error"
            + " Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist",
        "\"Code\":{\"ZipFile\":\"bm8gemlw\"},|Could not unzip uploaded file. Please check your"
            + " file, then try to upload again.",
        "\"Code\":{},|Please provide a source for function code.",
      })
  void appliesTheRulesBeyondTheModel(String members, String message) throws Exception {
    String body = function("bad", code("x"), "");
    for (String member : new String[] {"Runtime", "Code"}) {
      if (members.startsWith("\"" + member)) {
        body = body.replaceFirst("\"" + member + "\":(\"[^\"]*\"|\\{[^}]*\\}),?", "");
      }
    }
    body = body.replaceFirst("\\{", java.util.regex.Matcher.quoteReplacement("{" + members));
    send("POST", FUNCTIONS, body.replace(",}", "}"))
        .refused(400, "InvalidParameterValueException", message);
    assertThat(script.functions).isEmpty();
  }

  @Test
  void gathersAllThatTheModelForbids() throws Exception {
    Answer answer = send("POST", FUNCTIONS, "{\"Timeout\":0}").expect(400);
    assertThat(answer.get("/message"))
        .startsWith("4 validation errors detected: Value null at 'functionName'")
        .contains("; Value null at 'role'", "; Value null at 'code'", "; Value '0' at 'timeout'");
  }

  @Test
  void aVariablesNameIsRefusedWithoutItsValue() throws Exception {
    for (String name : new String[] {"V", "_V", "1V", "A-B"}) {
      send(
              "POST",
              FUNCTIONS,
              function(
                  "bad",
                  code("x"),
                  "\"Environment\":{\"Variables\":{\"" + name + "\":\"secret\"}},"))
          .refused(
              400,
              "ValidationException",
              "1 validation error detected: Value at 'environment.variables' failed to satisfy"
                  + " constraint: Map keys must satisfy constraint: [Member must satisfy regular"
                  + " expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]");
    }
  }

  /** newer.md section 2. */
  @Test
  void snapStartIsForSomeRuntimesAndForPublishedVersions() throws Exception {
    create("s", "x");
    String path = FUNCTIONS + "/s/configuration";
    String on = "\"SnapStart\":{\"ApplyOn\":\"PublishedVersions\"}";
    send("PUT", path, "{\"Runtime\":\"nodejs22.x\"," + on + "}")
        .refused(
            400,
            "InvalidParameterValueException",
            "nodejs22.x is not supported for SnapStart enabled functions.");
    send("PUT", path, "{\"Runtime\":\"python3.11\"," + on + "}").expect(400);
    send("PUT", path, "{\"EphemeralStorage\":{\"Size\":513}," + on + "}").expect(400);
    send("PUT", path, "{\"Runtime\":\"java17.al2023\"," + on + "}").expect(200);
    Answer latest = send("PUT", path, "{\"Runtime\":\"python3.12\"," + on + "}").expect(200);
    assertThat(latest.get("/SnapStart/OptimizationStatus")).isEqualTo("Off");
    Answer version = send("POST", FUNCTIONS + "/s/versions", "{}").expect(201);
    assertThat(version.get("/SnapStart"))
        .isEqualTo("{\"ApplyOn\":\"PublishedVersions\",\"OptimizationStatus\":\"On\"}");
    send("PUT", path, "{\"Runtime\":\"nodejs22.x\"}").expect(400);
  }

  @Test
  void measuresTheEnvironmentAsJson() throws Exception {
    String large = "x".repeat(4096);
    Answer answer =
        send(
            "POST",
            FUNCTIONS,
            function(
                "bad",
                code("x"),
                "\"Environment\":{\"Variables\":{\"SMALL\":\"ok\",\"LARGE\":\"" + large + "\"}},"));
    answer.refused(
        400,
        "InvalidParameterValueException",
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided exceeded the 4KB limit. String measured:"
            + " {\"SMALL\":\"ok\",\"LARGE\":\""
            + large
            + "\"}");
  }

  @Test
  void refusesArchivesThatWouldLeaveTheirFolderOrHoldNothing() throws Exception {
    for (String name : new String[] {"../out.py", "a/../../out.py", "/etc/out.py"}) {
      send("POST", FUNCTIONS, function("bad", zip(Map.of(name, "x")), ""))
          .refused(
              400,
              "InvalidParameterValueException",
              "Could not unzip uploaded file. Please check your file, then try to upload again.");
    }
    send("POST", FUNCTIONS, function("bad", zip(Map.of()), "")).expect(400);
  }

  @Test
  void updatesTheCode() throws Exception {
    String before = create("up", "one").get("/RevisionId");
    byte[] zip = code("two");
    String path = FUNCTIONS + "/up/code";
    Answer dry = send("PUT", path, zipBody(zip).replace("}", ",\"DryRun\":true}")).expect(200);
    assertThat(dry.get("/CodeSha256")).isEqualTo(sha256(zip));
    assertThat(send("GET", FUNCTIONS + "/up/configuration", null).get("/RevisionId"))
        .isEqualTo(before);
    send("PUT", path, zipBody(zip).replace("}", ",\"RevisionId\":\"no\"}"))
        .refused(
            412,
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the"
                + " GetFunction/GetAlias API to retrieve the latest Revision Id");
    Answer updated =
        send("PUT", path, zipBody(zip).replace("}", ",\"RevisionId\":\"" + before + "\"}"))
            .expect(200);
    assertThat(updated.get("/LastUpdateStatus")).isEqualTo("InProgress");
    assertThat(updated.get("/State")).isEqualTo("Active");
    assertThat(updated.get("/CodeSha256")).isEqualTo(sha256(zip));
    assertThat(updated.get("/RevisionId")).isNotEqualTo(before);
    assertThat(Files.readString(script.functions.get("up").code().taskRoot().resolve("app.py")))
        .isEqualTo("two");
    assertThat(catalog.records().archives()).isEqualTo(1);
    Answer published =
        send("PUT", path, zipBody(code("three")).replace("}", ",\"Publish\":true}")).expect(200);
    assertThat(published.get("/Version")).isEqualTo("1");
    assertThat(published.get("/FunctionArn")).isEqualTo(ARN + "up:1");
  }

  @Test
  void updatesTheConfiguration() throws Exception {
    create("up", "one");
    Answer updated =
        send(
                "PUT",
                FUNCTIONS + "/up/configuration",
                "{\"Timeout\":9,\"Description\":\"new\",\"Runtime\":\"python3.13\","
                    + "\"DeadLetterConfig\":{\"TargetArn\":\"arn:aws:sqs:us-east-1:000000000000:q\"}}")
            .expect(200);
    assertThat(updated.get("/Timeout")).isEqualTo("9");
    assertThat(updated.get("/Description")).isEqualTo("new");
    assertThat(updated.get("/MemorySize")).isEqualTo("128");
    assertThat(updated.get("/DeadLetterConfig/TargetArn"))
        .isEqualTo("arn:aws:sqs:us-east-1:000000000000:q");
    assertThat(script.functions.get("up").configuration().timeout()).isEqualTo(9);
    assertThat(script.settings.get("up").deadLetterConfig()).endsWith(":q");
    Answer cleared =
        send(
            "PUT",
            FUNCTIONS + "/up/configuration",
            "{\"DeadLetterConfig\":{\"TargetArn\":\"\"},\"Environment\":{\"Variables\":{}}}");
    assertThat(cleared.get("/DeadLetterConfig")).isNull();
    assertThat(cleared.get("/Timeout")).isEqualTo("9");
    send("PUT", FUNCTIONS + "/nobody/configuration", "{}")
        .refused(404, "ResourceNotFoundException", "Function not found: " + ARN + "nobody");
  }

  @Test
  void noticesAChangeMadeElsewhere() throws Exception {
    create("shared", "one");
    Answer before = send("GET", FUNCTIONS + "/shared/configuration", null);
    catalog.replaceCode("shared", Map.of("app.py", "edited".getBytes()));
    Answer after = send("GET", FUNCTIONS + "/shared/configuration", null);
    assertThat(after.get("/RevisionId")).isNotEqualTo(before.get("/RevisionId"));
    assertThat(after.get("/CodeSha256")).isNotEqualTo(before.get("/CodeSha256"));
    Answer function = send("GET", FUNCTIONS + "/shared", null);
    byte[] zip = sendTo(function.get("/Code/Location"), "GET", null).response().body();
    assertThat(sha256(zip)).isEqualTo(after.get("/CodeSha256"));
    assertThat(CodeArchive.unzip(zip, 100)).containsOnlyKeys("app.py");
    assertThat(send("GET", FUNCTIONS + "/shared/configuration", null).text())
        .isEqualTo(after.text());
  }

  @Test
  void listsInPages() throws Exception {
    for (int i = 100; i < 153; i++) {
      create("f" + i, "x");
    }
    Answer first = send("GET", FUNCTIONS + "/", null).expect(200);
    assertThat(first.json().get("Functions")).hasSize(50);
    assertThat(first.text()).doesNotContain("LastUpdateStatus", "\"State\"");
    Answer rest = send("GET", FUNCTIONS + "?Marker=" + first.get("/NextMarker"), null);
    assertThat(rest.json().get("Functions")).hasSize(3);
    assertThat(rest.get("/NextMarker")).isNull();
    Answer few = send("GET", FUNCTIONS + "?MaxItems=2", null);
    assertThat(few.get("/Functions/1/FunctionName")).isEqualTo("f101");
    send("GET", FUNCTIONS + "?MaxItems=0", null).expect(400);
    send("GET", FUNCTIONS + "?Marker=x", null).expect(400);
    send("GET", FUNCTIONS + "?FunctionVersion=invalid", null)
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value 'invalid' at 'functionVersion' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [ALL]");
    publish("f100", "y");
    Answer all = send("GET", FUNCTIONS + "?FunctionVersion=ALL&MaxItems=2", null);
    assertThat(all.get("/Functions/0/FunctionArn")).isEqualTo(ARN + "f100:$LATEST");
    assertThat(all.get("/Functions/1/FunctionArn")).isEqualTo(ARN + "f100:1");
  }

  @Test
  void deletesAFunctionWithEverything() throws Exception {
    create("gone", "one");
    publish("gone", "two");
    send("DELETE", FUNCTIONS + "/gone?Qualifier=$LATEST", null)
        .refused(
            400,
            "InvalidParameterValueException",
            "$LATEST version cannot be deleted without deleting the function.");
    Answer deleted = send("DELETE", FUNCTIONS + "/gone", null).expect(204);
    assertThat(deleted.text()).isEmpty();
    assertThat(script.functions).isEmpty();
    assertThat(catalog.records().archives()).isZero();
    for (String path : new String[] {"", ":1", "/configuration", "/policy"}) {
      assertThat(send("GET", FUNCTIONS + "/gone" + path, null).status()).isEqualTo(404);
    }
    send("DELETE", FUNCTIONS + "/gone", null)
        .refused(404, "ResourceNotFoundException", "Function not found: " + ARN + "gone");
    assertThat(create("gone", "three").get("/Version")).isEqualTo("$LATEST");
    assertThat(publish("gone", "four").get("/Version")).isEqualTo("1");
  }

  @Test
  void tagsFunctions() throws Exception {
    create("t", "x");
    String tags = "/2017-03-31/tags/" + ARN.replace(":", "%3A") + "t";
    send("POST", tags, "{\"Tags\":{\"a\":\"1\",\"b\":\"2\"}}").expect(204);
    assertThat(send("GET", tags, null).get("/Tags")).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    send("DELETE", tags + "?tagKeys=a&tagKeys=c", null).expect(204);
    assertThat(send("GET", tags, null).get("/Tags")).isEqualTo("{\"b\":\"2\"}");
    send("DELETE", tags, null)
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint:"
                + " Member must not be null");
    send("POST", tags, "{\"Tags\":{}}")
        .refused(
            400,
            "InvalidParameterValueException",
            "An error occurred and the request cannot be processed.");
    send("POST", tags + "%3A1", "{\"Tags\":{\"a\":\"1\"}}")
        .refused(
            400,
            "InvalidParameterValueException",
            "Tags on function aliases and versions are not supported. Please specify a function"
                + " ARN.");
    send("GET", tags + "x", null)
        .refused(404, "ResourceNotFoundException", "Function not found: " + ARN + "tx");
  }

  @Test
  void describesTheAccount() throws Exception {
    create("a", "x");
    Answer settings = send("GET", "/2016-08-19/account-settings/", null).expect(200);
    assertThat(settings.get("/AccountLimit/CodeSizeZipped")).isEqualTo("52428800");
    assertThat(settings.get("/AccountUsage/FunctionCount")).isEqualTo("1");
    assertThat(settings.json().at("/AccountUsage/TotalCodeSize").asInt())
        .isEqualTo(code("x").length);
  }

  @Test
  void saysWhatItLacks() throws Exception {
    Answer answer = send("GET", "/2025-11-30/capacity-providers", null).expect(501);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("NotImplementedException");
    assertThat(answer.get("/Message")).startsWith("ListCapacityProviders is not implemented");
    Answer image = send("POST", FUNCTIONS, function("i", code("x"), "\"PackageType\":\"Image\","));
    assertThat(image.expect(501).get("/Message")).contains("container image");
    Answer dotnet =
        send("POST", FUNCTIONS, function("i", code("x"), "").replace("python3.12", "dotnet8"));
    assertThat(dotnet.expect(501).get("/Message")).contains("dotnet8");
    assertThat(script.functions).isEmpty();
  }

  @Test
  void takesAHandlerThatTheRuntimeCanNotCall() throws Exception {
    String body = function("odd", code("x"), "").replace("app.handler", "x");
    assertThat(send("POST", FUNCTIONS, body).expect(201).get("/Handler")).isEqualTo("x");
  }
}
