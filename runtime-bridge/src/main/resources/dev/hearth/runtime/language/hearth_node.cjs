'use strict';

// Hearth's client of the Lambda Runtime API for Node.js 18 and later.
//
// Runs a handler the way AWS's own client does: like its version 3 for the runtimes up to nodejs22.x (callbacks,
// the wait for an empty event loop, exits 128 and 129) and like its version 4 from nodejs24.x on (promises only).
// A plain socket and late requires keep the cold start short.

const BOOT = process.hrtime.bigint();

const fs = require('fs');
const net = require('net');
const path = require('path');

const env = process.env;
const RUNTIME = /nodejs(\d+)\.x$/.exec(env.AWS_EXECUTION_ENV ?? '');
const MAJOR = RUNTIME ? Number(RUNTIME[1]) : Number(process.versions.node.split('.')[0]);
const PROMISES_ONLY = MAJOR >= 24;
const DELETE = /\x7f/g;

// --- Log text -------------------------------------------------------------------------------------------------

const LEVELS = { TRACE: 1, DEBUG: 2, INFO: 3, WARN: 4, ERROR: 5, FATAL: 6 };
const JSON_LOG = env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
let requestId = PROMISES_ONLY ? '-' : undefined;
let tenantId;

/** One log event: a line on stdout, with carriage returns for the line breaks inside it. */
function writeEvent(text) {
  let rest = Buffer.from(text.replace(/\n/g, '\r') + '\n');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(1, rest));
    } catch (e) {
      if (e.code !== 'EAGAIN') throw e;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); // the pipe is full
    }
  }
}

function log(level, message, params) {
  const time = new Date().toISOString();
  if (JSON_LOG) {
    writeEvent(jsonEvent(time, level, message, params));
  } else {
    writeEvent(`${time}\t${requestId}\t${level}\t${require('util').format(message, ...params)}`);
  }
}

function jsonEvent(time, level, message, params) {
  const event = { timestamp: time, level, requestId };
  if (tenantId) event.tenantId = tenantId;
  if (params.length === 0) {
    event.message = message;
    try {
      return JSON.stringify(event, (_, value) => (value instanceof Error ? errorFields(value, true) : value));
    } catch {
      event.message = require('util').format(message);
      return JSON.stringify(event);
    }
  }
  event.message = require('util').format(message, ...params);
  const error = params.find((param) => param instanceof Error);
  return JSON.stringify(error ? Object.assign(event, errorFields(error, false)) : event);
}

function errorFields(error, withOwn) {
  const fields = {
    errorType: error.constructor?.name ?? 'UnknownError',
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? traceOf(error) : [],
  };
  return withOwn ? Object.assign(fields, error) : fields;
}

function patchConsole() {
  const least = LEVELS[env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase()] ?? LEVELS.TRACE;
  const method = (level) =>
    LEVELS[level] >= least ? (message, ...params) => log(level, message, params) : () => {};
  for (const level of Object.keys(LEVELS)) console[level.toLowerCase()] = method(level);
  console.log = console.info;
}

/** The line that AWS's client writes for an error of the function. */
function logError(title, thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (JSON_LOG) console.error(error);
  else console.error(title, '\t' + describeForLog(error));
}

function describeForLog(error) {
  const withHiddenFields = (_, value) => {
    if (!(value instanceof Error)) return value;
    const shown = { errorType: value.name, errorMessage: value.message, code: value.code };
    Object.assign(shown, value);
    if (typeof value.stack === 'string') shown.stack = traceOf(value);
    return shown;
  };
  try {
    return JSON.stringify(error, withHiddenFields);
  } catch {
    return JSON.stringify(payloadOf(error));
  }
}

// --- Errors ---------------------------------------------------------------------------------------------------

function fault(kind, message, stackOf) {
  const error = new Error(message);
  // An own name shows in the log line, which only the second generation has.
  Object.defineProperty(error, 'name', { value: 'Runtime.' + kind, enumerable: PROMISES_ONLY });
  if (stackOf) error.stack = stackOf.stack;
  else error.stack = error.stack.replace(/^Error/, 'Runtime.' + kind);
  return error;
}

/** The lines of the stack down to the first frame of this file: from there on it is not the user's. */
function traceOf(error) {
  const lines = error.stack.split('\n');
  const end = lines.findIndex((line) => line.startsWith('    at ') && line.includes(__filename));
  return end < 0 ? lines : lines.slice(0, end);
}

