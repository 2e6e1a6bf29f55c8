package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.LayerContent;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a function finds of its layers (runtime-api.md sections 7.3 and 7.5). */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LayerTest {
  @TempDir static Path cache;
  @TempDir Path folder;
  private LocalLambda lambda;
  private final List<LayerContent> layers = new ArrayList<>();

  @BeforeEach
  void open() {
    lambda = LocalLambda.open(LocalLambdaOptions.of(folder.resolve("scratch"), cache));
  }

  @AfterEach
  void close() {
    lambda.close();
  }

  private void needs(RuntimeFamily family) {
    assumeTrue(lambda.interpreters().stream().anyMatch(found -> found.family() == family));
  }

  /** A layer with files given as path, content, path, content ... */
  private Path layer(String name, String... files) throws IOException {
    Path root = folder.resolve(name);
    for (int i = 0; i < files.length; i += 2) {
      Path file = root.resolve(files[i]);
      Files.createDirectories(file.getParent());
      Files.writeString(file, files[i + 1]);
    }
    layers.add(new LayerContent("arn:" + name, root, name.repeat(4)));
    return root;
  }

  private String call(String runtime, String handler, Map<String, String> variables)
      throws IOException {
    FunctionConfiguration configuration =
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse(runtime), handler)
            .withMemorySize(512)
            .withTimeout(20)
            .withEnvironment(variables);
    lambda.deploy(
        new DeployedFunction(
            configuration,
            new CodePackage(folder.resolve("code"), "1".repeat(64)),
            DeployedFunction.LATEST,
            layers));
    InvokeResult result =
        lambda.invoke(InvokeRequest.of("fn", "{}".getBytes(StandardCharsets.UTF_8)));
    return new String(result.outcome().body(), StandardCharsets.UTF_8);
  }

  private void code(String file, String content) throws IOException {
    Files.createDirectories(folder.resolve("code"));
    Files.writeString(folder.resolve("code").resolve(file), content);
  }

  @Test
  void aLaterLayerWinsAndTheTaskRootBeatsBoth() throws IOException {
    needs(RuntimeFamily.PYTHON);
    layer("one", "python/both.py", "x = 'one'", "python/first.py", "x = 'first'");
    layer("two", "python/both.py", "x = 'two'", "python/own.py", "x = 'layer'");
    code("own.py", "x = 'task'");
    code(
        "app.py",
        """
        import both, first, own
        def handler(event, context):
            return [both.x, first.x, own.x]
        """);
    assertThat(call("python3.11", "app.handler", Map.of()))
        .isEqualTo("[\"two\", \"first\", \"task\"]");
  }

  @Test
  void pythonFindsSitePackagesOfItsVersionBeforeThePlainFolder() throws IOException {
    needs(RuntimeFamily.PYTHON);
    layer(
        "one",
        "python/lib/python3.11/site-packages/lib1.py",
        "x = 'versioned'",
        "python/lib1.py",
        "x = 'plain'");
    code("app.py", "import lib1\ndef handler(e, c): return lib1.x\n");
    assertThat(call("python3.11", "app.handler", Map.of())).isEqualTo("\"versioned\"");
  }

  @Test
  void nodeFindsModulesOfItsMajorVersionAndOfAll() throws IOException {
    needs(RuntimeFamily.NODEJS);
    layer(
        "one",
        "nodejs/node20/node_modules/a/index.js",
        "module.exports = 'a20';",
        "nodejs/node_modules/a/index.js",
        "module.exports = 'a';",
        "nodejs/node_modules/b/index.js",
        "module.exports = 'b' + require('c');");
    layer("two", "nodejs/node_modules/c/index.js", "module.exports = 'c';");
    code("index.js", "exports.handler = async () => require('a') + require('b');");
    assertThat(call("nodejs20.x", "index.handler", Map.of())).isEqualTo("\"a20bc\"");
  }

  @Test
  void esModulesFindTheModulesOfALayer() throws IOException {
    needs(RuntimeFamily.NODEJS);
    layer(
        "one",
        "nodejs/node_modules/a/index.js",
        "module.exports = { a: 'from the layer' };",
        "nodejs/node_modules/@aws-sdk/client-s3/index.js",
        "exports.S3 = class { name() { return 's3'; } };");
    code("lib.mjs", "import s3 from '@aws-sdk/client-s3'; export const name = new s3.S3().name();");
    code(
        "index.mjs",
        """
        import a from 'a';
        import { name } from './lib.mjs';
        export const handler = async () => [a.a, name];
        """);
    assertThat(call("nodejs20.x", "index.handler", Map.of()))
        .isEqualTo("[\"from the layer\",\"s3\"]");
  }

  @Test
  void programsOfALayerAreOnThePath() throws IOException {
    needs(RuntimeFamily.PYTHON);
    Path root = layer("one", "bin/greet", "#!/bin/sh\necho hello", "lib/libx.so", "");
    assertThat(root.resolve("bin/greet").toFile().setExecutable(true)).isTrue();
    code(
        "app.py",
        """
        import os, subprocess
        def handler(event, context):
            return [subprocess.check_output(['greet'], text=True), os.environ['LD_LIBRARY_PATH'][-4:]]
        """);
    assertThat(call("python3.11", "app.handler", Map.of())).isEqualTo("[\"hello\\n\", \"/lib\"]");
  }

  @Test
  void aWrapperScriptStartsTheRuntime() throws IOException {
    needs(RuntimeFamily.PYTHON);
    Path root = layer("one", "wrap", "#!/bin/sh\nexport WRAPPED=$#\nexec \"$@\"\n");
    assertThat(root.resolve("wrap").toFile().setExecutable(true)).isTrue();
    code("app.py", "import os\ndef handler(e, c): return int(os.environ['WRAPPED']) > 1\n");
    assertThat(call("python3.11", "app.handler", Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap")))
        .isEqualTo("true");
  }

  @Test
  void aMissingWrapperScriptIsExitStatus127() throws IOException {
    needs(RuntimeFamily.PYTHON);
    code("app.py", "def handler(e, c): return 1\n");
    assertThat(call("python3.11", "app.handler", Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/none")))
        .startsWith("{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: ")
        .endsWith(" Error: Runtime exited with error: exit status 127\"}");
  }

  @Test
  void aLayerCanBringTheBootstrap() throws IOException {
    assumeTrue(TestBootstrap.available());
    Files.createDirectories(folder.resolve("code"));
    Path root = layer("one", "x", "");
    Files.copy(
        TestBootstrap.folder().resolve("bootstrap"),
        root.resolve("bootstrap"),
        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(call("provided.al2023", "init.ok", Map.of())).isEqualTo("{}");
  }
}
