package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.service.ControlPlane;
import dev.hearth.runtime.service.InMemoryCatalog;
import dev.hearth.runtime.service.LambdaApiServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/**
 * AWS's JavaScript SDK as the judge of the service API, with functions of node. The SDK is not part
 * of the build: {@code mvn -Pjs-sdk ...} fetches the version of {@code
 * src/test/js/package-lock.json} from npm; without it, or without node, the test is skipped and
 * says so.
 */
class JavaScriptSdkTest extends LanguageTestBase {
  private static final Path SDK = Path.of("target/js-sdk");
  private static final String ANSWERS =
      """
      exports.handler = async (event, context) => {
        if (event.fail) throw new Error(event.fail);
        const custom = context.clientContext?.custom;
        return { event, stage: process.env.STAGE, custom };
      };
      """;
  private static final String STREAMS =
      """
      exports.handler = awslambda.streamifyResponse(async (event, stream) => {
        for (let i = 0; i < event.n; i++) {
          await new Promise((r) => stream.write(i + ',', r));
          await new Promise((r) => setTimeout(r, 20));
        }
        if (event.fail) throw new Error(event.fail);
        stream.end();
      });
      """;

  JavaScriptSdkTest() {
    super(RuntimeFamily.NODEJS, "nodejs20.x", "index.handler", "index.js");
  }

  private String zip(String name, String source) throws IOException {
    Path zip = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("index.js"));
      out.write(source.getBytes(StandardCharsets.UTF_8));
    }
    return zip.toString();
  }

  @Test
  void theSdkGetsWhatItExpects() throws Exception {
    assumeTrue(
        Files.isDirectory(SDK.resolve("node_modules/@aws-sdk/client-lambda")),
        "needs @aws-sdk/client-lambda: mvn -Pjs-sdk fetches it");
    Path script = SDK.toAbsolutePath().resolve("lambda_api.mjs");
    Files.copy(Path.of("src/test/js/lambda_api.mjs"), script, StandardCopyOption.REPLACE_EXISTING);
    InMemoryCatalog catalog =
        new InMemoryCatalog(folder.resolve("made"), lambda::deploy, lambda::remove);
    Path code = Files.createDirectories(folder.resolve("code"));
    catalog.add(
        new DeployedFunction(
            FunctionConfiguration.of("fn", RuntimeIdentifier.parse("nodejs20.x"), "index.handler"),
            new CodePackage(code, "0".repeat(64)),
            DeployedFunction.LATEST));
    ControlPlane plane = new ControlPlane(catalog);
    lambda.versions(plane);
    String node =
        lambda.interpreters().stream()
            .filter(found -> found.family() == RuntimeFamily.NODEJS)
            .findFirst()
            .orElseThrow()
            .executable()
            .toString();
    try (LambdaApiServer server = LambdaApiServer.start(lambda, plane, 0)) {
      Process process =
          new ProcessBuilder(
                  node,
                  script.toString(),
                  server.url(),
                  zip("one.zip", ANSWERS),
                  zip("two.zip", STREAMS))
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(output).contains("all answers are as the SDK expects them");
    }
  }
}