function payloadOf(error) {
  try {
    if (error instanceof Error || require('util').types.isNativeError(error)) {
      return {
        errorType: error.name?.replace(DELETE, '%7F'),
        errorMessage: error.message?.replace(DELETE, '%7F'),
        trace: error.stack ? traceOf(error).map((line) => line.replace(DELETE, '%7F')) : [],
      };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      trace: [],
    };
  }
}

function xrayCause(error) {
  try {
    const lines = traceOf(error).slice(1);
    const stack = lines.map((text) => {
      const place = /^\s*at (?:(.*) \()?(.*?):(\d+)(?::\d+)?\)?$/.exec(text);
      return place
        ? { path: place[2], line: Number(place[3]), label: place[1] ?? 'anonymous' }
        : { path: text.trim(), line: 0, label: 'anonymous' };
    });
    const cause = {
      working_directory: process.cwd(),
      exceptions: [{ type: error.name, message: error.message, stack }],
      paths: [...new Set(stack.map((frame) => frame.path))],
    };
    const escape = (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0');
    return JSON.stringify(cause).replace(/[^ -~]/g, escape);
  } catch {
    return '';
  }
}

// --- The Runtime API ------------------------------------------------------------------------------------------

/**
 * One kept-alive connection; each request is one write, and may follow another before that one is answered. The socket
 * holds the event loop only while an answer is awaited: a handler that leaves nothing to wait for must be seen.
 */
class RuntimeApi {
  constructor(address) {
    const colon = address.lastIndexOf(':');
    this.common = `Host: ${address}\r\nUser-Agent: hearth-node/${process.versions.node}\r\n`;
    this.received = [];
    this.awaited = [];
    this.socket = net.connect({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)), noDelay: true });
    this.socket.unref();
    this.socket.on('data', (chunk) => this.receive(chunk));
    // Hearth is gone; nobody is left to answer.
    this.socket.on('close', () => process.exit(1));
    this.socket.on('error', () => process.exit(1));
  }

  next(phases) {
    const extra = phases ? `Hearth-Init-Phases: ${phases.join()}\r\n` : '';
    return this.exchange(this.head('GET', 'invocation/next', extra) + '\r\n').then((answer) => {
      if (answer.status !== 200) throw new Error(`The Runtime API refused to give an event: ${answer.status} ${answer.body}`);
      return answer;
    });
  }

  /** Posts the result; nobody needs to wait for what the Runtime API says to it. */
  respond(id, value) {
    let body;
    try {
      body = JSON.stringify(value === undefined ? null : value) ?? 'null';
    } catch {
      throw PROMISES_ONLY
        ? fault('JSONStringifyError', 'Unable to stringify response body')
        : new Error('Unable to stringify response body');
    }
    return this.post(`invocation/${encodeURIComponent(id)}/response`, body, '');
  }

  fail(id, error) {
    const payload = payloadOf(error);
    const cause = error instanceof Error ? xrayCause(error) : '';
    let extra = errorTypeHeader(payload);
    if (cause && cause.length < 1024 * 1024) extra += `Lambda-Runtime-Function-XRay-Error-Cause: ${cause}\r\n`;
    return this.post(`invocation/${encodeURIComponent(id)}/error`, JSON.stringify(payload), extra);
  }

  failInit(error, phases) {
    const payload = payloadOf(error);
    const extra = errorTypeHeader(payload) + `Hearth-Init-Phases: ${phases.join()}\r\n`;
    return this.post('init/error', JSON.stringify(payload), extra);
  }

  reportImports(body) {
    const fields = `${this.common}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return this.exchange(`POST /hearth/imports HTTP/1.1\r\n${fields}` + body);
  }

  post(where, body, extra) {
    const fields = `Content-Type: application/json\r\n${extra}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return this.exchange(this.head('POST', where, fields) + body);
  }

  head(method, where, extra) {
    return `${method} /2018-06-01/runtime/${where} HTTP/1.1\r\n${this.common}${extra}`;
  }

  exchange(request) {
    return new Promise((resolve) => {
      this.await(resolve);
      this.socket.write(request);
    });
  }

  await(resolve) {
    this.socket.ref();
    this.awaited.push(resolve);
  }

  receive(chunk) {
    this.received.push(chunk);
    let data = this.received.length === 1 ? chunk : Buffer.concat(this.received);
    for (let taken = this.take(data); taken > 0; taken = this.take(data)) data = data.subarray(taken);
    this.received = data.length === 0 ? [] : [data];
  }

  /** Hands on the answer that the data begins with; says how long it is, and 0 when it is not all there yet. */
  take(data) {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    const length = /\r\ncontent-length: *(\d+)/i.exec(data.latin1Slice(0, end));
    const total = end + 4 + (length ? Number(length[1]) : 0);
    if (data.length < total) return 0;
    const resolve = this.awaited.shift();
    if (this.awaited.length === 0) this.socket.unref();
    const [statusLine, ...lines] = data.utf8Slice(0, end).split('\r\n');
    const headers = {};
    for (const line of lines) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    resolve({ status: Number(statusLine.split(' ')[1]), headers, body: data.utf8Slice(end + 4, total) });
    return total;
  }
}

