package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.project.TestEvent;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.service.InvocationService.BurstRequest;
import dev.hearth.app.testing.FakeLambda;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.NetworkAccess;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  private static final String CODE = "def handler(event, context):\n    return 1\n";

  @TempDir Path folder;
  private final FakeLambda lambda = new FakeLambda();
  private ProjectService projects;
  private ProjectSession session;
  private Path file;

  @BeforeEach
  void create() {
    projects = HearthServices.open(UserFolders.under(folder.resolve("user")), true, () -> lambda);
    file = folder.resolve("shop.hearth");
    session = projects.create(file, "empty");
  }

  @AfterEach
  void close() {
    session.close();
    projects.close();
  }

  private void reopen() {
    session.close();
    session = projects.open(file);
  }

  private static FunctionConfiguration configuration(String name) {
    return FunctionConfiguration.of(name, RuntimeIdentifier.parse("python3.12"), "app.handler")
        .withTimeout(60)
        .withEnvironment(Map.of("STAGE", "dev"));
  }

  private FunctionDefinition function(String name) {
    return session
        .functions()
        .create(
            configuration(name),
            new SourceLocation.InProject(),
            Map.of("app.py", CODE.getBytes(StandardCharsets.UTF_8)));
  }

  private InvokeResult invoke(FunctionDefinition function, String json) {
    return session.invocations().invoke(function.id(), json).result().join();
  }

  @Test
  void whatWasInvokedIsFoundAgainAfterReopening() {
    FunctionDefinition function = function("hello");
    InvokeResult cold = invoke(function, "{\"n\": 1}");
    invoke(function, "{\"n\": 2}");
    List<InvocationRecord> before = session.history().recent(10);
    InvocationDetail detail = session.history().detail(cold.requestId()).orElseThrow();
    reopen();

    assertThat(session.functions().list()).containsExactly(function);
    assertThat(session.history().recent(10)).isEqualTo(before).hasSize(2);
    assertThat(session.history().detail(cold.requestId()).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(detail);
    assertThat(before).extracting(InvocationRecord::coldStart).containsExactly(true, false);
    assertThat(before).extracting(InvocationRecord::sourceVersion).containsOnly(1);
    assertThat(before).extracting(InvocationRecord::functionId).containsOnly(function.id());
    assertThat(before.getFirst().costPicoUsd()).isPositive();
    assertThat(detail.log()).extracting(LogEntry::text).contains("{\"order\": \"A-1042\"}");
    assertThat(new String(detail.event(), StandardCharsets.UTF_8)).isEqualTo("{\"n\": 1}");
    assertThat(session.history().environments(10))
        .extracting(EnvironmentRecord::goneReason)
        .containsExactly("Hearth closed");
  }

  @Test
  void whatIsCancelledBeforeItStartsIsInTheHistory() {
    FunctionDefinition function = function("hello");
    int calls = 50;
    for (int i = 0; i < calls; i++) {
      InvocationService.Invocation call = session.invocations().invoke(function.id(), "{}");
      session.invocations().cancel(call.requestId());
      call.result().join();
    }
    reopen();
    assertThat(session.history().count()).isEqualTo(calls);
  }

  @Test
  void aMeasuredColdStartKeepsItsImports() {
    FunctionDefinition function = function("hello");
    invoke(function, "{}");
    InvokeResult measured =
        session.invocations().measureImports(function.id(), "{}").result().join();

    InvocationDetail detail = session.history().detail(measured.requestId()).orElseThrow();
    assertThat(detail.record().coldStart()).isTrue();
    assertThat(detail.imports().slowest())
        .anySatisfy(
            module -> {
              assertThat(module.name()).isEqualTo("app");
              assertThat(module.totalNanos()).isPositive();
            });
    assertThat(detail.waterfall()).extracting(TraceSpan::name).contains("import handler", "app");
    reopen();
    assertThat(session.history().detail(measured.requestId()).orElseThrow().imports())
        .isEqualTo(detail.imports());
  }

  @Test
  void aReplayRunsTheSourceAndConfigurationOfThatTime() {
    FunctionDefinition function = function("hello");
    InvokeResult first = invoke(function, "{\"n\": 1}");
    InvocationDetail past = session.history().detail(first.requestId()).orElseThrow();
    session.functions().write(function.id(), "app.py", CODE.replace("1", "2"));
    session
        .functions()
        .update(
            new FunctionDefinition(
                function.id(), configuration("hello").withMemorySize(512), function.source()));
    invoke(function, "{}");

    InvokeResult again = session.invocations().replay(past, false).result().join();
    assertThat(again.function().configuration()).isEqualTo(function.configuration());
    assertThat(again.function().code().taskRoot().resolve("app.py")).hasContent(CODE);
    InvocationRecord replayed = session.history().recent(1).getFirst();
    assertThat(replayed.requestId()).isEqualTo(again.requestId());
    assertThat(replayed.sourceVersion()).isEqualTo(1);
    assertThat(replayed.memoryMb()).isEqualTo(128);
    assertThat(session.history().detail(again.requestId()).orElseThrow().event())
        .isEqualTo(past.event());

    InvokeResult today = session.invocations().replay(past, true).result().join();
    assertThat(today.function().configuration().memorySize()).isEqualTo(512);
  }

  @Test
  void aFunctionsNetworkIsKeptAlsoByItsVersions() {
    FunctionDefinition function = function("offline");
    session
        .functions()
        .update(
            function.withConfiguration(
                function.configuration().withNetwork(NetworkAccess.LOOPBACK)));
    session.versions().publish("offline", "");
    reopen();
    assertThat(session.functions().get("offline").configuration().network())
        .isEqualTo(NetworkAccess.LOOPBACK);
    assertThat(
            session.versions().overview("offline").published().getFirst().configuration().network())
        .isEqualTo(NetworkAccess.LOOPBACK);
  }

  @Test
  void theRecordsOfTheWindowAreThoseOfTheHistory() {
    FunctionDefinition function = function("hello");
    Recording recording = new Recording();
    var assembler = session.assembler(recording);
    session.lambda().subscribe(assembler::accept);
    invoke(function, "{}");

    assertThat(session.history().recent(1)).containsExactly(recording.records.getLast());
  }

  @Test
  void eachCallRunsTheSourceThatWasLastSaved() throws Exception {
    FunctionDefinition function = function("hello");
    invoke(function, "{}");
    Path first = lambda.deployed("hello").orElseThrow().code().taskRoot();
    session.functions().write(function.id(), "app.py", CODE.replace("1", "2"));
    session.functions().write(function.id(), "lib/util.py", "x = 1\n");
    invoke(function, "{}");
    Path second = lambda.deployed("hello").orElseThrow().code().taskRoot();
    session.functions().write(function.id(), "app.py", CODE);
    session.functions().deleteFile(function.id(), "lib/util.py");
    invoke(function, "{}");

    assertThat(first.resolve("app.py")).hasContent(CODE);
    assertThat(second.resolve("app.py")).hasContent(CODE.replace("1", "2"));
    assertThat(second.resolve("lib/util.py")).hasContent("x = 1\n");
    assertThat(lambda.deployed("hello").orElseThrow().code().taskRoot()).isEqualTo(first);
    assertThat(session.history().recent(9))
        .extracting(InvocationRecord::sourceVersion)
        .containsExactly(1, 2, 1);
    assertThat(session.functions().latestVersion(function.id()).number()).isEqualTo(2);
  }

  @Test
  void anEditIsInTheFileWhenWriteReturnsAlsoForAnotherProcess() {
    FunctionDefinition function = function("hello");
    invoke(function, "{}");
    try (ProjectSession other = projects.open(file)) {
      other.functions().write(function.id(), "app.py", "changed elsewhere");
    }

    assertThat(session.functions().read(function.id(), "app.py")).isEqualTo("changed elsewhere");
    assertThat(session.functions().snapshot(function.id()).version().number()).isEqualTo(2);
  }

  @Test
  void nothingIsUnpackedAgainWhileNothingChanges() {
    FunctionDefinition function = function("hello");
    var first = session.functions().snapshot(function.id());
    assertThat(session.functions().snapshot(function.id())).isEqualTo(first);
  }

  @Test
  void scriptsAndBootstrapsAreExecutable() {
    FunctionDefinition function =
        session
            .functions()
            .create(
                configuration("tools"),
                new SourceLocation.InProject(),
                Map.of(
                    "bootstrap", new byte[] {1, 2},
                    "run", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8),
                    "data.txt", new byte[] {'x'}));
    Path root = session.functions().snapshot(function.id()).deployable().code().taskRoot();

    assertThat(root.resolve("bootstrap").toFile().canExecute()).isTrue();
    assertThat(root.resolve("run").toFile().canExecute()).isTrue();
    assertThat(root.resolve("data.txt").toFile().canExecute()).isFalse();
  }

  @Test
  void brokenJsonIsRefusedWithItsPlaceAndNothingRuns() {
    FunctionDefinition function = function("hello");

    assertThatThrownBy(() -> invoke(function, "{\n  \"a\": 1,\n  nope\n}"))
        .hasCauseInstanceOf(HearthException.class)
        .hasMessageContaining("Event is not valid JSON: line 3, column 3:");
    assertThat(session.history().count()).isZero();
  }

  @Test
  void aFunctionWithoutFilesIsAClearMessage() {
    FunctionDefinition function =
        session.functions().create(configuration("bare"), new SourceLocation.InProject(), Map.of());
    assertThatThrownBy(() -> invoke(function, "{}")).hasMessageContaining("has no files");
  }

  @Test
  void aBurstMakesAllItsCallsAndTellsOfEach() {
    FunctionDefinition function = function("hello");
    ConcurrentLinkedQueue<InvokeResult> told = new ConcurrentLinkedQueue<>();
    session
        .invocations()
        .burst(new BurstRequest(function.id(), "{}", 250, 8), told::add)
        .done()
        .join();

    assertThat(told).hasSize(250);
    assertThat(session.history().count()).isEqualTo(250);
    assertThat(session.history().recent(250))
        .extracting(InvocationRecord::requestId)
        .doesNotHaveDuplicates();
  }

  @Test
  void aBurstOutOfRangeIsRefused() {
    FunctionDefinition function = function("hello");
    assertThatThrownBy(
            () ->
                session
                    .invocations()
                    .burst(new BurstRequest(function.id(), "{}", 5, 1_001), _ -> {}))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("concurrency of 1,001");
  }

  @Test
  void aFailureIsDataInTheHistory() {
    FunctionDefinition function = function("hello");
    lambda.outcome(
        new InvokeOutcome.FunctionError(
            "ValueError", "{\"errorType\":\"ValueError\"}".getBytes(StandardCharsets.UTF_8)));
    invoke(function, "{}");

    InvocationRecord record = session.history().recent(1).getFirst();
    assertThat(record.status()).isEqualTo(InvocationStatus.ERROR);
    assertThat(record.errorType()).isEqualTo("ValueError");
  }

  @Test
  void renamingTakesTheOldNameAwayAndKeepsTheId() {
    FunctionDefinition function = function("hello");
    invoke(function, "{}");
    FunctionDefinition renamed =
        session.functions().update(function.withConfiguration(configuration("hallo")));
    invoke(renamed, "{}");

    assertThat(lambda.deployed("hello")).isEmpty();
    assertThat(session.history().recent(2))
        .extracting(InvocationRecord::functionName)
        .containsExactly("hello", "hallo");
    assertThat(session.history().recent(2))
        .extracting(InvocationRecord::functionId)
        .containsOnly(function.id());
  }

  @Test
  void deletingAFunctionKeepsItsHistoryAndNeverReusesItsId() {
    FunctionDefinition function = function("hello");
    invoke(function, "{}");
    session.functions().delete(function.id());

    assertThat(session.functions().list()).isEmpty();
    assertThat(session.history().count()).isOne();
    assertThat(function("hello").id()).isGreaterThan(function.id());
  }

  @Test
  void namesInUseAndUnknownNamesAreClearMessages() {
    function("hello");
    function("orders-api");

    assertThatThrownBy(() -> function("hello"))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("There is a function \"hello\" already");
    assertThatThrownBy(() -> session.functions().get("orders-apy"))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("Did you mean \"orders-api\"?")
        .hasMessageContaining("hello, orders-api");
  }

  @Test
  void pathsStayInsideTheFunction() {
    FunctionDefinition function = function("hello");
    for (String path : List.of("../x", "/etc/passwd", "a//b", "a/./b", "a\\b", "c:x", "", "a/")) {
      assertThatThrownBy(() -> session.functions().write(function.id(), path, "x"))
          .as(path)
          .isInstanceOf(HearthException.class);
    }
  }

  @Test
  void filesCanBeRenamedAndBinaryOnesAreNotText() {
    FunctionDefinition function = function("hello");
    session.functions().renameFile(function.id(), "app.py", "src/main.py");
    assertThat(session.functions().files(function.id()))
        .extracting(f -> f.path() + " " + f.size() + " " + f.text())
        .containsExactly("src/main.py " + CODE.length() + " true");
    session.functions().write(function.id(), "b.py", "");
    assertThatThrownBy(() -> session.functions().renameFile(function.id(), "b.py", "src/main.py"))
        .hasMessageContaining("already");
    assertThatThrownBy(() -> session.functions().read(function.id(), "app.py"))
        .hasMessageContaining("There is no file app.py");
  }

  @Test
  void eventsHaveUniqueNames() {
    var first = session.events().create("order", "SQS", "{}");
    var second = session.events().create("order", "SQS", "{ broken");
    assertThat(second.name()).isEqualTo("order-2");
    assertThatThrownBy(() -> session.events().update(new TestEvent(second.id(), "order", "", "{}")))
        .hasMessageContaining("already");
    session.events().delete(first.id());
    assertThat(session.events().list()).containsExactly(second);
    assertThat(session.events().templates()).hasSizeGreaterThan(9);
  }

  @Test
  void settingsOfProjectAndUserAreThereAgain() {
    session.settings().put("splitter", "0.3");
    projects.userSettings().put("theme", "dark");
    projects.userSettings().put("gone", "x");
    projects.userSettings().remove("gone");
    reopen();
    projects.close();
    ProjectService again =
        HearthServices.open(UserFolders.under(folder.resolve("user")), true, () -> lambda);

    assertThat(session.settings().get("splitter")).contains("0.3");
    assertThat(again.userSettings().get("theme")).contains("dark");
    assertThat(again.userSettings().get("gone")).isEmpty();
    assertThat(again.recent()).containsExactly(file);
  }

  @Test
  void recentProjectsAreNewestFirstAndLeaveOutWhatIsGone() throws Exception {
    Path other = folder.resolve("other.hearth");
    projects.create(other, "empty").close();
    assertThat(projects.recent()).containsExactly(other, file);
    Files.delete(other);
    assertThat(projects.recent()).containsExactly(file);
  }

  @Test
  void theSampleProjectIsMadeOnceAndShowsTheFamiliesThatMachinesHave() {
    try (ProjectSession sample = projects.openSample()) {
      assertThat(sample.functions().list())
          .extracting(f -> f.configuration().runtime().family())
          .contains(
              RuntimeFamily.PYTHON,
              RuntimeFamily.NODEJS,
              RuntimeFamily.JAVA,
              RuntimeFamily.PROVIDED);
      assertThat(sample.events().list()).isNotEmpty();
      FunctionDefinition first = sample.functions().list().getFirst();
      sample.functions().delete(first.id());
    }
    try (ProjectSession sample = projects.openSample()) {
      assertThat(sample.functions().list()).hasSizeLessThan(4 + 1).isNotEmpty();
    }
  }

  @Test
  void openingWhatIsNoProjectIsAClearMessage() throws Exception {
    Path text = Files.writeString(folder.resolve("x.hearth"), "text");
    assertThatThrownBy(() -> projects.open(text))
        .isInstanceOfSatisfying(
            HearthException.class, e -> assertThat(e.kind()).isEqualTo(HearthException.Kind.INPUT))
        .hasMessageContaining("is not a Hearth project");
    assertThatThrownBy(() -> projects.create(file, "empty")).hasMessageContaining("exists already");
  }

  @Test
  void afterClosingACallFailsWithAClearMessage() {
    FunctionDefinition function = function("hello");
    invoke(function, "{}");
    session.close();

    assertThatThrownBy(() -> invoke(function, "{}"))
        .hasCauseInstanceOf(HearthException.class)
        .hasMessageContaining("was closed");
  }

  @Test
  void whatIsKeptDeployedFollowsTheProjectWhoeverChangesIt() throws Exception {
    FunctionDefinition first = function("first");
    FunctionDefinition second = function("second");
    LinkedBlockingQueue<String> problems = new LinkedBlockingQueue<>();
    try (Subscription kept = session.invocations().keepDeployed(problems::add);
        ProjectSession other = projects.open(file)) {
      assertThat(lambda.deployed("first")).isPresent();
      String before = lambda.deployed("first").orElseThrow().code().sha256();
      other.functions().write(first.id(), "app.py", "changed elsewhere");
      other.functions().delete(second.id());
      other.functions().create(configuration("third"), new SourceLocation.InProject(), Map.of());

      assertThat(problems.poll(10, TimeUnit.SECONDS)).contains("has no files");
      await(() -> lambda.deployed("second").isEmpty());
      assertThat(lambda.deployed("first").orElseThrow().code().sha256()).isNotEqualTo(before);
      assertThat(kept).isNotNull();
    }
  }

  /** The keeper's round is under way when the problem was told. */
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
