package dev.hearth.runtime.language;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What contract tests with real runtime processes share: one cache, a fresh task root per test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RuntimeContract {
  static final String ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  LanguageRuntimes runtimes;
  TestRuntimeApi api;
  Path taskRoot;
  private RuntimeProcess process;
  private int count;
  Path folder;

  abstract RuntimeFamily family();

  @BeforeAll
  void open(@TempDir Path shared) {
    folder = shared;
    runtimes = new LanguageRuntimes(folder.resolve("cache"), Machine.current(), false);
    Assumptions.assumeThat(runtimes.forFamily(family()).interpreters())
        .as("This machine has no %s, so its client can't be tested here", family().displayName())
        .isNotEmpty();
  }

  @AfterAll
  void closeRuntimes() {
    if (runtimes != null) {
      runtimes.close();
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    taskRoot = Files.createDirectories(folder.resolve("task" + count++)).toRealPath();
    api = new TestRuntimeApi();
  }

  @AfterEach
  void end() throws Exception {
    if (process != null) {
      process.close();
    }
    api.close();
  }

  void file(String name, String content) throws IOException {
    Path file = taskRoot.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  DeployedFunction function(String runtime, String handler) {
    var configuration = FunctionConfiguration.of("fn", RuntimeIdentifier.parse(runtime), handler);
    return new DeployedFunction(
        configuration, new CodePackage(taskRoot, "0".repeat(64)), DeployedFunction.LATEST);
  }

  RuntimeProcess start(String runtime, String handler) throws Exception {
    return start(runtime, handler, Map.of());
  }

  RuntimeProcess start(String runtime, String handler, Map<String, String> variables)
      throws Exception {
    DeployedFunction function = function(runtime, handler);
    if (process != null) {
      // The old process may have left a request for the next event, which must not get ours.
      process.close();
      api.close();
      api = new TestRuntimeApi();
    }
    LaunchPlan plan = runtimes.forFamily(family()).plan(function);
    process = new RuntimeProcess(function, plan, api, variables);
    return process;
  }

  TestRuntimeApi.Request invoke(String event) throws InterruptedException {
    api.send(ID, event, Map.of());
    return api.answer();
  }

  static JsonNode json(String text) {
    return MAPPER.readTree(text);
  }
}