function errorTypeHeader(payload) {
  return `Lambda-Runtime-Function-Error-Type: ${String(payload.errorType).replace(/[^ -~]/g, '?')}\r\n`;
}

// --- Response streaming ---------------------------------------------------------------------------------------

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

function setUpGlobals() {
  if (env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA === '1' || env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA === 'true') return;
  globalThis.awslambda = {
    ...globalThis.awslambda,
    streamifyResponse(handler, options) {
      handler[STREAMING] = 'response';
      if (typeof options?.highWaterMark === 'number') handler[HIGH_WATER_MARK] = Math.trunc(options.highWaterMark);
      return handler;
    },
    HttpResponseStream: class HttpResponseStream {
      static from(stream, prelude) {
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        const text = JSON.stringify(prelude);
        stream._onBeforeFirstWrite = (write) => write(Buffer.concat([Buffer.from(text), Buffer.alloc(8)]));
        return stream;
      }
    },
  };
}

/** The response of one invocation as a writable stream of HTTP chunks. */
function openResponseStream(api, id, highWaterMark) {
  const { Writable } = require('stream');
  let contentType = 'application/octet-stream';
  let started = false;
  let trailers = '';
  const begin = () => {
    if (started) return;
    started = true;
    api.socket.write(
      api.head('POST', `invocation/${encodeURIComponent(id)}/response`, '') +
        `Lambda-Runtime-Function-Response-Mode: streaming\r\nContent-Type: ${contentType}\r\nTransfer-Encoding: chunked\r\n` +
        'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n',
    );
  };
  const sendChunk = (data, done) => {
    begin();
    if (data.length === 0) return done?.();
    api.socket.cork();
    api.socket.write(data.length.toString(16) + '\r\n');
    api.socket.write(data);
    api.socket.write('\r\n', done);
    api.socket.uncork();
  };
  let answered;
  const answer = new Promise((resolve) => (answered = resolve));
  const stream = new Writable({
    highWaterMark,
    write(chunk, _encoding, done) {
      sendChunk(chunk, done);
    },
    final(done) {
      begin();
      api.await(answered);
      api.socket.write(`0\r\n${trailers}\r\n`, done);
    },
  });
  const write = stream.write.bind(stream);
  let written = false;
  stream.write = (chunk, encoding, callback) => {
    if (!written) {
      written = true;
      stream._onBeforeFirstWrite?.((data) => write(data));
    }
    const isData = typeof chunk === 'string' || ArrayBuffer.isView(chunk);
    return write(isData ? chunk : JSON.stringify(chunk), encoding, callback);
  };
  stream.setContentType = (type) => {
    if (written) throw fault('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    contentType = type;
  };
  const fail = (error) => {
    const payload = payloadOf(error);
    trailers =
      errorTypeHeader(payload) +
      `Lambda-Runtime-Function-Error-Body: ${Buffer.from(JSON.stringify(payload)).toString('base64')}\r\n`;
    stream.end();
    return answer;
  };
  return { stream, answer, fail };
}

// --- Finding the handler --------------------------------------------------------------------------------------

async function loadHandler(taskRoot, text) {
  if (text.includes('..')) {
    const rule = 'is not a valid handler name. Use absolute paths when specifying root directories in handler names.';
    throw fault('MalformedHandlerName', `'${text}' ${rule}`);
  }
  const base = path.basename(text);
  const folder = text.substring(0, text.indexOf(base));
  const dot = base.indexOf('.');
  if (dot < 0) throw fault('MalformedHandlerName', 'Bad handler');
  const handler = pick(await loadModule(taskRoot, folder, base.slice(0, dot)), base.slice(dot + 1));
  if (!handler) throw fault('HandlerNotFound', `${text} is undefined or not exported`);
  if (typeof handler !== 'function') throw fault('HandlerNotFound', `${text} is not a function`);
  if (handler[STREAMING] && handler[STREAMING] !== 'response') {
    throw fault('MalformedStreamingHandler', 'Only response streaming is supported.');
  }
  return handler;
}

function pick(module, name) {
  const find = (root) => name.split('.').reduce((value, key) => value && value[key], root);
  // require() of an ES module and import() of a CommonJS one put the exports under "default".
  return find(module) ?? (PROMISES_ONLY && module && typeof module === 'object' ? find(module.default) : undefined);
}

async function loadModule(taskRoot, folder, name) {
  try {
    const file = path.resolve(taskRoot, folder, name);
    const loaded = PROMISES_ONLY ? await importFirst(file) : await loadByPackageType(file);
    return loaded ?? require(require.resolve(name, { paths: [taskRoot, path.join(taskRoot, folder)] }));
  } catch (e) {
    sayWhenTheSdkIsMissing(e);
    if (e instanceof SyntaxError) throw fault('UserCodeSyntaxError', String(e), e);
    if (e?.code === 'MODULE_NOT_FOUND') throw fault('ImportModuleError', String(e));
    throw e;
  }
}

function isFile(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

const importFile = (file) => {
  offerNodePath();
  return import(require('url').pathToFileURL(file).href);
};

/** Lambda's node looks for the packages of ES modules in NODE_PATH, too: layers and the AWS SDK lie there. */
function offerNodePath() {
  const folders = (env.NODE_PATH ?? '').split(path.delimiter);
  const worthIt = (folder) => /[\\/]nodejs[\\/]/.test(folder + path.sep) || fs.existsSync(path.join(folder, '@aws-sdk'));
  if (!folders.some(worthIt)) return;
  const module = require('module');
  const isOther = (specifier, e) => e?.code !== 'ERR_MODULE_NOT_FOUND' || /^(?:[./]|file:|node:|data:)/.test(specifier);
  if (module.registerHooks) {
    module.registerHooks({
      resolve(specifier, context, next) {
        try {
          return next(specifier, context);
        } catch (e) {
          if (isOther(specifier, e)) throw e;
          return next(found(require, specifier, e), context);
        }
      },
    });
  } else if (module.register) {
    const source = `
      import { createRequire } from 'node:module';
      import { pathToFileURL } from 'node:url';
      const require = createRequire(${JSON.stringify(__filename)});
      const isOther = ${isOther};
      const found = ${found};
      export const resolve = (specifier, context, next) =>
        next(specifier, context).catch((e) => {
          if (isOther(specifier, e)) throw e;
          return next(found(require, specifier, e, pathToFileURL), context);
        });`;
    module.register('data:text/javascript,' + encodeURIComponent(source));
  }
}

function found(require, specifier, error, toUrl) {
  try {
    return (toUrl ?? require('url').pathToFileURL)(require.resolve(specifier)).href;
  } catch {
    throw error;
  }
}

function sayWhenTheSdkIsMissing(error) {
  const missing = /Cannot find (?:module|package) '(@aws-sdk\/[^'/]+)/.exec(error?.message)?.[1];
  if (missing) {
    writeEvent(
      `${missing} comes with Lambda's Node.js runtimes and is not installed on this machine. Fetch it with: hearth runtimes --fetch-sdk node, or npm install -g ${missing}`,
    );
  }
}

