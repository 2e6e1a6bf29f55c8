"""Hearth's client of the Lambda Runtime API for Python 3.8 and later.

Runs a handler the way AWS's own client does (handler lookup, context object, error payloads, log text),
but with a plain socket and as few imports as possible: a cold start is what people look at.
Command line: SITE_PATHS [EDITABLE_FINDERS [LAYER_PATHS [SDK_FOLDER [IMPORT_WATCH]]]], each joined with os.pathsep; the
last one is the file that measures imports, given when they are to be measured. The interpreter runs
without its site module (-S), so the folders of installed packages are handed over by Hearth, which asked for
them once.
"""

import time

BOOT = time.monotonic_ns()

import marshal
import os
import sys

import _socket

try:
    import _json

    # The C halves of the json package. Importing the package itself would pull in re: 9 ms of a 25 ms start.
    _make_scanner, _make_encoder = _json.make_scanner, _json.make_encoder
    _quote, _quote_ascii = _json.encode_basestring, _json.encode_basestring_ascii
except (ImportError, AttributeError):  # an interpreter without them
    _make_scanner = None

SELF = (lambda: None).__code__.co_filename
BLANK = " \t\n\r"
NO_BREAK_SPACE = "\u00a0"
DATE_FORMAT = "%Y-%m-%dT%H:%M:%S"
JSON_LOG = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"

request_id = None
tenant_id = None


