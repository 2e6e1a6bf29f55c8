package dev.hearth.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Layers, resource policies and the records beside them (invoke-api.md sections 5, 6 and 10). */
class LayerAndPolicyApiTest extends ApiTestBase {
  private static final String LAYERS = "/2018-10-31/layers";
  private static final String LAYER_ARN = "arn:aws:lambda:us-east-1:000000000000:layer:";

  private Answer publishLayer(String name, String members) throws Exception {
    return send(
        "POST",
        LAYERS + "/" + name + "/versions",
        "{" + members + "\"Content\":{\"ZipFile\":\"" + base64(code("layer")) + "\"}}");
  }

  @Test
  void publishesListsAndDeletesLayers() throws Exception {
    Answer one =
        publishLayer("l", "\"CompatibleRuntimes\":[\"python3.12\"],\"Description\":\"d\",")
            .expect(201);
    assertThat(one.get("/LayerVersionArn")).isEqualTo(LAYER_ARN + "l:1");
    assertThat(one.get("/Version")).isEqualTo("1");
    byte[] content = sendTo(one.get("/Content/Location"), "GET", null).response().body();
    assertThat(content).isEqualTo(code("layer"));
    publishLayer("l", "").expect(201);
    publishLayer("k", "").expect(201);
    Answer versions = send("GET", LAYERS + "/l/versions", null).expect(200);
    assertThat(versions.get("/LayerVersions/0/Version")).isEqualTo("2");
    assertThat(versions.json().get("LayerVersions")).hasSize(2);
    Answer layers = send("GET", LAYERS, null).expect(200);
    assertThat(layers.json().get("Layers").findValuesAsString("LayerName"))
        .containsExactly("k", "l");
    Answer matching = send("GET", LAYERS + "?CompatibleRuntime=python3.12", null);
    assertThat(matching.get("/Layers/0/LatestMatchingVersion/Version")).isEqualTo("1");
    String byArn = LAYERS + "?find=LayerVersion&Arn=" + LAYER_ARN.replace(":", "%3A") + "l%3A1";
    assertThat(send("GET", byArn, null).expect(200).get("/Description")).isEqualTo("d");
    send("DELETE", LAYERS + "/l/versions/2", null).expect(204);
    send("DELETE", LAYERS + "/l/versions/2", null).expect(204);
    assertThat(publishLayer("l", "").get("/Version")).isEqualTo("3");
    send("GET", LAYERS + "/l/versions/0", null)
        .refused(400, "InvalidParameterValueException", "Layer Version Cannot be less than 1");
    send("GET", LAYERS + "?CompatibleArchitecture=no", null)
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value 'no' at 'compatibleArchitecture' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [x86_64, arm64]");
  }

  @Test
  void aFunctionHasLayersEvenAfterTheyAreDeleted() throws Exception {
    publishLayer("l", "");
    publishLayer("l", "\"Description\":\"2\",");
    create("f", "x");
    String path = FUNCTIONS + "/f/configuration";
    Answer with = send("PUT", path, "{\"Layers\":[\"" + LAYER_ARN + "l:1\"]}").expect(200);
    assertThat(with.get("/Layers/0/Arn")).isEqualTo(LAYER_ARN + "l:1");
    assertThat(plane.layersOf("f")).hasSize(1);
    assertThat(plane.layersOf("f").getFirst().folder().resolve("app.py")).hasContent("layer");
    send("DELETE", LAYERS + "/l/versions/1", null).expect(204);
    assertThat(send("PUT", path, "{\"Timeout\":5}").get("/Layers/0/Arn"))
        .isEqualTo(LAYER_ARN + "l:1");
    assertThat(send("POST", FUNCTIONS + "/f/versions", "{}").get("/Layers/0/Arn"))
        .isEqualTo(LAYER_ARN + "l:1");
    assertThat(plane.version("f", "1").orElseThrow().layers()).hasSize(1);
    send("PUT", path, "{\"Layers\":[\"" + LAYER_ARN + "l:2\",\"" + LAYER_ARN + "l:1\"]}")
        .refused(
            400,
            "InvalidParameterValueException",
            "Two different versions of the same layer are not allowed to be referenced in the same"
                + " function. "
                + LAYER_ARN
                + "l:2 and "
                + LAYER_ARN
                + "l:1 are versions of the same layer.");
    assertThat(send("PUT", path, "{\"Layers\":[]}").get("/Layers")).isNull();
  }

