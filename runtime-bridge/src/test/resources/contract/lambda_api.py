"""AWS's Python SDK against the local service API; any difference is an assertion or SDK error."""
import io, json, sys, urllib.error, urllib.request, zipfile
import boto3
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

endpoint, bootstrap = sys.argv[1], sys.argv[2]
client = boto3.client(
    "lambda", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="local",
    aws_secret_access_key="local", config=Config(retries={"max_attempts": 0}))
role = "arn:aws:iam::000000000000:role/r"


def archive(note):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as out:
        out.write(bootstrap, "bootstrap")
        out.writestr("note.txt", note)
    return data.getvalue()


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as e:
        assert e.response["Error"]["Code"] == code, e.response
        return e.response
    raise AssertionError("not refused with " + code)


made = client.create_function(
    FunctionName="sdk", Runtime="provided.al2023", Handler="init.ok", Role=role,
    Code={"ZipFile": archive("1")}, Timeout=5, Environment={"Variables": {"STAGE": "test"}})
assert made["ResponseMetadata"]["HTTPStatusCode"] == 201 and made["State"] == "Pending", made
client.get_waiter("function_active_v2").wait(FunctionName="sdk")
refused("ResourceConflictException", client.create_function, FunctionName="sdk", Role=role,
        Runtime="provided.al2023", Handler="x", Code={"ZipFile": archive("1")})

result = client.invoke(FunctionName="sdk", Payload=b'{"a":1}', LogType="Tail")
assert json.loads(result["Payload"].read()) == {"a": 1} and "LogResult" in result, result
assert result["ExecutedVersion"] == "$LATEST" and "FunctionError" not in result
assert client.invoke(FunctionName="sdk", InvocationType="DryRun")["StatusCode"] == 204
events = list(client.invoke_with_response_stream(FunctionName="sdk", Payload=b'{"b":2}')["EventStream"])
assert json.loads(events[0]["PayloadChunk"]["Payload"]) == {"b": 2}, events
assert "InvokeComplete" in events[-1], events

assert client.publish_version(FunctionName="sdk", Description="one")["Version"] == "1"
client.update_function_code(FunctionName="sdk", ZipFile=archive("2"))
client.get_waiter("function_updated_v2").wait(FunctionName="sdk")
assert client.publish_version(FunctionName="sdk")["Version"] == "2"
client.get_waiter("published_version_active").wait(FunctionName="sdk", Qualifier="2")
client.create_alias(FunctionName="sdk", Name="live", FunctionVersion="1",
                    RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}})
seen = {client.invoke(FunctionName="sdk", Qualifier="live", Payload=b"1")["ExecutedVersion"]
        for _ in range(40)}
assert seen == {"1", "2"}, seen
versions = [v["Version"] for page in client.get_paginator("list_versions_by_function").paginate(
    FunctionName="sdk", PaginationConfig={"PageSize": 1}) for v in page["Versions"]]
assert versions == ["$LATEST", "1", "2"], versions
refused("ResourceConflictException", client.delete_function, FunctionName="sdk", Qualifier="1")

code = client.get_function(FunctionName="sdk", Qualifier="1")["Code"]["Location"]
with zipfile.ZipFile(io.BytesIO(urllib.request.urlopen(code).read())) as kept:
    assert kept.read("note.txt") == b"1"

layer = client.publish_layer_version(LayerName="l", Content={"ZipFile": archive("layer")})
client.update_function_configuration(FunctionName="sdk", Layers=[layer["LayerVersionArn"]], Timeout=9)
assert client.get_function_configuration(FunctionName="sdk")["Layers"][0]["Arn"] == layer["LayerVersionArn"]
assert client.list_layers()["Layers"][0]["LatestMatchingVersion"]["Version"] == 1
client.put_function_event_invoke_config(FunctionName="sdk", MaximumRetryAttempts=0)
assert client.get_function_event_invoke_config(FunctionName="sdk")["MaximumRetryAttempts"] == 0
client.put_function_concurrency(FunctionName="sdk", ReservedConcurrentExecutions=5)
assert client.get_function_concurrency(FunctionName="sdk")["ReservedConcurrentExecutions"] == 5
client.tag_resource(Resource=made["FunctionArn"], Tags={"team": "a"})
assert client.list_tags(Resource=made["FunctionArn"])["Tags"] == {"team": "a"}

url = client.create_function_url_config(FunctionName="sdk", AuthType="NONE")["FunctionUrl"]
for action in ("InvokeFunctionUrl", "InvokeFunction"):
    client.add_permission(FunctionName="sdk", StatementId=action, Action="lambda:" + action, Principal="*")
assert json.loads(client.get_policy(FunctionName="sdk")["Policy"])["Statement"][0]["Principal"] == "*"
event = json.loads(urllib.request.urlopen(url + "a?b=c").read())
assert event["rawPath"] == "/a" and event["version"] == "2.0", event


def signed(path, secret="local", signer=SigV4Auth, body=b"{}", **more):
    """Calls the URL with a request that botocore signed; answers status, body."""
    request = AWSRequest("POST", url + path, data=body, headers={"X-Odd": " a   b "})
    signer(Credentials("local", secret), "lambda", "us-east-1", **more).add_auth(request)
    prepared = request.prepare()
    try:
        with urllib.request.urlopen(urllib.request.Request(
                prepared.url, body, dict(prepared.headers), method="POST")) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as e:
        return e.code, json.loads(e.read())


client.update_function_url_config(FunctionName="sdk", AuthType="AWS_IAM")
status, event = signed("a%20b%2Fc//d/./~x(1)?q=%20z&a=1&q=%2B&empty")
assert status == 200, event
assert event["requestContext"]["authorizer"]["iam"]["accessKey"] == "local", event
status, event = signed("q?x=1", signer=SigV4QueryAuth, body=b"", expires=60)
assert status == 200 and event["requestContext"]["authorizer"]["iam"]["accessKey"] == "local", event
status, refusal = signed("a", secret="wrong")
assert status == 403 and "does not match the signature" in refusal["Message"], refusal
client.update_function_url_config(FunctionName="sdk", AuthType="NONE")

refused("ResourceNotFoundException", client.invoke, FunctionName="nobody")
assert refused("NotImplementedException", client.list_capacity_providers)["ResponseMetadata"]["HTTPStatusCode"] == 501
assert [f["FunctionName"] for f in client.list_functions()["Functions"]] == ["fn", "sdk"]
assert client.get_account_settings()["AccountUsage"]["FunctionCount"] == 2
client.delete_function(FunctionName="sdk")
refused("ResourceNotFoundException", client.get_function, FunctionName="sdk")
print("all answers are as the SDK expects them")