async function importFirst(file) {
  for (const extension of ['', '.js', '.mjs', '.cjs']) {
    if (isFile(file + extension)) return importFile(file + extension);
  }
  return undefined;
}

async function loadByPackageType(file) {
  if (isFile(file)) return require(file);
  if (isFile(file + '.js')) {
    return packageIsModule(path.dirname(file)) ? importFile(file + '.js') : require(file + '.js');
  }
  if (isFile(file + '.mjs')) return importFile(file + '.mjs');
  return isFile(file + '.cjs') ? require(file + '.cjs') : undefined;
}

function packageIsModule(folder) {
  if (folder.endsWith('/node_modules')) return false;
  const file = path.join(folder, 'package.json');
  if (isFile(file)) {
    try {
      return JSON.parse(fs.readFileSync(file)).type === 'module';
    } catch (e) {
      console.warn(`${file} cannot be read, it will be ignored for ES module detection purposes.`, e);
      return false;
    }
  }
  const parent = path.dirname(folder);
  return parent !== folder && packageIsModule(parent);
}

const isAsync = (handler) => handler.constructor?.name === 'AsyncFunction';

/** Callbacks: a warning up to nodejs22.x, an error from nodejs24.x on. */
function checkSignature(handler) {
  if (handler[STREAMING] || handler.length < 3) return;
  if (PROMISES_ONLY) {
    throw fault(
      'CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  if (handler.length === 3 && !isAsync(handler) && env.AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING === undefined) {
    console.warn(
      'AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24. You will need to update this function to use an async handler to use Node.js 24 or later. For more information and to provide feedback on this change, see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137. To disable this warning, set the AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING environment variable.',
    );
  }
}

// --- The context object ---------------------------------------------------------------------------------------

function environmentFields() {
  const version = { functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION };
  return {
    ...(!PROMISES_ONLY && version),
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    ...(PROMISES_ONLY && version),
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
  };
}

function headerFields(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    clientContext: headerJson(headers['lambda-runtime-client-context'], 'ClientContext'),
    identity: headerJson(headers['lambda-runtime-cognito-identity'], 'CognitoIdentity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    ...(PROMISES_ONLY && { xRayTraceId: headers['lambda-runtime-trace-id'] }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function headerJson(text, name) {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (e) {
    throw new Error(`Cannot parse ${name} as json: ${e}`);
  }
}

/** What has to be known before the handler runs: ids for the log, the trace for the SDKs. */
function enterInvocation(headers) {
  requestId = headers['lambda-runtime-aws-request-id'];
  tenantId = headers['lambda-runtime-aws-tenant-id'];
  const trace = headers['lambda-runtime-trace-id'];
  if (trace) env._X_AMZN_TRACE_ID = trace;
  else delete env._X_AMZN_TRACE_ID;
}

/** What to do when the event loop has run empty (up to nodejs22.x); set anew in each phase of an invocation. */
let whenIdle = () => process.exit(13);

/**
 * What to tell the Runtime API when the process is about to die of an uncaught error. Over a connection of its own:
 * the other one may be waiting for an event.
 */
let reportFatal;
const newConnection = () => new RuntimeApi(env.AWS_LAMBDA_RUNTIME_API);

const NODE_JS_EXIT =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes';

// A handler is called as a method, so that a stack trace names the same objects as on Lambda: Runtime.handler.
class Runtime {
  constructor(handler) {
    this.handler = handler;
  }
}
class BufferedInvokeProcessor extends Runtime {}
class StreamingInvokeProcessor extends Runtime {}

// --- The loop of nodejs24.x and later -------------------------------------------------------------------------

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

async function servePromises(api, handler, phases) {
  const processor = new (handler[STREAMING] ? StreamingInvokeProcessor : BufferedInvokeProcessor)(handler);
  for (;;) {
    const { headers, body } = await api.next(phases);
    phases = undefined;
    enterInvocation(headers);
    const context = { ...headerFields(headers), ...environmentFields() };
    const event = JSON.parse(body);
    if (handler[STREAMING]) {
      await streamOnce(api, processor, event, context);
      continue;
    }
    try {
      const result = await processor.handler(event, context);
      await nextTurn();
      api.respond(requestId, result);
    } catch (e) {
      await nextTurn();
      logError('Invoke Error', e);
      api.fail(requestId, e);
    }
    await nextTurn(); // what is due after the result runs before the environment is frozen
  }
}

/** One invocation of a streaming handler; fulfilled when the stream has been answered. */
async function streamOnce(api, processor, event, context) {
  const { stream, answer, fail } = openResponseStream(api, requestId, processor.handler[HIGH_WATER_MARK]);
  reportFatal = fail;
  const drained = new Promise((_, reject) => (whenIdle = () => reject(fault('NodeJsExit', NODE_JS_EXIT))));
  try {
    const promise = processor.handler(event, stream, context);
    if (typeof promise?.then !== 'function') throw new Error('Streaming does not support non-async handlers.');
    if ((await Promise.race([promise, drained])) !== undefined) console.warn('Streaming handlers ignore return values.');
    if (!stream.writableEnded) throw new Error('Response stream is not finished.');
    await answer;
  } catch (e) {
    await nextTurn();
    logError('Invoke Error', e);
    await fail(e);
  }
}

// --- The loop of the runtimes up to nodejs22.x ----------------------------------------------------------------

function installFatalHandlers() {
  process.on('beforeExit', () => whenIdle());
  process.on('uncaughtException', (error) => {
    logError('Uncaught Exception', error);
    reportFatal(error).then(() => process.exit(129));
  });
  process.on('unhandledRejection', (reason, promise) => {
    const error = fault('UnhandledPromiseRejection', String(reason));
    Object.assign(error, { reason, promise });
    logError('Unhandled Promise Rejection', error);
    reportFatal(error).then(() => process.exit(128));
  });
}

async function serveCallbacks(api, handler, phases) {
  const runtime = new Runtime(handler);
  await nextTurn(); // a rejection that nobody handles while the module loads is still an error of the init
  for (;;) {
    const { headers, body } = await api.next(phases);
    phases = undefined;
    enterInvocation(headers);
    const id = requestId;
    reportFatal = (error) => newConnection().fail(id, error);
    if (handler[STREAMING]) await streamWithCallbackContext(api, runtime, headers, body);
    else await invokeOnce(api, runtime, headers, body);
    whenIdle = () => {};
    await nextTurn();
  }
}

/** One invocation; fulfilled when its result is on its way, by whichever way the handler reports it. */
function invokeOnce(api, runtime, headers, body) {
  return new Promise((posted) => {
    const id = requestId;
    let finished = false;
    let waitForEmptyEventLoop = true;
    const fail = (error) => {
      logError('Invoke Error', error);
      api.fail(id, error);
      posted();
    };
    const succeed = (result) => {
      api.respond(id, result);
      posted();
    };
    const once = (report) =>
      (...results) => {
        if (finished) return;
        whenIdle = () => {};
        report(...results); // a result that can't be written throws, and may still be reported as an error
        finished = true;
      };
    const done = (error, result) => (error === undefined || error === null ? succeed(result) : fail(error));
    const callback = once((error, result) => {
      if (error !== undefined && error !== null) fail(error);
      else if (!waitForEmptyEventLoop) succeed(result);
      else {
        whenIdle = () => {
          whenIdle = () => {};
          setImmediate(() => succeed(result));
        };
      }
    });
    const context = {
      get callbackWaitsForEmptyEventLoop() {
        return waitForEmptyEventLoop;
      },
      set callbackWaitsForEmptyEventLoop(value) {
        waitForEmptyEventLoop = value;
      },
      succeed: once(succeed),
      fail: once((error) => fail(error === undefined || error === null ? 'handled' : error)),
      done: once(done),
    };
    whenIdle = once(() => {
      if (isAsync(runtime.handler)) fail(fault('NodeJsExit', NODE_JS_EXIT));
      else succeed(null);
    });
    try {
      Object.assign(context, environmentFields(), headerFields(headers));
      const result = runtime.handler(JSON.parse(body), context, callback);
      if (typeof result?.then === 'function') result.then(context.succeed, context.fail).catch(context.fail);
    } catch (e) {
      callback(e);
    }
  });
}

async function streamWithCallbackContext(api, runtime, headers, body) {
  let waitForEmptyEventLoop = true;
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return waitForEmptyEventLoop;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waitForEmptyEventLoop = value;
    },
  };
  Object.assign(context, environmentFields(), headerFields(headers));
  await streamOnce(api, runtime, JSON.parse(body), context);
  if (waitForEmptyEventLoop) await new Promise((resolve) => (whenIdle = () => setImmediate(resolve)));
}