  @Test
  void keepsPoliciesInLambdasForm() throws Exception {
    create("f", "x");
    String path = FUNCTIONS + "/f/policy";
    Answer added =
        send(
                "POST",
                path,
                "{\"StatementId\":\"s3\",\"Action\":\"lambda:InvokeFunction\",\"Principal\":"
                    + "\"s3.amazonaws.com\",\"SourceArn\":\"arn:aws:s3:::b\","
                    + "\"SourceAccount\":\"111111111111\"}")
            .expect(201);
    assertThat(added.get("/Statement"))
        .isEqualTo(
            "{\"Sid\":\"s3\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                + "\"s3.amazonaws.com\"},\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
                + ARN
                + "f\",\"Condition\":{\"StringEquals\":{\"AWS:SourceAccount\":\"111111111111\"},"
                + "\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:s3:::b\"}}}");
    String account =
        "{\"StatementId\":\"acc\",\"Action\":\"lambda:InvokeFunction\",\"Principal\":"
            + "\"222222222222\"}";
    send("POST", path, account).expect(201);
    send("POST", path, account)
        .refused(
            409,
            "ResourceConflictException",
            "The statement id (acc) provided already exists. Please provide a new statement id, or"
                + " remove the existing statement.");
    JsonNode policy = Json.read(send("GET", path, null).expect(200).get("/Policy"), JsonNode.class);
    assertThat(policy.at("/Id").asString()).isEqualTo("default");
    assertThat(policy.at("/Statement/1/Principal/AWS").asString())
        .isEqualTo("arn:aws:iam::222222222222:root");
    send("DELETE", path + "/none", null)
        .refused(
            404, "ResourceNotFoundException", "Statement none is not found in resource policy.");
    send("DELETE", path + "/s3", null).expect(204);
    send("DELETE", path + "/acc", null).expect(204);
    send("DELETE", path + "/acc", null)
        .refused(
            404, "ResourceNotFoundException", "No policy is associated with the given resource.");
    send("GET", path, null).expect(404);
    send("POST", path + "?Qualifier=$LATEST", account)
        .refused(
            400,
            "InvalidParameterValueException",
            "We currently do not support adding policies for $LATEST.");
    send("POST", path + "?Qualifier=gone", account)
        .refused(404, "ResourceNotFoundException", "Cannot find alias arn: " + ARN + "f:gone");
    send("POST", path, account.replace("222222222222", "nobody"))
        .refused(
            400,
            "InvalidParameterValueException",
            "The provided principal was invalid. Please check the principal and try again.");
  }

