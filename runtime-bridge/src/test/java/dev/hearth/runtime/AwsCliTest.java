package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.service.ControlPlane;
import dev.hearth.runtime.service.InMemoryCatalog;
import dev.hearth.runtime.service.LambdaApiServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AWS's own command line as the judge of the service API. */
class AwsCliTest extends LocalLambdaTestBase {
  @BeforeEach
  void needsTheCommandLine() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws"))),
        "needs aws on the PATH");
    deploy(configuration("init.ok"));
  }

  private ControlPlane plane() {
    InMemoryCatalog catalog =
        new InMemoryCatalog(folder.resolve("code"), lambda::deploy, lambda::remove);
    catalog.add(lambda.deployed("fn").orElseThrow());
    ControlPlane plane = new ControlPlane(catalog);
    lambda.versions(plane);
    return plane;
  }

  /** Runs a command and returns what it prints; an error too. */
  private String aws(LambdaApiServer server, boolean succeeds, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("aws", "--endpoint-url", server.url(), "--output", "json"));
    command.add("lambda");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().put("AWS_ACCESS_KEY_ID", "local");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "local");
    builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
    builder.environment().put("AWS_MAX_ATTEMPTS", "1");
    builder.environment().put("AWS_PAGER", "");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor() == 0).as(output).isEqualTo(succeeds);
    return output;
  }

  private String invoke(LambdaApiServer server, String event) throws Exception {
    // A file of bytes means the same to versions 1 and 2 of the command line.
    Files.writeString(folder.resolve("event.json"), event);
    String payload = "fileb://event.json";
    return aws(
        server,
        true,
        "invoke",
        "--function-name",
        "fn",
        "--payload",
        payload,
        "--log-type",
        "Tail",
        "out.json");
  }

  @Test
  void invokesListsAndDescribes() throws Exception {
    try (LambdaApiServer server = LambdaApiServer.start(lambda, plane(), 0)) {
      assertThat(invoke(server, "{\"a\":1}"))
          .contains("\"StatusCode\": 200", "\"ExecutedVersion\": \"$LATEST\"", "\"LogResult\": \"")
          .doesNotContain("FunctionError");
      assertThat(Files.readString(folder.resolve("out.json"))).isEqualTo("{\"a\":1}");
      assertThat(invoke(server, "\"exit 3\"")).contains("\"FunctionError\": \"Unhandled\"");
      assertThat(Files.readString(folder.resolve("out.json"))).contains("exit status 3");
      assertThat(aws(server, true, "list-functions")).contains("\"FunctionName\": \"fn\"");
      assertThat(aws(server, true, "get-function-configuration", "--function-name", "fn"))
          .contains("\"Runtime\": \"provided.al2023\"");
      assertThat(aws(server, false, "invoke", "--function-name", "nobody", "out.json"))
          .contains("(ResourceNotFoundException)", "Function not found: arn:aws:lambda:");
    }
  }
}
