package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A local Lambda with real processes of the C runtime, and words to talk to it. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
abstract class LocalLambdaTestBase {
  @TempDir Path folder;
  LocalLambda lambda;
  final EventRecorder events = new EventRecorder();

  @BeforeEach
  void open() {
    assumeTrue(TestBootstrap.available(), "needs a C compiler");
    open(options());
  }

  LocalLambdaOptions options() {
    return LocalLambdaOptions.of(folder.resolve("scratch"), folder.resolve("cache"));
  }

  void open(LocalLambdaOptions options) {
    if (lambda != null) {
      lambda.close();
    }
    lambda = start(options);
    lambda.subscribe(events);
  }

  LocalLambda start(LocalLambdaOptions options) {
    return TestLambda.open(options);
  }

  @AfterEach
  void closeLeavesNothing() throws Exception {
    if (lambda != null) {
      lambda.close();
      try (var left = Files.list(folder.resolve("scratch"))) {
        assertThat(left).isEmpty();
      }
    }
  }

  /** No call of a test may time out because the machine is slow; 128 MB buy 7 % of a processor. */
  static final int PATIENT_SECONDS = 60;

  static FunctionConfiguration configuration(String handler) {
    return FunctionConfiguration.of("fn", RuntimeIdentifier.parse("provided.al2023"), handler)
        .withTimeout(PATIENT_SECONDS);
  }

  DeployedFunction deploy(String handler) {
    return deploy(configuration(handler));
  }

  DeployedFunction deploy(FunctionConfiguration configuration) {
    DeployedFunction function = TestBootstrap.function(configuration);
    lambda.deploy(function);
    return function;
  }

  InvokeResult invoke(String event) {
    return lambda.invoke(InvokeRequest.of("fn", event.getBytes(StandardCharsets.UTF_8)));
  }

  /** Does what the C runtime does at that word. */
  InvokeResult act(String word) {
    return invoke("\"" + word + "\"");
  }

  FutureTask<InvokeResult> later(Callable<InvokeResult> call) {
    FutureTask<InvokeResult> task = new FutureTask<>(call);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  static String text(InvokeResult result) {
    return new String(result.outcome().body(), StandardCharsets.UTF_8);
  }

  /**
   * Living processes of environments of this program. Their own numbers say nothing: an environment
   * may count its processes from 1.
   */
  static List<Path> environmentProcesses() throws IOException {
    String mark = "HEARTH_SANDBOX=" + Long.toHexString(ProcessHandle.current().pid()) + "-";
    List<Path> found = new ArrayList<>();
    try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path folder : folders) {
        if (alive(Long.parseLong(folder.getFileName().toString())) && carries(folder, mark)) {
          found.add(folder);
        }
      }
    }
    return found;
  }

  private static boolean carries(Path folder, String mark) {
    try {
      return Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1)
          .contains(mark);
    } catch (IOException e) {
      // It has ended meanwhile, or it is another user's.
      return false;
    }
  }

  /** Whether a process runs; one that has ended and waits for its parent does not. */
  static boolean alive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }
}
