package dev.hearth.app.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.testing.FakeLambda;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretVariablesTest {
  private static final String SECRET = "tr0ub4dor-and-3";

  @TempDir Path folder;
  private final FakeLambda lambda = new FakeLambda();
  private Path file;
  private ProjectService projects;
  private ProjectSession session;

  @BeforeEach
  void create() {
    file = folder.resolve("shop.hearth");
    projects = user("me");
    session = projects.create(file, "empty");
    session
        .functions()
        .create(
            FunctionConfiguration.of("fn", RuntimeIdentifier.parse("python3.12"), "app.handler")
                .withEnvironment(Map.of("API_KEY", SECRET, "STAGE", "dev"))
                .withSecrets(Set.of("API_KEY")),
            new SourceLocation.InProject(),
            Map.of("app.py", "def handler(e, c): pass\n".getBytes(ISO_8859_1)));
  }

  @AfterEach
  void close() {
    session.close();
    projects.close();
  }

  private ProjectService user(String name) {
    return HearthServices.open(UserFolders.under(folder.resolve(name)), false, () -> lambda);
  }

  private void reopenAs(String user) {
    session.close();
    projects.close();
    projects = user(user);
    session = projects.open(file);
    session.trust();
  }

  private FunctionConfiguration configuration() {
    return session.functions().get("fn").configuration();
  }

  private void change(FunctionConfiguration configuration) {
    FunctionDefinition function = session.functions().get("fn");
    session.functions().update(function.withConfiguration(configuration));
  }

  private boolean fileHolds(String text) throws Exception {
    return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
  }

  @Test
  void theValueIsInTheFunctionAndNotInTheFile() throws Exception {
    session.versions().publish("fn", "");
    reopenAs("me");
    assertThat(configuration().environment()).containsEntry("API_KEY", SECRET);
    assertThat(configuration().secrets()).containsExactly("API_KEY");
    assertThat(configuration()).asString().doesNotContain(SECRET).contains("API_KEY=****");
    assertThat(session.versions().overview("fn").published().getFirst().configuration())
        .isEqualTo(configuration());
    session.close();
    assertThat(fileHolds("API_KEY")).isTrue();
    assertThat(fileHolds("STAGE")).isTrue();
    assertThat(fileHolds(SECRET)).isFalse();
  }

  @Test
  void whatWasWrittenInClearBeforeItBecameSecretIsGone() throws Exception {
    String before = "clear-until-marked";
    change(configuration().withEnvironment(Map.of("TOKEN", before)).withSecrets(Set.of()));
    session.close();
    assertThat(fileHolds(before)).isTrue();
    session = projects.open(file);
    change(configuration().withSecrets(Set.of("TOKEN")));
    session.close();
    assertThat(fileHolds(before)).isFalse();
  }

  @Test
  void anotherUserLosesNothingAndIsToldWhatIsMissing() throws Exception {
    reopenAs("other");
    assertThat(configuration().lockedSecrets()).containsExactly("API_KEY");
    assertThat(configuration().environment()).containsOnlyKeys("STAGE");
    change(configuration().withMemorySize(512));
    reopenAs("me");
    assertThat(configuration().memorySize()).isEqualTo(512);
    assertThat(configuration().environment()).containsEntry("API_KEY", SECRET);

    reopenAs("other");
    change(
        configuration()
            .withEnvironment(Map.of("API_KEY", "entered anew"))
            .withSecrets(Set.of("API_KEY")));
    assertThat(configuration().lockedSecrets()).isEmpty();
    assertThat(configuration().environment()).isEqualTo(Map.of("API_KEY", "entered anew"));
  }

  @Test
  void theServiceApiAnswersAsLambdaDoes() throws Exception {
    assertThat(get()).contains("\"API_KEY\":\"" + SECRET + "\"").doesNotContain("\"Error\"");
    reopenAs("other");
    assertThat(get())
        .doesNotContain(SECRET)
        .contains("\"Error\":{\"ErrorCode\":\"AccessDeniedException\"")
        .contains("decrypt API_KEY");
    // A client that sends back what it was answered does not remove what it could not see.
    put("{\"Environment\":{\"Variables\":{\"STAGE\":\"prod\"}}}");
    reopenAs("me");
    assertThat(configuration().environment()).isEqualTo(Map.of("STAGE", "prod", "API_KEY", SECRET));
    put("{\"Environment\":{\"Variables\":{\"API_KEY\":\"rotated\"}}}");
    assertThat(configuration().environment()).isEqualTo(Map.of("API_KEY", "rotated"));
    assertThat(configuration().secrets()).containsExactly("API_KEY");
  }

  private String get() throws Exception {
    return send("GET", "");
  }

  private void put(String body) throws Exception {
    send("PUT", body);
  }

  private String send(String method, String body) throws Exception {
    try (ServedApi api = session.serveApi(0, problem -> {});
        HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create(api.url() + "/2015-03-31/functions/fn/configuration"))
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }
}
