package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.event.EnvironmentState;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.NetworkAccess;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile handlers, each in a real process: what they get to see, what they can use up, and that
 * Hearth serves the next call as if nothing had been. What this machine has no means for is skipped
 * by name.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SandboxedFunctionTest {
  @TempDir static Path cache;
  @TempDir Path folder;
  private final EventRecorder events = new EventRecorder();
  private LocalLambda lambda;

  @BeforeEach
  void open() {
    lambda = LocalLambda.open(LocalLambdaOptions.of(folder.resolve("scratch"), cache));
    lambda.subscribe(events);
    assumeTrue(
        lambda.interpreters().stream().anyMatch(found -> found.family() == RuntimeFamily.PYTHON),
        "needs python");
  }

  @AfterEach
  void close() throws IOException {
    lambda.close();
    assertThat(LocalLambdaTestBase.environmentProcesses()).isEmpty();
  }

  private void needs(String means) {
    assumeTrue(
        lambda.sandboxDescription().contains(means),
        means + " does not work here: " + lambda.sandboxDescription());
  }

  private void needsView() {
    assumeTrue(
        lambda.sandboxDescription().matches("(?s).*(namespaces|bubblewrap).*"),
        "no view of its own here: " + lambda.sandboxDescription());
  }

  private static FunctionConfiguration configuration() {
    return FunctionConfiguration.of("fn", RuntimeIdentifier.parse("python3.12"), "app.handler")
        .withMemorySize(256)
        .withTimeout(20);
  }

  private void deploy(FunctionConfiguration configuration, String source) throws IOException {
    deploy("fn", configuration, source);
  }

  private void deploy(String name, FunctionConfiguration configuration, String source)
      throws IOException {
    Path code = Files.createDirectories(folder.resolve("code-" + name));
    Files.writeString(code.resolve("app.py"), source);
    lambda.deploy(
        new DeployedFunction(
            configuration.withName(name),
            new CodePackage(code, "0".repeat(64)),
            DeployedFunction.LATEST));
  }

  private InvokeResult invoke(String event) {
    return invoke("fn", event);
  }

  private InvokeResult invoke(String name, String event) {
    return lambda.invoke(InvokeRequest.of(name, event.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(InvokeResult result) {
    return new String(result.outcome().body(), StandardCharsets.UTF_8);
  }

  @Test
  void codeIsAtVarTaskAndTracesSaySo() throws Exception {
    needsView();
    deploy(
        configuration(),
        """
        import os
        def handler(event, context):
            if event: return [__file__, os.getcwd(), os.environ['LAMBDA_TASK_ROOT'], os.environ['TMPDIR']]
            raise ValueError('x')
        """);

    assertThat(text(invoke("1")))
        .isEqualTo("[\"/var/task/app.py\", \"/var/task\", \"/var/task\", \"/tmp\"]");
    assertThat(text(invoke("0"))).contains("File \\\"/var/task/app.py\\\", line 4");
  }

  @Test
  void theReaderOfTheProjectFileFindsNothing() throws Exception {
    needsView();
    Path project = Files.writeString(folder.resolve("mine.hearth"), "secrets");
    deploy(
        configuration(),
        """
        import os
        def handler(paths, context):
            return [os.path.exists(path) for path in paths]
        """);

    assertThat(text(invoke("[\"" + project + "\", \"" + aFileOfTheUser() + "\"]")))
        .isEqualTo("[false, false]");
  }

  private static Path aFileOfTheUser() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("user.home")))) {
      return files.filter(Files::isRegularFile).findFirst().orElse(Path.of("/none"));
    }
  }

  private static final String GREETED =
      """
      import socket
      def heard(address):
          try:
              with socket.create_connection(address, 5) as connection:
                  return connection.recv(100).decode()
          except OSError as e:
              return type(e).__name__
      def handler(port, context):
          return [heard(('127.0.0.1', port)), heard(('192.0.2.1', 80))]
      """;

  private static void greet(ServerSocket door) {
    while (!door.isClosed()) {
      try (Socket guest = door.accept()) {
        guest.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The guest of another call has gone, or the door is closed.
      }
    }
  }

  @Test
  void aFunctionWithoutNetworkIsStillServed() throws Exception {
    needs("namespaces");
    try (ServerSocket stranger = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      String source =
          """
          import socket
          def handler(port, context):
              try:
                  socket.create_connection(('127.0.0.1', port), 2).close()
                  return 'connected'
              except OSError as e:
                  return type(e).__name__
          """;
      String port = Integer.toString(stranger.getLocalPort());
      deploy(configuration(), source);
      assertThat(text(invoke(port))).isEqualTo("\"connected\"");

      deploy(configuration().withNetwork(NetworkAccess.NONE), source);
      assertThat(text(invoke(port))).isEqualTo("\"ConnectionRefusedError\"");
      assertThat(invoke(port).coldStart()).isFalse();

      Thread.startVirtualThread(() -> greet(stranger));
      deploy(configuration().withNetwork(NetworkAccess.LOOPBACK), GREETED);
      assertThat(text(invoke(port))).isEqualTo("[\"hello\", \"OSError\"]");
      assertThat(invoke("1").coldStart()).isFalse();
    }
  }

  @Test
  void aSecretReachesTheFunctionAndNoLog() throws Exception {
    String source =
        """
        import os, sys
        print('loading with', os.environ['API_KEY'])
        def handler(event, context):
            print('key', os.environ['API_KEY'], os.environ['STAGE'])
            print(os.environ['API_KEY'], file=sys.stderr)
            return len(os.environ['API_KEY'])
        """;
    FunctionConfiguration secret =
        configuration()
            .withEnvironment(Map.of("API_KEY", "tr0ub4dor-and-3", "STAGE", "dev"))
            .withSecrets(Set.of("API_KEY"));
    deploy(secret, source);
    InvokeResult result = invoke("1");
    assertThat(text(result)).isEqualTo("15");
    assertThat(result.logTail()).contains("key **** dev").doesNotContain("tr0ub4dor");
    assertThat(events.all(RuntimeEvent.LogLine.class))
        .extracting(RuntimeEvent.LogLine::text)
        .contains("loading with ****", "key **** dev", "****")
        .noneMatch(line -> line.contains("tr0ub4dor"));

    deploy(secret.withEnvironment(Map.of("STAGE", "dev")), source);
    assertThat(invoke("1").outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.CouldNotRun.class,
            refused ->
                assertThat(refused.toString())
                    .contains("The secret API_KEY of fn can't be read here")
                    .contains("secret.key"));
  }

  @Test
  void aNeighboursRuntimeApiCantBeReached() throws Exception {
    deploy(
        "victim",
        configuration(),
        """
        import os
        def handler(event, context):
            return int(os.environ['AWS_LAMBDA_RUNTIME_API'].split(':')[1])
        """);
    deploy(
        "fn",
        configuration(),
        """
        import http.client, os
        own = int(os.environ['AWS_LAMBDA_RUNTIME_API'].split(':')[1])
        def listening():
            for table in ('/proc/net/tcp', '/proc/net/tcp6'):
                for line in open(table).read().splitlines()[1:]:
                    words = line.split()
                    if words[3] == '0A' and '0100007F:' in words[1]:
                        yield int(words[1].split(':')[1], 16)
        def ask(port, method, path):
            connection = http.client.HTTPConnection('127.0.0.1', port, timeout=5)
            try:
                connection.request(method, '/2018-06-01/runtime/' + path, b'"stolen"' if method == 'POST' else None)
                return connection.getresponse().status
            except (OSError, http.client.HTTPException) as e:
                return 'refused'
        def handler(event, context):
            ports = [p for p in listening() if p != own]
            return {
                'own': ask(own, 'POST', 'invocation/none/response'),
                'tried': event['port'] in ports,
                'next': ask(event['port'], 'GET', 'invocation/next'),
                'response': ask(event['port'], 'POST', 'invocation/' + event['id'] + '/response'),
                'init': ask(event['port'], 'POST', 'init/error')}
        """);
    InvokeResult before = invoke("victim", "1");
    int port = Integer.parseInt(text(before));

    String answer =
        text(invoke("fn", "{\"port\": %d, \"id\": \"%s\"}".formatted(port, before.requestId())));
    assertThat(answer)
        .contains("\"own\": 4", "\"tried\": true")
        .contains("\"next\": \"refused\"", "\"response\": \"refused\"", "\"init\": \"refused\"");
    InvokeResult after = invoke("victim", "2");
    assertThat(text(after)).isEqualTo(text(before));
    assertThat(after.environmentId()).isEqualTo(before.environmentId());
  }

  @Test
  void aForkBombHurtsOnlyItself() throws Exception {
    needs("cgroup");
    deploy(
        configuration().withTimeout(3),
        """
        import os
        def handler(event, context):
            if event: return 'fine'
            while True:
                try: os.fork()
                except OSError: pass
        """);

    InvokeResult bombed = invoke("0");

    assertThat(bombed.outcome())
        .isInstanceOfAny(
            InvokeOutcome.TimedOut.class,
            InvokeOutcome.OutOfMemory.class,
            InvokeOutcome.Crashed.class);
    assertThat(text(invoke("1"))).isEqualTo("\"fine\"");
  }

  @Test
  void aMemoryHogEndsAsOnLambda() throws Exception {
    deploy(
        configuration(),
        """
        def handler(event, context):
            return len(b'x' * (event << 20))
        """);
    assertThat(text(invoke("50"))).isEqualTo("52428800");

    InvokeResult hog = invoke("2000");

    assertThat(hog.outcome()).isInstanceOf(InvokeOutcome.OutOfMemory.class);
    assertThat(hog.logTail()).endsWith("\tStatus: error\tError Type: Runtime.OutOfMemory\n");
    assertThat(hog.measurements().peakMemoryBytes()).isBetween(256L << 20, 290L << 20);
    assertThat(text(invoke("1"))).isEqualTo("1048576");
  }

  @Test
  void aDescriptorLeakEndsAtLambdasLimit() throws Exception {
    deploy(
        configuration(),
        """
        import os
        def handler(event, context):
            held = []
            try:
                while True: held.append(os.open('/dev/null', os.O_RDONLY))
            except OSError as e:
                count = max(held) + 1
                for fd in held: os.close(fd)
                return [count, e.errno]
        """);

    assertThat(text(invoke("1"))).isEqualTo("[1024, 24]");
  }

  @Test
  void aTmpFillerEndsAtItsDiskAndNotAtItsMemory() throws Exception {
    assumeTrue(
        !lambda.sandboxDescription().contains("size of /tmp"),
        "the size of /tmp is not limited here: " + lambda.sandboxDescription());
    deploy(
        configuration().withTimeout(100),
        """
        import os
        block = bytes(1 << 20)
        def handler(event, context):
            if event == 'clean':
                os.remove('/tmp/filler')
                return os.path.exists('/tmp/filler')
            try:
                with open('/tmp/filler', 'ab', 0) as f:
                    while True: f.write(block)
            except OSError as e:
                return [e.errno, os.path.getsize('/tmp/filler') >> 20]
        """);

    assertThat(text(invoke("\"fill\""))).isIn("[28, 512]", "[28, 513]", "[28, 514]");
    // It is still full, and what has been written belongs to the environment.
    assertThat(text(invoke("\"fill\""))).isIn("[28, 512]", "[28, 513]", "[28, 514]");
    assertThat(text(invoke("\"clean\""))).isEqualTo("false");
  }

  @Test
  void aLinkOutOfTmpLeadsNowhere() throws Exception {
    needsView();
    Path stranger = Files.writeString(folder.resolve("stranger"), "of somebody else");
    deploy(
        configuration(),
        """
        import os
        def handler(path, context):
            os.symlink(path, '/tmp/out')
            try:
                with open('/tmp/out') as f: return f.read()
            except OSError as e:
                return type(e).__name__
        """);

    assertThat(text(invoke("\"" + stranger + "\""))).isEqualTo("\"FileNotFoundError\"");
  }

  @Test
  void aSignalIgnorerIsKilledAtItsTimeout() throws Exception {
    deploy(
        configuration().withTimeout(1),
        """
        import signal, time
        for number in range(1, 65):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        def handler(event, context):
            while True: time.sleep(1)
        """);

    assertThat(invoke("1").outcome()).isInstanceOf(InvokeOutcome.TimedOut.class);
  }

  @Test
  void aDaemonDoesNotOutliveItsEnvironment() throws Exception {
    deploy(
        configuration(),
        """
        import os, time
        def handler(event, context):
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    while True: time.sleep(1)
                os._exit(0)
            os.wait()
            return 'left one behind'
        """);

    assertThat(text(invoke("1"))).isEqualTo("\"left one behind\"");
    // Closing finds out whether it is gone.
  }

  @Test
  void aLogFlooderIsReadToTheEndWithoutBeingKept() throws Exception {
    deploy(
        configuration().withMemorySize(3008).withTimeout(100),
        """
        import os
        def handler(megabytes, context):
            lines = (b'x' * 1023 + b'\\n') * 1024
            for i in range(megabytes):
                left = memoryview(lines)
                while left: left = left[os.write(1, left):]
            return 'flooded'
        """);

    InvokeResult result = invoke("1024");

    assertThat(text(result)).isEqualTo("\"flooded\"");
    assertThat(result.logTail().length()).isLessThan(10_000);
    long kept =
        events.all(RuntimeEvent.LogLine.class).stream().mapToLong(l -> l.text().length()).sum();
    assertThat(kept).isLessThan(32 << 20);
    assertThat(text(invoke("0"))).isEqualTo("\"flooded\"");
  }

  private static final String TICKING =
      """
      import threading, time
      ticks, longest = [0], [0]
      def run():
          last = time.monotonic_ns()
          while True:
              time.sleep(0.001)
              now = time.monotonic_ns()
              longest[0] = max(longest[0], now - last)
              last = now
              ticks[0] += 1
      threading.Thread(target=run, daemon=True).start()
      def handler(more, context):
          before = ticks[0]
          while ticks[0] < before + more: time.sleep(0.001)
          return longest[0]
      """;

  @Test
  void timersAndThreadsPauseBetweenCallsAndGoOn() throws Exception {
    FunctionConfiguration ticking = configuration().withMemorySize(1769).withTimeout(100);
    deploy(ticking, TICKING);
    deploy("witness", ticking, TICKING);
    invoke("20");
    events.await(
        RuntimeEvent.EnvironmentStateChanged.class, e -> e.state() == EnvironmentState.FROZEN);
    long frozenAt = System.nanoTime();
    // Somebody else ticks on, so it is not the machine that stands still.
    invoke("witness", "200");
    long frozenFor = System.nanoTime() - frozenAt;

    // The call ends at all only because the thread goes on.
    long longest = Long.parseLong(text(invoke("20")));

    assertThat(longest).isGreaterThan(frozenFor * 9 / 10);
  }
}