class Fault(Exception):
    """An error of the function that has a type of Lambda's own."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind, self.message, self.trace = kind, message, trace


# --- JSON, by the rules of AWS's client ---------------------------------------------------------


class _Reading:
    """What json.JSONDecoder hands to the scanner when it is given no options."""

    strict, object_hook, object_pairs_hook, memo = True, None, None, {}
    parse_float, parse_int = float, int
    parse_constant = {
        "-Infinity": -float("inf"),
        "Infinity": float("inf"),
        "NaN": float("nan"),
    }.__getitem__


_scan = _make_scanner(_Reading) if _make_scanner else None


def loads(data):
    text = data if isinstance(data, str) else data.decode("utf-8")
    if _scan:
        stripped = text.strip(BLANK)
        try:
            value, end = _scan(stripped, 0)
            if end == len(stripped):
                return value
        except (StopIteration, ValueError):
            pass  # json says what is wrong, in its own words
    import json

    return json.loads(text)


# A Decimal keeps its digits. The encoder can only be given a string for it, so the string carries marks that
# are removed afterwards, together with its quotes.
_MARK = os.urandom(12).hex()


def _default(value):
    if isinstance(value, bytes):
        return value.decode("utf-8")
    decimal = sys.modules.get("decimal")
    if decimal and isinstance(value, decimal.Decimal):
        return float("nan") if value.is_nan() else _MARK + str(value) + _MARK
    raise TypeError("Object of type %s is not JSON serializable" % value.__class__.__name__)


def _plain(value):
    """The value with named tuples as dicts and byte keys as text, as simplejson sees them."""
    if isinstance(value, dict):
        return {
            (k.decode("utf-8") if isinstance(k, bytes) else k): _plain(v) for k, v in value.items()
        }
    if isinstance(value, tuple) and callable(getattr(value, "_asdict", None)):
        return _plain(value._asdict())
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value


def dumps(value, ascii_only):
    try:
        marshal.dumps(value)  # refuses all but exact built-in types, much faster than a walk in Python
    except ValueError:
        try:
            value = _plain(value)
        except RecursionError:
            pass  # a circle: the encoder has the message for it
    if _make_scanner:
        quote = _quote_ascii if ascii_only else _quote
        encode = _make_encoder({}, _default, quote, None, ": ", ", ", False, False, True)
        text = "".join(encode((value,), 0))[1:-1]
    else:
        import json

        text = json.dumps(value, default=_default, ensure_ascii=ascii_only)
    if _MARK in text:
        text = text.replace('"' + _MARK, "").replace(_MARK + '"', "")
    return text


def _response_is_ascii():
    kind, _, minor = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")
    return not (minor.isdigit() and int(minor) >= 12)


# --- The Runtime API ----------------------------------------------------------------------------


class RuntimeApi:
    """One kept-alive connection; each request is one send.

    The answer to an invocation goes out together with the request for the next event: one change of processes
    in a call instead of two. What Hearth says to the answer is read before the event.
    """

    ROOT = "/2018-06-01/runtime/"
    SMALL = 65536

    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self._socket = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        self._socket.connect((host, int(port)))
        self._socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        version = ".".join(map(str, sys.version_info[:3]))
        self._common = "Host: %s\r\nUser-Agent: hearth-python/%s\r\n" % (address, version)
        self._next = self._head("GET", "invocation/next", "") + b"\r\n"
        self._answer, self._path, self._received = None, None, b""

    def _head(self, method, path, fields):
        text = "%s %s%s HTTP/1.1\r\n%s%s" % (method, self.ROOT, path, self._common, fields)
        return text.encode("utf-8")

    def next(self, phases):
        if phases:
            fields = "Hearth-Init-Phases: %d,%d,%d\r\n" % phases
            request = self._head("GET", "invocation/next", fields) + b"\r\n"
        else:
            request = self._next
        if self._answer:
            self._send_answer_and(request)
        else:
            self._socket.sendall(request)
        status, headers, body = self._receive_response()
        if status != 200:
            raise RuntimeError("The Runtime API refused to give an event: %d %r" % (status, body))
        return headers, body

    def _send_answer_and(self, request):
        answer, self._answer = self._answer, None
        if len(answer) < self.SMALL:
            self._socket.sendall(answer + request)
        else:
            self._socket.sendall(answer)
            self._socket.sendall(request)
        self._accepted(self._path)

    def respond(self, invocation, body, content_type):
        """Answers the invocation when the next event is asked for, which has to be at once."""
        self._answer_later("invocation/%s/response" % invocation, body, "Content-Type: %s\r\n" % content_type)

    def fail(self, invocation, error, cause):
        fields = "Content-Type: application/json\r\nLambda-Runtime-Function-Error-Type: %s\r\n"
        fields %= _header_safe(error["errorType"])
        cause = dumps(cause, True)
        if len(cause) < 1024 * 1024:
            fields += "Lambda-Runtime-Function-XRay-Error-Cause: %s\r\n" % cause
        body = dumps(error, _response_is_ascii()).encode("utf-8", "replace")
        self._answer_later("invocation/%s/error" % invocation, body, fields)

    def fail_init(self, error, phases):
        fields = "Content-Type: application/json\r\nLambda-Runtime-Function-Error-Type: %s\r\n"
        fields = fields % _header_safe(error["errorType"]) + "Hearth-Init-Phases: %d,%d,%d\r\n" % phases
        body = dumps(error, _response_is_ascii()).encode("utf-8", "replace")
        self._post("init/error", body, fields)

    def report_imports(self, watch):
        if watch:
            body = watch.stop().encode("utf-8", "replace")
            fields = "Content-Length: %d\r\n\r\n" % len(body)
            head = "POST /hearth/imports HTTP/1.1\r\n" + self._common + fields
            self._exchange(head.encode("utf-8") + body)

    def await_restore(self):
        status, _, answer = self._exchange(self._head("GET", "restore/next", "\r\n"))
        if status != 200:
            raise RuntimeError("The Runtime API refused restore/next: %d %r" % (status, answer))

    def fail_restore(self, error):
        fields = "Content-Type: application/json\r\nLambda-Runtime-Function-Error-Type: %s\r\n"
        body = dumps(error, _response_is_ascii()).encode("utf-8", "replace")
        self._post("restore/error", body, fields % _header_safe(error["errorType"]))

    def _answer_later(self, path, body, fields):
        self._answer, self._path = self._posted(path, body, fields), path

    def _post(self, path, body, fields):
        self._socket.sendall(self._posted(path, body, fields))
        self._accepted(path)

    def _posted(self, path, body, fields):
        fields = "%sContent-Length: %d\r\n\r\n" % (fields, len(body))
        return self._head("POST", path, fields) + body

    def _accepted(self, path):
        status, _, answer = self._receive_response()
        # A response that is too large fails the invocation but not the runtime.
        if status != 202 and status != 413:
            raise RuntimeError("The Runtime API refused %s: %d %r" % (path, status, answer))

    def _exchange(self, request):
        self._socket.sendall(request)
        return self._receive_response()

    def _receive_response(self):
        data = self._received or self._receive()
        end = data.find(b"\r\n\r\n")
        while end < 0:
            data += self._receive()
            end = data.find(b"\r\n\r\n")
        lines = data[:end].decode("utf-8", "replace").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        start = end + 4
        length = int(headers.get("content-length", "0"))
        body, self._received = data[start : start + length], data[start + length :]
        if len(body) < length:
            parts, missing = [body], length - len(body)
            while missing > 0:
                parts.append(self._receive(missing))
                missing -= len(parts[-1])
            body = b"".join(parts)
        return int(lines[0].split(" ", 2)[1]), headers, body

    def _receive(self, most=262144):
        data = self._socket.recv(most)
        if not data:
            os._exit(1)  # Hearth is gone; nobody is left to answer
        return data


def _header_safe(text):
    return "".join(c if " " <= c <= "~" else "?" for c in text)


# --- The context object -------------------------------------------------------------------------


class _Described:
    def __repr__(self):
        fields = ",".join("%s=%s" % (name, getattr(self, name, None)) for name in self._shown)
        return "%s([%s])" % (self.__class__.__name__, fields)


class CognitoIdentity(_Described):
    __slots__ = _shown = ("cognito_identity_id", "cognito_identity_pool_id")


class Client(_Described):
    __slots__ = _shown = (
        "installation_id",
        "app_title",
        "app_version_name",
        "app_version_code",
        "app_package_name",
    )


class ClientContext(_Described):
    __slots__ = _shown = ("custom", "env", "client")


def _filled(cls, values):
    if values is None:
        return None
    result = cls()
    for name in cls._shown:
        setattr(result, name, values.get(name))
    return result


class LambdaContext(_Described):
    _shown = (
        "aws_request_id",
        "log_group_name",
        "log_stream_name",
        "function_name",
        "memory_limit_in_mb",
        "function_version",
        "invoked_function_arn",
        "client_context",
        "identity",
        "tenant_id",
    )

    def __init__(self, headers):
        environment = os.environ.get
        self.aws_request_id = request_id
        self.log_group_name = environment("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environment("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = environment("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = environment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = environment("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = tenant_id
        client = _header_json(headers.get("lambda-runtime-client-context"), "Client Context")
        self.client_context = _filled(ClientContext, client)
        if self.client_context is not None:
            self.client_context.client = _filled(Client, self.client_context.client)
        identity = _header_json(headers.get("lambda-runtime-cognito-identity"), "Cognito Identity") or {}
        self.identity = CognitoIdentity()
        self.identity.cognito_identity_id = identity.get("cognitoIdentityId")
        self.identity.cognito_identity_pool_id = identity.get("cognitoIdentityPoolId")
        self._epoch_deadline_time_in_ms = int(headers.get("lambda-runtime-deadline-ms", "0"))

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


def _header_json(text, name):
    if not text:
        return None
    try:
        return loads(text)
    except Exception as e:
        message = "Unable to parse %s JSON: %s" % (name, e)
        raise Fault("Runtime.LambdaContextUnmarshalError", message) from None


# --- Log text -----------------------------------------------------------------------------------


def write_event(text):
    """One log event: a line on stdout, with carriage returns for the line breaks inside it."""
    sys.stdout.write(text.rstrip("\n").replace("\n", "\r") + "\n")


def log_error(error):
    if JSON_LOG:
        stamp = time.strftime(DATE_FORMAT + "Z", time.gmtime())
        write_event(dumps(dict({"timestamp": stamp, "level": "ERROR"}, **error), _response_is_ascii()))
        return
    title = ": ".join(text for text in (error["errorType"], error["errorMessage"]) if text)
    lines = ["[ERROR] " + title, "Traceback (most recent call last):"]
    for entry in error["stackTrace"]:
        for line in entry.splitlines():
            bare = line.lstrip(" ")
            lines.append(NO_BREAK_SPACE * (len(line) - len(bare)) + bare)
    write_event("\n".join(lines))


class LoggingHook:
    """Gives the root logger Lambda's handler when (and only if) somebody imports logging: 10 ms saved."""

    def find_spec(self, name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                self._loader, spec.loader = spec.loader, self
                return spec
        return None

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        set_up_logging(module)


def set_up_logging(logging):
    class LambdaLoggerHandler(logging.Handler):
        def emit(self, record):
            write_event(self.format(record))

    class LambdaLoggerFilter(logging.Filter):
        def filter(self, record):
            record.aws_request_id = request_id or ""
            record.tenant_id = tenant_id
            return True

    logging.Formatter.converter = time.gmtime
    handler = LambdaLoggerHandler()
    if JSON_LOG:
        handler.setFormatter(_json_formatter(logging))
    else:
        pattern = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
        handler.setFormatter(logging.Formatter(pattern, DATE_FORMAT))
    handler.addFilter(LambdaLoggerFilter())
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    level = "DEBUG" if level == "TRACE" else level
    if level in logging._nameToLevel:
        logging.root.setLevel(level)
    logging.root.addHandler(handler)


def _json_formatter(logging):
    import json
    import traceback

    hidden = set(vars(logging.makeLogRecord({}))) | {"aws_request_id", "tenant_id"}

    class JsonFormatter(logging.Formatter):
        def format(self, record):
            level = min(50, max(0, record.levelno)) // 10 * 10
            kind, value, trace = record.exc_info or (None, None, None)
            where = "%s:%s:%s" % (record.pathname, record.funcName, record.lineno)
            fields = {
                "timestamp": self.formatTime(record, DATE_FORMAT + "Z"),
                "level": logging.getLevelName(level),
                "message": record.getMessage(),
                "logger": record.name,
                "stackTrace": traceback.format_tb(trace) if kind else None,
                "errorType": kind.__name__ if kind else None,
                "errorMessage": str(value) if kind else None,
                "requestId": record.aws_request_id,
                "location": where if kind else None,
                "tenantId": record.tenant_id,
            }
            for name, extra in vars(record).items():
                if name not in hidden:
                    fields.setdefault(name, extra)
            present = {name: field for name, field in fields.items() if field is not None}
            return json.dumps(present, ensure_ascii=False)

    return JsonFormatter()


# --- Errors -------------------------------------------------------------------------------------


def describe(exception, invocation):
    """The payload that the caller gets and X-Ray's view of the same error."""
    if isinstance(exception, Fault):
        kind, message, frames = "LambdaValidationError", exception.message, []
        payload = _payload(exception.kind, message, exception.trace or [], invocation)
    else:
        import traceback

        kind, message = type(exception).__name__, str(exception)
        frames = [tuple(f) for f in traceback.extract_tb(exception.__traceback__)]
        while frames and frames[0][0] == SELF:
            frames.pop(0)
        frames = [f for f in frames if f[2] != "_watch" or f[0] != SELF]
        payload = _payload(kind, message, traceback.format_list(frames), invocation)
    stack = [{"label": name, "path": path, "line": line} for path, line, name, _ in frames]
    cause = {
        "working_directory": os.getcwd(),
        "exceptions": [{"message": message, "type": kind, "stack": stack}],
        "paths": sorted({entry["path"] for entry in stack}),
    }
    return payload, cause


def _payload(kind, message, trace, invocation):
    return {"errorMessage": message, "errorType": kind, "requestId": invocation, "stackTrace": trace}


# --- The AWS SDK --------------------------------------------------------------------------------

SDK = {"boto3", "botocore", "s3transfer", "jmespath"}
SDK_NEEDS = {"dateutil", "six", "urllib3"}


class SdkFinder:
    """Finds the AWS SDK, and nothing else, in a folder of this machine: the last to be asked."""

    def __init__(self, folder):
        self._folder = [folder]

    def find_spec(self, name, path=None, target=None):
        if path is not None or (name not in SDK and name not in SDK_NEEDS):
            return None
        from importlib.machinery import PathFinder

        return PathFinder.find_spec(name, self._folder, target)


def say_when_the_sdk_is_missing(exception):
    while exception is not None and not isinstance(exception, ImportError):
        exception = exception.__context__
    if exception is None or (exception.name or "").split(".")[0] not in SDK:
        return
    python = "python%d.%d" % sys.version_info[:2]
    message = "%s comes with Lambda's Python runtimes and is not installed on this machine. Fetch it with: hearth runtimes --fetch-sdk python, or %s -m pip install boto3"
    write_event(message % (exception.name, python))


# --- SnapStart ----------------------------------------------------------------------------------

before_snapshot, after_restore = [], []


def offer_snapshot_hooks():
    """The module with which a function registers what runs around a snapshot; Lambda's runtimes bring it."""
    module = type(sys)("snapshot_restore_py")

    def registration(hooks):
        def register(function, *args, **kwargs):
            hooks.append((function, args, kwargs))
            return function

        return register

    module.register_before_snapshot = registration(before_snapshot)
    module.register_after_restore = registration(after_restore)
    module.get_before_snapshot = lambda: before_snapshot
    module.get_after_restore = lambda: after_restore
    sys.modules[module.__name__] = module


def run_hooks(hooks, kind):
    for function, args, kwargs in hooks:
        try:
            function(*args, **kwargs)
        except Exception as e:
            error, _ = describe(e, "")
            raise Fault(kind, error["errorMessage"], error["stackTrace"]) from None


def restore(api, phases):
    try:
        run_hooks(reversed(before_snapshot), "Runtime.BeforeSnapshotError")
    except Fault as e:
        error, _ = describe(e, "")
        log_error(error)
        api.fail_init(error, phases)
        sys.exit(64)
    api.await_restore()
    try:
        run_hooks(after_restore, "Runtime.AfterRestoreError")
    except Fault as e:
        error, _ = describe(e, "")
        log_error(error)
        api.fail_restore(error)
        sys.exit(65)


# --- Init and the loop --------------------------------------------------------------------------


def find_handler(text):
    try:
        module_name, function = text.rsplit(".", 1)
    except ValueError as e:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (text, e)) from None
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = "Cannot use built-in module %s as a handler module" % module_name
        raise Fault("Runtime.BuiltInModuleConflict", message)
    import importlib

    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as e:
        message = "Unable to import module '%s': %s" % (module_name, e)
        raise Fault("Runtime.ImportModuleError", message) from None
    except SyntaxError as e:
        message = "Syntax error in module '%s': %s" % (module_name, e)
        trace = ['  File "%s" Line %s\n    %s' % (e.filename, e.lineno, e.text)]
        raise Fault("Runtime.UserCodeSyntaxError", message, trace) from None
    try:
        return getattr(module, function)
    except AttributeError:
        message = "Handler '%s' missing on module '%s'" % (function, module_name)
        raise Fault("Runtime.HandlerNotFound", message) from None