// --- Init -----------------------------------------------------------------------------------------------------

/** Hearth gives the file that measures imports when they are to be measured. */
function watchImports() {
  const [file] = process.argv.splice(2, 1);
  const imports = file ? require(file) : undefined;
  imports?.start();
  return imports;
}

async function main() {
  setUpGlobals();
  patchConsole();
  const api = newConnection();
  const imports = watchImports();
  const phases = [BOOT, process.hrtime.bigint()];
  reportFatal = (error) =>
    newConnection().failInit(error, [...phases, process.hrtime.bigint()].slice(0, 3));
  if (!PROMISES_ONLY) installFatalHandlers();
  let handler;
  try {
    handler = await loadHandler(env.LAMBDA_TASK_ROOT, env._HANDLER);
    checkSignature(handler);
  } catch (e) {
    logError(PROMISES_ONLY ? 'Init Error' : 'Uncaught Exception', e);
    phases.push(process.hrtime.bigint());
    if (imports) await api.reportImports(imports.stop(phases[1]));
    await reportFatal(e);
    process.exit(PROMISES_ONLY ? 1 : 129);
  }
  phases.push(process.hrtime.bigint());
  if (imports) await api.reportImports(imports.stop(phases[1]));
  await (PROMISES_ONLY ? servePromises : serveCallbacks)(api, handler, phases);
}

main();