  @Test
  void keepsLayerPolicies() throws Exception {
    publishLayer("l", "");
    String path = LAYERS + "/l/versions/1/policy";
    String body =
        "{\"StatementId\":\"s1\",\"Action\":\"lambda:GetLayerVersion\",\"Principal\":\"*\"}";
    Answer added = send("POST", path, body).expect(201);
    assertThat(added.get("/RevisionId")).hasSize(36);
    assertThat(send("GET", path, null).expect(200).get("/Policy")).contains(LAYER_ARN + "l:1");
    send("POST", path, body.replace("lambda:GetLayerVersion", "*"))
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value '*' at 'action' failed to satisfy constraint:"
                + " Member must satisfy regular expression pattern: lambda:GetLayerVersion");
    send("POST", path + "?RevisionId=wrong", body.replace("s1", "s2"))
        .refused(
            412,
            "PreconditionFailedException",
            "The Revision Id provided does not match the latest Revision Id. Call the"
                + " GetLayerPolicy API to retrieve the latest Revision Id");
    send("DELETE", path + "/s1", null).expect(204);
    send("POST", LAYERS + "/l/versions/2/policy", body)
        .refused(
            404, "ResourceNotFoundException", "Layer version " + LAYER_ARN + "l:2 does not exist.");
  }

  @Test
  void keepsTheSmallRecords() throws Exception {
    create("f", "x");
    String recursion = "/2024-08-31/functions/f/recursion-config";
    assertThat(send("GET", recursion, null).get("/RecursiveLoop")).isEqualTo("Terminate");
    send("PUT", recursion, "{\"RecursiveLoop\":\"Allow\"}").expect(200);
    assertThat(send("GET", recursion, null).get("/RecursiveLoop")).isEqualTo("Allow");
    send("PUT", recursion, "{\"RecursiveLoop\":\"InvalidValue\"}")
        .refused(
            400,
            "ValidationException",
            "1 validation error detected: Value 'InvalidValue' at 'recursiveLoop' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [Terminate, Allow]");
    String management = "/2021-07-20/functions/f/runtime-management-config";
    assertThat(send("GET", management, null).get("/UpdateRuntimeOn")).isEqualTo("Auto");
    send("PUT", management, "{\"UpdateRuntimeOn\":\"FunctionUpdate\"}").expect(200);
    assertThat(send("GET", management, null).get("/UpdateRuntimeOn")).isEqualTo("FunctionUpdate");
    String configs = "/2020-04-22/code-signing-configs";
    Answer config =
        send(
                "POST",
                configs,
                "{\"AllowedPublishers\":{\"SigningProfileVersionArns\":"
                    + "[\"arn:aws:signer:us-east-1:0:/p\"]}}")
            .expect(201);
    String arn = config.get("/CodeSigningConfig/CodeSigningConfigArn");
    assertThat(arn).matches("arn:aws:lambda:us-east-1:0+:code-signing-config:csc-[a-z0-9]{17}");
    String ofFunction = "/2020-06-30/functions/f/code-signing-config";
    send("PUT", ofFunction, "{\"CodeSigningConfigArn\":\"" + arn + "\"}").expect(200);
    send("PUT", ofFunction, "{\"CodeSigningConfigArn\":\"" + arn + "x\"}")
        .refused(
            404,
            "CodeSigningConfigNotFoundException",
            "The code signing configuration cannot be found. Check that the provided configuration"
                + " is not deleted: "
                + arn
                + "x.");
    send("DELETE", configs + "/" + arn.replace(":", "%3A"), null).expect(409);
    send("DELETE", ofFunction, null).expect(204);
    send("DELETE", configs + "/" + arn.replace(":", "%3A"), null).expect(204);
  }

  @Test
  void keepsEventSourceMappings() throws Exception {
    create("f", "x");
    String path = "/2015-03-31/event-source-mappings";
    String body =
        "{\"FunctionName\":\"f\",\"EventSourceArn\":\"arn:aws:sqs:us-east-1:000000000000:q\"}";
    Answer made = send("POST", path, body).expect(202);
    assertThat(made.get("/State")).isEqualTo("Creating");
    assertThat(made.get("/BatchSize")).isEqualTo("10");
    assertThat(made.get("/StateTransitionReason")).isEqualTo("USER_INITIATED");
    assertThat(made.get("/FunctionArn")).isEqualTo(ARN + "f");
    assertThat(made.json().get("LastModified").isDouble()).isTrue();
    String uuid = made.get("/UUID");
    assertThat(send("GET", path + "/" + uuid, null).get("/State")).isEqualTo("Enabled");
    send("POST", path, body)
        .refused(
            409,
            "ResourceConflictException",
            "An event source mapping with SQS arn (\" arn:aws:sqs:us-east-1:000000000000:q \") and"
                + " function (\" f \") already exists. Please update or delete the existing mapping"
                + " with UUID "
                + uuid);
    assertThat(send("GET", path + "?FunctionName=f", null).json().get("EventSourceMappings"))
        .hasSize(1);
    assertThat(send("PUT", path + "/" + uuid, "{\"Enabled\":false,\"BatchSize\":3}").get("/State"))
        .isEqualTo("Updating");
    assertThat(send("GET", path + "/" + uuid, null).get("/State")).isEqualTo("Disabled");
    assertThat(send("DELETE", path + "/" + uuid, null).expect(202).get("/State"))
        .isEqualTo("Deleting");
    send("GET", path + "/" + uuid, null).expect(404);
    send("POST", path, "{\"FunctionName\":\"f\"}")
        .refused(400, "InvalidParameterValueException", "Unrecognized event source.");
    send("POST", path, body.replace("\"f\"", "\"nobody\""))
        .refused(400, "InvalidParameterValueException", "Function does not exist");
    send("POST", path, body.replace("sqs", "kinesis"))
        .refused(
            400,
            "InvalidParameterValueException",
            "1 validation error detected: Value null at 'startingPosition' failed to satisfy"
                + " constraint: Member must not be null.");
  }
}