def set_up_paths(arguments):
    """What the site module would have done for a function, without its start-up hooks."""
    import builtins

    def exit(code=None):
        raise SystemExit(code)

    builtins.exit = builtins.quit = exit
    sys.path[0] = os.environ.get("LAMBDA_TASK_ROOT") or os.getcwd()
    if len(arguments) > 3 and arguments[3]:
        sys.path[1:1] = arguments[3].split(os.pathsep)
    packages = arguments[1].split(os.pathsep) if len(arguments) > 1 and arguments[1] else []
    sys.path += [path for path in packages if path not in sys.path]
    if len(arguments) > 2 and arguments[2]:
        for name in arguments[2].split(os.pathsep):
            __import__(name).install()
    if len(arguments) > 4 and arguments[4]:
        sys.meta_path.append(SdkFinder(arguments[4]))
    watch = arguments[5] if len(arguments) > 5 else None
    del arguments[1:]
    for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep):
        if folder and os.path.isfile(os.path.join(folder, "sitecustomize.py")):
            import sitecustomize  # how instrumentation gets in through a wrapper script

            break
    return watch


def watch_imports(file):
    if not file:
        return None
    scope = {}
    with open(file, encoding="utf-8") as source:
        exec(compile(source.read(), SELF, "exec"), scope)
    return scope["ImportWatch"]()


