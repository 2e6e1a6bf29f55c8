// AWS's JavaScript SDK against the local service API; any difference is an assertion or SDK error.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as sdk from '@aws-sdk/client-lambda';

const [endpoint, zipOne, zipTwo] = process.argv.slice(2);
const client = new sdk.LambdaClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
});
const FunctionName = 'js';
const send = (name, input = {}) => client.send(new sdk[name + 'Command']({ FunctionName, ...input }));
const text = (bytes) => Buffer.from(bytes).toString();
const refused = async (type, promise) => {
  const error = await promise.then(() => assert.fail('not refused with ' + type), (e) => e);
  assert.equal(error.name, type, error.stack);
  assert.ok(error instanceof sdk.LambdaServiceException && error.$metadata.requestId, error.stack);
  return error;
};
const waiter = { client, maxWaitTime: 20, minDelay: 1 };

const made = await send('CreateFunction', {
  Runtime: 'nodejs20.x',
  Handler: 'index.handler',
  Role: 'arn:aws:iam::000000000000:role/r',
  Code: { ZipFile: fs.readFileSync(zipOne) },
  MemorySize: 256,
  Timeout: 20,
  Environment: { Variables: { STAGE: 'test' } },
});
assert.equal(made.$metadata.httpStatusCode, 201);
assert.equal(made.State, 'Pending');
await sdk.waitUntilFunctionActiveV2(waiter, { FunctionName });
await refused('ResourceConflictException', send('CreateFunction', {
  Runtime: 'nodejs20.x', Handler: 'x', Role: made.Role, Code: { ZipFile: fs.readFileSync(zipOne) } }));

let result = await send('Invoke', {
  Payload: JSON.stringify({ a: 'é' }),
  LogType: 'Tail',
  ClientContext: Buffer.from(JSON.stringify({ custom: { k: 'v' } })).toString('base64'),
});
assert.deepEqual(JSON.parse(text(result.Payload)), { event: { a: 'é' }, stage: 'test', custom: { k: 'v' } });
assert.equal(result.ExecutedVersion, '$LATEST');
assert.match(Buffer.from(result.LogResult, 'base64').toString(), /REPORT RequestId: /);
result = await send('Invoke', { Payload: '{"fail":"on purpose"}' });
assert.equal(result.FunctionError, 'Unhandled');
assert.equal(JSON.parse(text(result.Payload)).errorMessage, 'on purpose');
assert.equal((await send('Invoke', { InvocationType: 'DryRun' })).StatusCode, 204);
assert.equal((await send('Invoke', { InvocationType: 'Event', Payload: '{}' })).StatusCode, 202);
await refused('InvalidRequestContentException', send('Invoke', { Payload: '{' }));
await refused('ResourceNotFoundException', send('Invoke', { Qualifier: 'nobody' }));

assert.equal((await send('PublishVersion', { Description: 'one' })).Version, '1');
await send('UpdateFunctionCode', { ZipFile: fs.readFileSync(zipTwo) });
await sdk.waitUntilFunctionUpdatedV2(waiter, { FunctionName });
const streamed = await send('InvokeWithResponseStream', { Payload: '{"n":3}', LogType: 'Tail' });
const parts = [];
let complete;
for await (const event of streamed.EventStream) {
  if (event.PayloadChunk) parts.push(text(event.PayloadChunk.Payload));
  if (event.InvokeComplete) complete = event.InvokeComplete;
}
assert.equal(parts.join(''), '0,1,2,');
assert.ok(parts.length > 1, 'in more than one part');
assert.equal(complete.ErrorCode ?? null, null);
assert.match(Buffer.from(complete.LogResult, 'base64').toString(), /END RequestId: /);
const broken = await send('InvokeWithResponseStream', { Payload: '{"n":1,"fail":"mid"}' });
for await (const event of broken.EventStream) {
  if (event.InvokeComplete) complete = event.InvokeComplete;
}
assert.equal(complete.ErrorCode, 'Error');
assert.equal(JSON.parse(complete.ErrorDetails).errorMessage, 'mid');

assert.equal((await send('PublishVersion')).Version, '2');
await sdk.waitUntilPublishedVersionActive(waiter, { FunctionName, Qualifier: '2' });
await send('CreateAlias', {
  Name: 'live', FunctionVersion: '2', RoutingConfig: { AdditionalVersionWeights: { 1: 0.25 } } });
assert.deepEqual((await send('GetAlias', { Name: 'live' })).RoutingConfig, { AdditionalVersionWeights: { 1: 0.25 } });
const moved = await send('UpdateAlias', { Name: 'live', FunctionVersion: '1', RoutingConfig: {} });
assert.equal(moved.FunctionVersion, '1');
assert.equal((await send('Invoke', { Qualifier: 'live' })).ExecutedVersion, '1');
const versions = [];
for await (const page of sdk.paginateListVersionsByFunction({ client, pageSize: 1 }, { FunctionName })) {
  versions.push(...page.Versions.map((v) => v.Version));
}
assert.deepEqual(versions, ['$LATEST', '1', '2']);

const layer = await client.send(new sdk.PublishLayerVersionCommand({
  LayerName: 'l', Content: { ZipFile: fs.readFileSync(zipOne) }, CompatibleRuntimes: ['nodejs20.x'] }));
assert.ok(layer.Content.CodeSize > 0 && layer.Version === 1);
await send('UpdateFunctionConfiguration', { Layers: [layer.LayerVersionArn] });
await sdk.waitUntilFunctionUpdatedV2(waiter, { FunctionName });
assert.equal((await send('GetFunctionConfiguration')).Layers[0].Arn, layer.LayerVersionArn);

const destination = { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:dead' } };
await send('PutFunctionEventInvokeConfig', { MaximumRetryAttempts: 1, DestinationConfig: destination });
const config = await send('GetFunctionEventInvokeConfig');
assert.ok(config.LastModified instanceof Date && Math.abs(config.LastModified - Date.now()) < 60_000);
assert.equal(config.DestinationConfig.OnFailure.Destination, destination.OnFailure.Destination);
await send('PutFunctionConcurrency', { ReservedConcurrentExecutions: 0 });
const throttled = await refused('TooManyRequestsException', send('Invoke'));
assert.equal(throttled.Reason, 'ReservedFunctionConcurrentInvocationLimitExceeded');
await send('DeleteFunctionConcurrency');

const url = await send('CreateFunctionUrlConfig', { AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM' });
assert.equal((await fetch(url.FunctionUrl)).status, 403);
assert.equal((await send('GetFunctionUrlConfig')).InvokeMode, 'RESPONSE_STREAM');
await send('AddPermission', { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' });
assert.equal(JSON.parse((await send('GetPolicy')).Policy).Statement[0].Sid, 's');
await send('TagResource', { Resource: made.FunctionArn, Tags: { team: 'a' } });
assert.deepEqual((await send('ListTags', { Resource: made.FunctionArn })).Tags, { team: 'a' });

const many = await refused('ValidationException', send('UpdateFunctionConfiguration', { MemorySize: 1 }));
assert.match(many.message, /'memorySize'/);
assert.equal((await send('GetAccountSettings')).AccountUsage.FunctionCount, 2);
await send('DeleteFunction');
await refused('ResourceNotFoundException', send('GetFunction'));
console.log('all answers are as the SDK expects them');
