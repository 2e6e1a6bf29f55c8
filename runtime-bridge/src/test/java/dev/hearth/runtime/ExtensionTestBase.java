package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.LayerContent;
import dev.hearth.runtime.function.LoggingConfig;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.language.InterpreterDiscovery;
import dev.hearth.runtime.language.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The C runtime with extensions that a test writes in Python. */
abstract class ExtensionTestBase extends LocalLambdaTestBase {
  private static final String HELPERS =
      """
      import http.client, json, os, sys, time
      NAME = os.path.basename(sys.argv[0])
      api = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
      def call(method, path, headers, body=None):
          api.request(method, '/2020-01-01/extension/' + path, body, headers)
          answer = api.getresponse()
          return answer.status, answer.headers, answer.read().decode()
      def register(*events):
          global ID
          status, headers, body = call('POST', 'register', {'Lambda-Extension-Name': NAME},
                                       json.dumps({'events': events}))
          ID = {'Lambda-Extension-Identifier': headers.get('Lambda-Extension-Identifier', '')}
          return status, body
      def next_event():
          return json.loads(call('GET', 'event/next', ID)[2])
      def note(text):
          with open(os.environ['NOTES'], 'a') as f: f.write(text + '\\n')
      def fail(kind):
          call('POST', kind + '/error', dict(ID, **{'Lambda-Extension-Function-Error-Type': 'Ext.Oops'}))
      """;

  @TempDir static Path cache;
  Path opt;
  Path notes;
  private String python;

  @BeforeEach
  void findPython() {
    var found =
        new InterpreterDiscovery(Machine.current(), cache)
            .find(RuntimeFamily.PYTHON)
            .interpreters();
    assumeTrue(!found.isEmpty(), "needs Python");
    python = found.getFirst().executable().toString();
    opt = folder.resolve("layer");
    notes = folder.resolve("notes");
  }

  @Override
  LocalLambda start(LocalLambdaOptions options) {
    return TestLambda.openPlain(options);
  }

  Path extension(String name, String source) throws IOException {
    Path file = opt.resolve("extensions").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!" + python + " -S\n" + HELPERS + source);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  /** Deploys the C runtime with the extensions. */
  void deployExtended(int timeout) {
    deployExtended(timeout, LoggingConfig.TEXT);
  }

  void deployExtended(int timeout, LoggingConfig logging) {
    FunctionConfiguration configuration =
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse("provided.al2023"), "init.ok")
            .withTimeout(timeout)
            .withLogging(logging)
            .withEnvironment(Map.of("NOTES", notes.toString()));
    lambda.deploy(
        new DeployedFunction(
            configuration,
            new CodePackage(TestBootstrap.folder(), "0".repeat(64)),
            DeployedFunction.LATEST,
            List.of(new LayerContent("arn:layer", opt, "1".repeat(64)))));
  }

  List<String> noted() throws IOException {
    return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
  }
}