def parse_event(body, content_type):
    if content_type != "application/json":
        return body
    try:
        return loads(body)
    except Exception as e:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % e) from None


def write_result(result, ascii_only):
    if isinstance(result, bytes):
        return result, "application/unknown"
    try:
        return dumps(result, ascii_only).encode("utf-8"), "application/json"
    except Exception as e:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % e) from None


def serve(api, handler, phases):
    global request_id, tenant_id
    ascii_only = _response_is_ascii()
    while True:
        headers, body = api.next(phases)
        phases = None
        request_id = headers.get("lambda-runtime-aws-request-id")
        tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        trace = headers.get("lambda-runtime-trace-id")
        if trace is not None:
            os.environ["_X_AMZN_TRACE_ID"] = trace
        else:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        try:
            context = LambdaContext(headers)
            event = parse_event(body, headers.get("content-type"))
            data, content_type = write_result(handler(event, context), ascii_only)
        except Exception as e:
            error, cause = describe(e, request_id)
            log_error(error)
            say_when_the_sdk_is_missing(e)
            api.fail(request_id, error, cause)
            continue
        api.respond(request_id, data, content_type)


def main():
    watch_file = set_up_paths(sys.argv)
    sys.meta_path.insert(0, LoggingHook())
    offer_snapshot_hooks()
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    watch = watch_imports(watch_file)
    start = time.monotonic_ns()
    try:
        handler = find_handler(os.environ["_HANDLER"])
    except Exception as e:
        end = time.monotonic_ns()
        error, _ = describe(e, "")
        log_error(error)
        say_when_the_sdk_is_missing(e)
        api.report_imports(watch)
        api.fail_init(error, (BOOT, start, end))
        sys.exit(1)
    phases = (BOOT, start, time.monotonic_ns())
    api.report_imports(watch)
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
        restore(api, phases)
    serve(api, handler, phases)


if __name__ == "__main__":
    main()
