package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.RuntimeFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * AWS's own client for Node.js as the oracle: both clients run the same handlers, and what they
 * send, log and exit with must be the same. Skipped unless the environment variables {@code
 * HEARTH_ORACLE_NODE_RIC} (the {@code index.mjs} of the npm package aws-lambda-ric 4, built) and
 * {@code HEARTH_ORACLE_NODE} (a node 24) say where to find them.
 */
class NodeOracleTest extends RuntimeContract {
  /** What one client did with one event. */
  private record Behaviour(List<String> sent, List<String> logged, String exit) {}

  @Override
  RuntimeFamily family() {
    return RuntimeFamily.NODEJS;
  }

  private static Path oracle(String variable) {
    String value = System.getenv(variable);
    Assumptions.assumeThat(value)
        .as("Set %s to compare with AWS's own client", variable)
        .isNotNull();
    return Path.of(value);
  }

  static Stream<Arguments> handlers() {
    return Stream.of(
        Arguments.of("index.handler", "exports.handler = async (e) => ({e, u: undefined});", ""),
        Arguments.of("index.handler", "exports.handler = () => 'sync';", ""),
        Arguments.of("index.handler", "exports.handler = async () => {};", ""),
        Arguments.of(
            "index.handler",
            "exports.handler = async () => { throw new TypeError('x\\ny'); };",
            ""),
        Arguments.of("index.handler", "exports.handler = async () => { throw 'text'; };", ""),
        Arguments.of("index.handler", "exports.handler = async () => { throw null; };", ""),
        Arguments.of("index.handler", "exports.handler = async () => { throw {a: 1}; };", ""),
        Arguments.of(
            "index.handler",
            "exports.handler = async () => { const e = new Error('p'); e.code = 'C'; e.more = [1];"
                + " throw e; };",
            ""),
        Arguments.of(
            "index.handler",
            "class My extends Error { constructor(m) { super(m); this.name = 'MyName'; } }\n"
                + "exports.handler = async () => { throw new My('m'); };",
            ""),
        Arguments.of(
            "index.handler",
            "exports.handler = async () => { const a = {}; a.a = a; return a; };",
            ""),
        Arguments.of("index.handler", "exports.handler = async () => 1n;", ""),
        Arguments.of("index.nosuch", "exports.handler = 1;", ""),
        Arguments.of("index.handler", "exports.handler = 1;", ""),
        Arguments.of("nosuch.handler", "", ""),
        Arguments.of("index", "", ""),
        Arguments.of("../index.handler", "", ""),
        Arguments.of("index.handler", "exports.handler = () => { return (};", ""),
        Arguments.of("index.handler", "throw new RangeError('at load');", ""),
        Arguments.of("index.handler", "require('left-pad');", ""),
        Arguments.of("index.handler", "exports.handler = (a, b, c) => 1;", ""),
        Arguments.of("index.deep.run", "module.exports = {deep: {run: async () => 'deep'}};", ""),
        Arguments.of(
            "index.handler",
            "console.log('load');\n"
                + "exports.handler = async () => { console.log('a', {b: 1}, [2]);"
                + " console.debug('x\\n"
                + "y'); console.trace('t'); console.warn(); console.error(new Error('e').message);"
                + " };",
            ""),
        Arguments.of(
            "index.handler",
            "exports.handler = async () => { console.info({a: 1}); console.warn('w %d', 3, new"
                + " Error('e').message); console.log(undefined); };",
            "JSON"),
        Arguments.of(
            "index.handler",
            "exports.handler = async () => { throw new TypeError('j'); };",
            "JSON"),
        Arguments.of(
            "index.handler",
            "exports.handler = async (e, c) => ({k: Object.keys(c), t:"
                + " process.env._X_AMZN_TRACE_ID, m: c.memoryLimitInMB, l: typeof"
                + " c.getRemainingTimeInMillis()});",
            ""),
        Arguments.of("index.handler", "exports.handler = async () => process.exit(7);", ""),
        Arguments.of("index.handler", "exports.handler = () => new Promise(() => {});", ""),
        Arguments.of(
            "index.handler",
            "exports.handler = async () => { setTimeout(() => { throw new Error('late'); }, 1);"
                + " await new Promise((r) => setTimeout(r, 9000)); };",
            "exit"),
        Arguments.of(
            "index.handler",
            "exports.handler = async () => { Promise.reject(new Error('nobody'));"
                + " await new Promise((r) => setTimeout(r, 9000)); };",
            "exit"),
        Arguments.of(
            "index.handler",
            "exports.handler = awslambda.streamifyResponse(async (e, s) => {"
                + " s.setContentType('text/x'); s.write('a'); s.write({b: 1}); s.end('c'); });",
            ""),
        Arguments.of(
            "index.handler",
            "exports.handler = awslambda.streamifyResponse(async (e, s) => { s ="
                + " awslambda.HttpResponseStream.from(s, {statusCode: 201}); s.write('a'); s.end();"
                + " });",
            ""),
        Arguments.of(
            "index.handler",
            "exports.handler = awslambda.streamifyResponse(async (e, s) => { s.write('a'); throw"
                + " new Error('mid'); });",
            ""),
        Arguments.of(
            "index.handler",
            "exports.handler = awslambda.streamifyResponse((e, s) => { s.write('a'); });",
            ""));
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void behavesLikeAwsClient(String handler, String source, String mode) throws Exception {
    Path client = oracle("HEARTH_ORACLE_NODE_RIC");
    Path node = oracle("HEARTH_ORACLE_NODE");
    file("index.js", source + "\n");
    DeployedFunction function = function("nodejs24.x", "index.handler");
    LaunchPlan ours = runtimes.forFamily(family()).plan(function);
    List<String> command = new ArrayList<>(ours.command());
    command.set(0, node.toString());
    LaunchPlan own = new LaunchPlan(command, ours.environment(), "", List.of());
    LaunchPlan theirs =
        new LaunchPlan(
            List.of(node.toString(), client.toString()), ours.environment(), "", List.of());
    Behaviour expected = observe(function, theirs, handler, mode, client);
    assertThat(observe(function, own, handler, mode, Path.of(command.get(1)))).isEqualTo(expected);
  }

  private Behaviour observe(
      DeployedFunction function, LaunchPlan plan, String handler, String mode, Path client)
      throws Exception {
    Map<String, String> variables =
        mode.equals("JSON")
            ? Map.of("_HANDLER", handler, "AWS_LAMBDA_LOG_FORMAT", "JSON")
            : Map.of("_HANDLER", handler);
    List<String> sent = new ArrayList<>();
    try (TestRuntimeApi server = new TestRuntimeApi();
        RuntimeProcess process = new RuntimeProcess(function, plan, server, variables)) {
      server.send(ID, "{\"n\":1}", Map.of());
      server.send("second", "{\"n\":2}", Map.of());
      String exit = process.endOr(server, 2);
      for (var answer : server.answers) {
        String type = answer.kind().equals("response") ? answer.header("content-type") : "";
        String trailer = answer.header("Lambda-Runtime-Function-Error-Body");
        String body =
            trailer.isEmpty() ? "" : new String(java.util.Base64.getDecoder().decode(trailer));
        sent.add(normal(answer.path() + " " + type + " " + answer.text() + " " + body, client));
      }
      process.finish();
      // A process that dies of an error has node's own report on stderr, with the client's source.
      List<String> logged =
          normal(process.logged().collect(Collectors.joining("\n")), client)
              .lines()
              .filter(line -> line.startsWith("TIME") || line.startsWith("{"))
              .toList();
      return new Behaviour(sent, logged, exit);
    }
  }

  /** Without times and without the frames of the client itself and of node's loaders. */
  private static String normal(String text, Path client) {
    String name = client.getFileName().toString().replace(".", "\\.");
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
        .replaceAll(",\"    at [^\"]*node:internal[^\"]*\"", "")
        .replaceAll(",\"    at [^\"]*" + name + "[^]]*(?=])", "")
        .replaceAll("\\r    at [^\\r\\n]*" + name + "[^\\n]*", "")
        .replaceAll("- [^\"\\n\\\\]*" + name, "- CLIENT");
  }
}
