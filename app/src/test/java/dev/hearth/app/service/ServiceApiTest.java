package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.app.project.FunctionAlias;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.PublishedVersion;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.testing.FakeLambda;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service API and the project work on the same functions, and both survive a restart. */
class ServiceApiTest {
  private static final String FUNCTIONS = "/2015-03-31/functions";

  @TempDir Path folder;
  private final FakeLambda lambda = new FakeLambda();
  private final HttpClient client = HttpClient.newHttpClient();
  private ProjectService projects;
  private ProjectSession session;
  private ServedApi api;

  @BeforeEach
  void create() {
    projects = HearthServices.open(UserFolders.under(folder.resolve("user")), true, () -> lambda);
    session = projects.create(folder.resolve("shop.hearth"), "empty");
    api = session.serveApi(0, _ -> {});
  }

  @AfterEach
  void close() {
    api.close();
    session.close();
    projects.close();
    client.close();
  }

  private void restart() {
    api.close();
    session.close();
    session = projects.open(folder.resolve("shop.hearth"));
    api = session.serveApi(0, _ -> {});
  }

  private String send(String method, String path, String body) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(api.url() + path))
                .method(
                    method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private static String zip(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("app.py"));
      out.write(text.getBytes());
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private void createByApi(String name) throws Exception {
    createByApi(name, "");
  }

  private void createByApi(String name, String members) throws Exception {
    assertThat(
            send(
                "POST",
                FUNCTIONS,
                "{\"FunctionName\":\""
                    + name
                    + "\",\"Runtime\":\"python3.12\",\"Handler\":\"app.handler\","
                    + "\"Role\":\"arn:aws:iam::000000000000:role/r\",\"Description\":\"d\","
                    + "\"LoggingConfig\":{\"LogFormat\":\"JSON\"},"
                    + members
                    + "\"Code\":{\"ZipFile\":\""
                    + zip("one")
                    + "\"}}"))
        .startsWith("201 ");
  }

  @Test
  void whatTheApiMakesIsInTheProjectAtOnceAndAfterARestart() throws Exception {
    AtomicInteger told = new AtomicInteger();
    session.functions().onChange(told::incrementAndGet);
    createByApi("made");
    assertThat(told).hasValue(1);
    FunctionDefinition made = session.functions().get("made");
    assertThat(made.configuration().logging().isJson()).isTrue();
    assertThat(session.functions().read(made.id(), "app.py")).isEqualTo("one");
    assertThat(lambda.deployed("made")).isPresent();
    String before = send("GET", FUNCTIONS + "/made/configuration", null);
    restart();
    assertThat(send("GET", FUNCTIONS + "/made/configuration", null)).isEqualTo(before);
    assertThat(session.functions().get("made").configuration()).isEqualTo(made.configuration());
  }

  /** Else its first calls would fail, until the next look at the project deploys it again. */
  @Test
  void aNewFunctionHasItsLayersFromItsFirstDeploymentOn() throws Exception {
    String layer = "{\"Content\":{\"ZipFile\":\"" + zip("layer") + "\"}}";
    assertThat(send("POST", "/2018-10-31/layers/l/versions", layer)).startsWith("201 ");
    createByApi("made", "\"Layers\":[\"arn:aws:lambda:us-east-1:000000000000:layer:l:1\"],");
    assertThat(lambda.deployed("made").orElseThrow().layers()).hasSize(1);
  }

  @Test
  void theApiSeesWhatTheWindowDoes() throws Exception {
    createByApi("made");
    String before = send("GET", FUNCTIONS + "/made/configuration", null);
    FunctionDefinition made = session.functions().get("made");
    session.functions().write(made.id(), "app.py", "edited");
    session.functions().update(made.withConfiguration(made.configuration().withMemorySize(512)));
    String after = send("GET", FUNCTIONS + "/made/configuration", null);
    assertThat(after).contains("\"MemorySize\":512", "\"Description\":\"d\"").isNotEqualTo(before);
    session.functions().delete(made.id());
    assertThat(send("GET", FUNCTIONS + "/made", null)).startsWith("404 ");
  }

  @Test
  void aCodeUpdateReachesOpenEditors() throws Exception {
    createByApi("made");
    AtomicInteger told = new AtomicInteger();
    session.functions().onExternalChange(_ -> told.incrementAndGet());
    assertThat(send("PUT", FUNCTIONS + "/made/code", "{\"ZipFile\":\"" + zip("two") + "\"}"))
        .startsWith("200 ");
    assertThat(told).hasPositiveValue();
    FunctionDefinition made = session.functions().get("made");
    assertThat(session.functions().read(made.id(), "app.py")).isEqualTo("two");
  }

  @Test
  void anUploadNeverOverwritesALinkedFolder() throws Exception {
    Path linked = Files.createDirectory(folder.resolve("checkout"));
    Files.writeString(linked.resolve("app.py"), "mine");
    session
        .functions()
        .create(
            FunctionConfiguration.of(
                "linked", RuntimeIdentifier.parse("python3.12"), "app.handler"),
            new SourceLocation.LinkedFolder(linked),
            Map.of());
    assertThat(send("PUT", FUNCTIONS + "/linked/code", "{\"ZipFile\":\"" + zip("two") + "\"}"))
        .startsWith("400 ")
        .contains("which an upload would overwrite");
    assertThat(linked.resolve("app.py")).hasContent("mine");
  }

  @Test
  void versionsAndAliasesAreSharedAndSurviveARestart() throws Exception {
    createByApi("made");
    PublishedVersion first = session.versions().publish("made", "first");
    assertThat(first.number()).isEqualTo("1");
    assertThat(send("POST", FUNCTIONS + "/made/versions", "{}")).contains("\"Version\":\"1\"");
    FunctionDefinition made = session.functions().get("made");
    session.functions().write(made.id(), "app.py", "edited");
    session.versions().publish("made", "");
    session.versions().putAlias("made", "live", "1", Map.of("2", 0.1));
    assertThat(send("GET", FUNCTIONS + "/made/aliases/live", null))
        .contains("\"AdditionalVersionWeights\":{\"2\":0.1}");
    restart();
    VersionService.Overview overview = session.versions().overview("made");
    assertThat(overview.published()).extracting(PublishedVersion::number).containsExactly("2", "1");
    assertThat(overview.published().getLast().description()).isEqualTo("first");
    assertThat(overview.aliases())
        .isEqualTo(List.of(new FunctionAlias("live", "1", Map.of("2", 0.1))));
    assertThat(session.versions().files("made", "1")).isEqualTo(Map.of("app.py", "one"));
    assertThat(session.versions().files("made", "$LATEST")).isEqualTo(Map.of("app.py", "edited"));
    assertThatThrownBy(() -> session.versions().delete("made", "1"))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("live");
  }

  @Test
  void everythingFollowsARenamedFunction() throws Exception {
    createByApi("before");
    session.versions().publish("before", "first");
    session.versions().putAlias("before", "live", "1", Map.of());
    FunctionDefinition function = session.functions().get("before");
    FunctionConfiguration old = function.configuration();
    session
        .functions()
        .update(
            function.withConfiguration(
                FunctionConfiguration.of("after", old.runtime(), old.handler())));
    assertThat(session.versions().overview("after").published()).hasSize(1);
    assertThat(send("GET", FUNCTIONS + "/after:live", null))
        .contains("\"FunctionName\":\"after\"", "\"Version\":\"1\"");
    assertThat(send("GET", FUNCTIONS + "/before:live", null)).startsWith("404 ");
  }

  @Test
  void aFunctionUrlKeepsItsPortAndIsServedAgain() throws Exception {
    createByApi("made");
    String url = session.versions().createUrl("made");
    assertThat(get(url)).startsWith("200");
    restart();
    assertThat(session.versions().overview("made").url()).isEqualTo(url);
    assertThat(get(url)).startsWith("200");
    session.versions().deleteUrl("made");
    assertThat(session.versions().overview("made").url()).isNull();
    assertThatThrownBy(() -> get(url)).isInstanceOf(IOException.class);
  }

  private String get(String url) throws Exception {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  @Test
  void aPortInUseIsAClearError() {
    int taken = api.port();
    assertThatThrownBy(() -> session.serveApi(taken, _ -> {}))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("Port " + taken + " can't be used");
  }
}
