package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.service.ControlPlane;
import dev.hearth.runtime.service.InMemoryCatalog;
import dev.hearth.runtime.service.LambdaApiServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

  @Test
  void createsPublishesAndDeletes() throws Exception {
    try (LambdaApiServer server = LambdaApiServer.start(lambda, plane(), 0)) {
      Path zip = folder.resolve("code.zip");
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
        out.putNextEntry(new ZipEntry("bootstrap"));
        Files.copy(TestBootstrap.folder().resolve("bootstrap"), out);
      }
      String[] name = {"--function-name", "cli"};
      assertThat(
              aws(
                  server,
                  true,
                  "create-function",
                  name[0],
                  name[1],
                  "--runtime",
                  "provided.al2023",
                  "--handler",
                  "init.ok",
                  "--role",
                  "arn:aws:iam::000000000000:role/r",
                  "--zip-file",
                  "fileb://code.zip"))
          .contains("\"State\": \"Pending\"", "\"CodeSha256\": \"");
      aws(server, true, "wait", "function-active-v2", name[0], name[1]);
      assertThat(aws(server, true, "publish-version", name[0], name[1]))
          .contains("\"Version\": \"1\"");
      aws(
          server,
          true,
          "create-alias",
          name[0],
          name[1],
          "--name",
          "live",
          "--function-version",
          "1");
      assertThat(aws(server, true, "invoke", name[0], "cli:live", "out.json"))
          .contains("\"ExecutedVersion\": \"1\"");
      assertThat(
              aws(
                  server,
                  false,
                  "create-alias",
                  name[0],
                  "cli",
                  "--name",
                  "7",
                  "--function-version",
                  "1"))
          .contains("(ValidationException)", "Value '7' at 'name'");
      aws(server, true, "delete-function", name[0], name[1]);
      assertThat(aws(server, true, "list-functions")).doesNotContain("\"cli\"");
    }
  }

  @Test
  void thePythonSdkGetsWhatItExpects() throws Exception {
    Process probe = new ProcessBuilder("python3", "-c", "import boto3").start();
    assumeTrue(probe.waitFor() == 0, "needs python3 with boto3");
    Path script = folder.resolve("lambda_api.py");
    try (InputStream in = getClass().getResourceAsStream("/contract/lambda_api.py")) {
      Files.copy(in, script);
    }
    try (LambdaApiServer server = LambdaApiServer.start(lambda, plane(), 0)) {
      Process python =
          new ProcessBuilder(
                  "python3",
                  script.toString(),
                  server.url(),
                  TestBootstrap.folder().resolve("bootstrap").toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(output).contains("all answers are as the SDK expects them");
    }
  }
}
