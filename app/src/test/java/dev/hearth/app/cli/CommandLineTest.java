package dev.hearth.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.ImportedModules;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.SettingsService;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.MapSettings;
import dev.hearth.app.testing.SyntheticHistory;
import dev.hearth.runtime.event.ImportedModule;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.Interpreter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class CommandLineTest {
  private final InMemorySession session = InMemorySession.sample();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private InputStream in = InputStream.nullInputStream();

  private int run(String... arguments) {
    return HearthCommand.run(
        new CommandContext(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            in,
            OneProject::new,
            opened -> {}),
        arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void queuesEventsAndPrintsTheirRequestIds() {
    session.lambda().clock().setSpeed(0);
    session.lambda().outcome(new InvokeOutcome.Throttled("later"));
    assertThat(run("invoke", "orders-api", "--project", "p", "--async", "--count", "2"))
        .isEqualTo(0);
    assertThat(session.queues().pending(10))
        .extracting(event -> event.requestId())
        .containsExactlyInAnyOrderElementsOf(out().lines().toList());
    assertThat(run("invoke", "orders-api", "--project", "p", "--async", "--json")).isEqualTo(0);
    assertThat(out()).contains("{\"StatusCode\":202,\"requestId\":\"");
  }

  @Test
  void measuresTheImportsOfOneColdStart() {
    assertThat(run("invoke", "orders-api", "--project", "p", "--imports", "--count", "2"))
        .isEqualTo(2);
    assertThat(err()).contains("--imports measures one cold start", "without --count");
    err.reset();
    assertThat(run("invoke", "orders-api", "--project", "p", "--imports", "--async")).isEqualTo(2);
    assertThat(session.invocations().replays()).isEmpty();

    assertThat(run("invoke", "orders-api", "--project", "p", "--imports")).isZero();
    assertThat(session.invocations().replays()).containsExactly("measured");
  }

  @Test
  void printsTheModulesWithTheLargestOwnTimeFirst() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ImportTable.print(
        new ImportedModules(
            1_812,
            List.of(
                new ImportedModule(
                    -1, ImportedModule.Kind.MODULE, "app", "", 0, 90_000_000, 1_250_000),
                new ImportedModule(
                    0, ImportedModule.Kind.CLASS_INIT, "a.Slow", "", 0, 80_000_000, 80_000_000))),
        new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("1,812 modules or classes were loaded", "slower")
        .containsSubsequence(
            "own ms", "80.00      80.00  a.Slow (static initialiser)", "1.25      90.00  app");
  }

  @Test
  void refusesASpeedOfTheClockThatIsNone() {
    assertThat(run("serve", "--project", "p", "--clock", "-1")).isEqualTo(2);
    assertThat(err()).contains("--clock of -1 is out of range. Use 0 to 100,000.");
  }

  @Test
  void opensTheWindowForNothingAndForAProjectFileOnly() {
    assertThat(HearthCommand.isCommand()).isFalse();
    assertThat(HearthCommand.isCommand("shop.hearth")).isFalse();
    assertThat(HearthCommand.isCommand("--version")).isTrue();
    assertThat(HearthCommand.isCommand("help")).isTrue();
    assertThat(HearthCommand.isCommand("new", "shop.hearth")).isTrue();
  }

  @Test
  void helpsWithEveryCommandAndItsOptions() {
    assertThat(run("--help")).isZero();
    assertThat(out()).contains("new", "add", "list", "invoke", "history", "runtimes", "serve");

    assertThat(run("invoke", "--help")).isZero();
    assertThat(out()).contains("--event", "--count", "--concurrency", "--json", "--project");

    assertThat(run("help", "serve")).isZero();
    assertThat(out()).contains("--port");
  }

  @Test
  void runsNothingOfAProjectFromElsewhereUntilItIsTrusted() {
    for (String[] command :
        new String[][] {
          {"invoke", "orders-api", "-p", "p.hearth"},
          {"invoke", "orders-api", "-p", "p.hearth", "--async"},
          {"serve", "-p", "p.hearth"},
          {"test", "-p", "p.hearth"}
        }) {
      session.revokeTrust();
      err.reset();
      assertThat(run(command)).as(command[0]).isEqualTo(3);
      assertThat(err()).contains("hearth trust p.hearth").contains("--trust").hasLineCount(1);
    }
    assertThat(out()).isEmpty();
    assertThat(run("list", "-p", "p.hearth")).isZero();

    assertThat(run("trust", "p.hearth")).isZero();
    assertThat(out()).contains("Trusted " + session.project().file());
    assertThat(run("invoke", "orders-api", "-p", "p.hearth")).isZero();

    assertThat(run("trust", "p.hearth", "--revoke")).isZero();
    assertThat(run("invoke", "orders-api", "-p", "p.hearth")).isEqualTo(3);
    assertThat(run("invoke", "orders-api", "-p", "p.hearth", "--trust")).isZero();
  }

  @Test
  void addsASecretWithTheShellsValue() {
    assertThat(
            run("add", "keyed", "-p", "p.hearth", "--template", "python-hello", "--secret", "PATH"))
        .isZero();
    var made = session.functions().get("keyed").configuration();
    assertThat(made.secrets()).containsExactly("PATH");
    assertThat(made.environment()).containsEntry("PATH", System.getenv("PATH"));
    assertThat(
            run("add", "other", "-p", "p", "--template", "python-hello", "--secret", "NO_SUCH_1"))
        .isEqualTo(2);
    assertThat(err()).contains("--secret NO_SUCH_1 takes its value from this shell");
  }

  @Test
  void printsItsVersionAndNothingElse() {
    assertThat(run("--version")).isZero();
    assertThat(out()).startsWith("hearth ").hasLineCount(1);
  }

  @Test
  void printsPayloadOnOutAndLogOnErr() {
    int code = run("invoke", "orders-api", "--project", "p.hearth", "--event", "hello");

    assertThat(code).isZero();
    assertThat(new ObjectMapper().readTree(out())).isNotNull();
    assertThat(err()).contains("REPORT RequestId:");
    assertThat(out()).doesNotContain("REPORT");
  }

  @Test
  void tellsBesideTheAnswerWhatCouldNotBeKept() {
    session.notice("Project p.hearth can't be written.");

    assertThat(run("invoke", "orders-api", "-p", "p.hearth")).isZero();
    assertThat(err()).contains("hearth: Project p.hearth can't be written.");
    assertThat(new ObjectMapper().readTree(out())).isNotNull();
  }

  @Test
  void printsOneJsonObjectPerCallWithEveryFigure() {
    int code = run("invoke", "orders-api", "-p", "p.hearth", "--count", "3", "--json");

    assertThat(code).isZero();
    List<String> lines = out().lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode first = new ObjectMapper().readTree(lines.getFirst());
    assertThat(first.propertyNames())
        .containsExactlyInAnyOrder(
            "requestId",
            "status",
            "coldStart",
            "initMs",
            "durationMs",
            "billedMs",
            "maxMemoryMb",
            "memoryMb",
            "costUsd",
            "response",
            "logTail");
    assertThat(first.get("status").asString()).isEqualTo("ok");
    assertThat(first.get("costUsd").isNumber()).isTrue();
    assertThat(first.get("response").isObject()).isTrue();
  }

  @Test
  void printsTheHistoryThatAQueryAsksFor() {
    new SyntheticHistory().fill(session);
    assertThat(run("history", "-p", "p.hearth", "--query", "status:timeout function:orders"))
        .isZero();
    assertThat(out().lines()).isNotEmpty().allMatch(line -> line.contains("Sandbox.Timedout"));
    assertThat(run("history", "-p", "p.hearth", "--query", "duration>soon")).isEqualTo(2);
    assertThat(err()).contains("duration>100ms");
  }

  @Test
  void printsFiguresByGroup() {
    new SyntheticHistory().fill(session);
    assertThat(run("history", "-p", "p.hearth", "--group", "function")).isZero();
    assertThat(out().lines()).hasSize(2).allMatch(line -> line.contains("p99"));
    assertThat(run("history", "-p", "p.hearth", "--group", "colour")).isEqualTo(2);
    assertThat(err()).contains("environment");
  }

  @Test
  void printsTheSlowestLast() {
    new SyntheticHistory().fill(session);
    assertThat(run("history", "-p", "p.hearth", "--sort", "duration", "--limit", "5")).isZero();
    assertThat(out().lines()).hasSize(5).last().asString().contains("2217.63 ms");
  }

  @Test
  void comparesTwoGroups() {
    new SyntheticHistory().fill(session);
    int code =
        run(
            "compare",
            "-p",
            "p.hearth",
            "--before",
            "function:orders status:ok",
            "--after",
            "function:resize status:ok");
    assertThat(code).isZero();
    assertThat(out()).contains("slower than function:orders").contains("p < 0.001");
    assertThat(run("compare", "-p", "p.hearth", "--before", "x")).isEqualTo(2);
  }

  @Test
  void runsPinsAndWritesJunit(@TempDir Path folder) throws Exception {
    assertThat(run("test", "-p", "p.hearth")).isEqualTo(2);
    assertThat(err()).contains("hearth pin");
    SyntheticHistory history = new SyntheticHistory();
    history.fill(session);
    String id = history.records().getFirst().requestId();
    assertThat(run("pin", id, "-p", "p.hearth", "--name", "first")).isZero();
    assertThat(run("pin", id, "-p", "p.hearth")).isZero();
    assertThat(run("test", "-p", "p.hearth")).isZero();
    assertThat(out()).contains("2 pins, 0 failed");

    session.pins().failing("first");
    Path xml = folder.resolve("r.xml");
    assertThat(run("test", "-p", "p.hearth", "--junit", xml.toString())).isEqualTo(1);
    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(xml.toFile())
            .getDocumentElement();
    assertThat(root.getAttribute("tests")).isEqualTo("2");
    assertThat(root.getAttribute("failures")).isEqualTo("1");
    assertThat(((Element) root.getElementsByTagName("failure").item(0)).getAttribute("message"))
        .isEqualTo("took 9 ms, budget <2> ms");
  }

  @Test
  void exitsWithOneWhenTheFunctionFails() {
    byte[] payload = "{\"errorMessage\":\"no\"}".getBytes(StandardCharsets.UTF_8);
    session.lambda().outcome(new InvokeOutcome.FunctionError("ValueError", payload));

    assertThat(run("invoke", "orders-api", "-p", "p.hearth", "--json")).isEqualTo(1);
    JsonNode line = new ObjectMapper().readTree(out());
    assertThat(line.get("status").asString()).isEqualTo("error");
    assertThat(line.get("error").get("errorMessage").asString()).isEqualTo("no");
  }

  @Test
  void exitsWithThreeWhenTheMachineCantRunIt() {
    session.lambda().outcome(new InvokeOutcome.CouldNotRun("No ruby found. Install ruby."));

    assertThat(run("invoke", "orders-api", "-p", "p.hearth")).isEqualTo(3);
    assertThat(err()).contains("No ruby found. Install ruby.");
    assertThat(out()).isEmpty();
  }

  @Test
  void readsTheEventFromAFileAndFromStandardInput(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("e.json"), "{\"from\":\"file\"}");
    assertThat(run("invoke", "orders-api", "-p", "p.hearth", "-e", file.toString())).isZero();

    in = new ByteArrayInputStream("{\"from\":\"stdin\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(run("invoke", "orders-api", "-p", "p.hearth", "-e", "-")).isZero();

    assertThat(session.invocations().events())
        .containsExactly("{\"from\":\"file\"}", "{\"from\":\"stdin\"}");
  }

  @Test
  void refusesBadInputWithExitCodeTwoAndAWayOut() {
    assertThat(run("invoke", "orders-api", "-p", "p.hearth", "-e", "nothing")).isEqualTo(2);
    assertThat(err()).contains("\"nothing\"").contains("Test events:").contains("hello");

    assertThat(run("invoke", "orders-api", "-p", "p.hearth", "--count", "0")).isEqualTo(2);
    assertThat(err()).contains("--count of 0 is out of range. Use 1 to 1,000,000.");

    assertThat(run("invoke", "orders-api")).isEqualTo(2);
    assertThat(err()).contains("--project");

    assertThat(run("nonsense", "x")).isEqualTo(2);
    assertThat(run("new", "x.hearth", "--template", "odd")).isEqualTo(2);
    assertThat(run("add", "f", "-p", "p.hearth", "--template", "odd")).isEqualTo(2);
    assertThat(run("add", "f", "-p", "p.hearth", "--runtime", "cobol1", "--handler", "x.y"))
        .isEqualTo(2);
    assertThat(run("add", "f", "-p", "p.hearth", "--template", "python-hello", "--memory", "64"))
        .isEqualTo(2);
    assertThat(err()).contains("Memory of 64 MB is out of range. Use 128 to 10,240 MB.");
  }

  @Test
  void addsAFunctionOverAFolder(@TempDir Path folder) {
    int code =
        run(
            "add",
            "mine",
            "-p",
            "p.hearth",
            "--runtime",
            "python3.12",
            "--handler",
            "app.run",
            "--folder",
            folder.toString(),
            "--env",
            "STAGE=test");

    assertThat(code).isZero();
    assertThat(session.functions().get("mine").configuration().environment())
        .containsEntry("STAGE", "test");
    run("list", "-p", "p.hearth", "--json");
    assertThat(out()).contains("\"folder\":\"" + folder + "\"");
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(run("serve", "-p", "p.hearth", "--port", port)).isEqualTo(2);
      assertThat(err()).contains("Port " + port + " can't be used").contains("another port");
    }
    assertThat(run("serve", "-p", "p.hearth", "--port", "70000")).isEqualTo(2);
  }

  @Test
  void listsRuntimesAndHelp() {
    assertThat(run("runtimes", "--json")).isZero();
    assertThat(out()).contains("\"family\":\"python\",\"version\":\"3.11.7\"");
    assertThat(run("help")).isZero();
    assertThat(out()).contains("invoke").contains("serve").contains("Exit codes");
  }

  @Test
  void fetchesTheSdkOfAFamily() {
    assertThat(run("runtimes", "--fetch-sdk", "node")).isZero();
    assertThat(out()).isEqualTo("/cache/sdk/nodejs\n");
    assertThat(session.lambda().fetched).containsExactly("nodejs[]");
    assertThat(run("runtimes", "--fetch-sdk", "cobol")).isEqualTo(2);
    assertThat(err()).contains("\"cobol\" is not known. Use node or python.");
  }

  private final class OneProject implements ProjectService {
    @Override
    public void close() {}

    @Override
    public ProjectSession open(Path file) {
      return session;
    }

    @Override
    public ProjectSession create(Path file, String template) {
      return session;
    }

    @Override
    public ProjectSession openSample() {
      return session;
    }

    @Override
    public List<Path> recent() {
      return List.of();
    }

    @Override
    public List<FunctionTemplate> functionTemplates() {
      return List.of(
          new FunctionTemplate("python-hello", "Hello", "python3.12", "handler.handler", Map.of()));
    }

    @Override
    public List<Interpreter> interpreters() {
      return List.of(
          new Interpreter(RuntimeFamily.PYTHON, "3.11.7", Path.of("/usr/bin/python3"), "PATH"));
    }

    @Override
    public Path fetchSdk(RuntimeFamily family) {
      return session.lambda().fetchSdk(family, List.of());
    }

    @Override
    public SettingsService userSettings() {
      return new MapSettings();
    }
  }

  /** The kind of a failure decides the exit code. */
  @Test
  void mapsFailuresToExitCodes() {
    assertThat(ExitCode.of(new HearthException(HearthException.Kind.INPUT, "x"))).isEqualTo(2);
    assertThat(ExitCode.of(new HearthException(HearthException.Kind.MACHINE, "x"))).isEqualTo(3);
  }
}
