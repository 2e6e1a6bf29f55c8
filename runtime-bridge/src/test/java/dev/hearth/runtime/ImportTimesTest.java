package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.runtime.event.ImportTimes;
import dev.hearth.runtime.event.ImportedModule;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.language.Interpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cold starts that measure what loading their handler is made of, in real processes. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ImportTimesTest {
  private static final long SLEPT = 40_000_000;

  @TempDir static Path cache;
  @TempDir Path folder;
  private final EventRecorder events = new EventRecorder();
  private LocalLambda lambda;
  private Path code;

  @BeforeEach
  void open() throws IOException {
    lambda = LocalLambda.open(LocalLambdaOptions.of(folder.resolve("scratch"), cache));
    lambda.subscribe(events);
    code = Files.createDirectories(folder.resolve("code")).toRealPath();
  }

  @AfterEach
  void close() {
    lambda.close();
  }

  private void deploy(String runtime, String handler, Map<String, String> files)
      throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = code.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    lambda.deploy(
        new DeployedFunction(
            FunctionConfiguration.of("fn", RuntimeIdentifier.parse(runtime), handler)
                .withMemorySize(512),
            new CodePackage(code, "0".repeat(64)),
            DeployedFunction.LATEST));
  }

  private boolean has(RuntimeFamily family, String least) {
    return lambda.interpreters().stream()
        .filter(found -> found.family() == family)
        .map(Interpreter::version)
        .anyMatch(v -> Integer.parseInt(v.split("\\.")[0]) >= Integer.parseInt(least));
  }

  private InvokeResult measure() {
    InvokeResult result =
        lambda.invoke(
            InvokeRequest.of("fn", "{}".getBytes(StandardCharsets.UTF_8)).measuringImports());
    assertThat(result.outcome()).isInstanceOf(InvokeOutcome.Succeeded.class);
    return result;
  }

  private ImportTimes times(InvokeResult result) {
    return events
        .await(
            RuntimeEvent.ImportsMeasured.class,
            e -> e.environmentId().equals(result.environmentId()))
        .times();
  }

  private static ImportedModule module(ImportTimes times, String name) {
    return times.slowest().stream()
        .filter(m -> m.name().equals(name) && m.kind() != ImportedModule.Kind.CLASS_LOAD)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + times));
  }

  private static String parent(ImportTimes times, ImportedModule module) {
    return module.parent() < 0 ? "" : times.slowest().get(module.parent()).name();
  }

  /** Everything lies inside the phase of the init that it explains. */
  private static void isInside(InvokeResult result, ImportTimes times) {
    var init = result.init();
    long start = init.startedNanos() + init.processStart() + init.runtimeBoot();
    long roots = 0;
    for (ImportedModule m : times.slowest()) {
      assertThat(m.startNanos()).as(m.name()).isBetween(start, start + init.handlerImport());
      assertThat(m.selfNanos()).as(m.name()).isBetween(0L, m.totalNanos());
      roots += m.parent() < 0 ? m.totalNanos() : 0;
    }
    assertThat(roots).isLessThanOrEqualTo(init.handlerImport());
  }

  private static final Map<String, String> PYTHON =
      Map.of(
          "app.py",
          """
          import outer
          import json
          def handler(event, context):
              return outer.answer()
          """,
          "outer.py",
          """
          import time
          time.sleep(0.04)
          from package.inner import VALUE
          def answer(): return VALUE
          """,
          "package/__init__.py",
          "",
          "package/inner.py",
          """
          import time
          time.sleep(0.04)
          VALUE = 42
          """);

  @Test
  void tellsThePythonModulesWithWhatImportedThem() throws IOException {
    assumeTrue(has(RuntimeFamily.PYTHON, "3"), "needs Python");
    deploy("python3.12", "app.handler", PYTHON);

    InvokeResult result = measure();

    ImportTimes times = times(result);
    ImportedModule app = module(times, "app");
    ImportedModule outer = module(times, "outer");
    ImportedModule inner = module(times, "package.inner");
    assertThat(parent(times, app)).isEmpty();
    assertThat(parent(times, outer)).isEqualTo("app");
    assertThat(parent(times, inner)).isEqualTo("outer");
    assertThat(inner.selfNanos()).isGreaterThanOrEqualTo(SLEPT);
    assertThat(outer.selfNanos()).isGreaterThanOrEqualTo(SLEPT);
    assertThat(outer.totalNanos()).isGreaterThanOrEqualTo(outer.selfNanos() + inner.selfNanos());
    assertThat(outer.origin()).endsWith("/outer.py");
    assertThat(times.slowest()).anyMatch(m -> m.name().equals("json.decoder"));
    isInside(result, times);
  }

  @Test
  void seesTheModulesThatPythonItselfSees() throws Exception {
    assumeTrue(has(RuntimeFamily.PYTHON, "3"), "needs Python");
    String source = "import xml.dom.minidom, decimal\ndef handler(event, context): pass\n";
    deploy("python3.12", "app.handler", Map.of("app.py", source));

    List<String> ours =
        times(measure()).slowest().stream()
            .map(ImportedModule::name)
            .filter(name -> name.startsWith("xml") || name.contains("decimal"))
            .sorted()
            .toList();

    Path python =
        lambda.interpreters().stream()
            .filter(found -> found.family() == RuntimeFamily.PYTHON)
            .map(Interpreter::executable)
            .findFirst()
            .orElseThrow();
    Process process =
        new ProcessBuilder(python.toString(), "-S", "-X", "importtime", "app.py")
            .directory(code.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> theirs =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.substring(line.lastIndexOf('|') + 1).strip())
            .filter(name -> name.startsWith("xml") || name.contains("decimal"))
            .sorted()
            .toList();
    assertThat(ours).isNotEmpty().isEqualTo(theirs);
  }

  @Test
  void aFailedImportTellsWhatItCameTo() throws IOException {
    assumeTrue(has(RuntimeFamily.PYTHON, "3"), "needs Python");
    deploy(
        "python3.12",
        "app.handler",
        Map.of("app.py", "import outer\n", "outer.py", "def f():\n  raise KeyError('x')\nf()\n"));

    InvokeResult result =
        lambda.invoke(InvokeRequest.of("fn", new byte[] {'1'}).measuringImports());

    String error = new String(result.outcome().body(), StandardCharsets.UTF_8);
    assertThat(error).contains("KeyError", "outer.py").doesNotContain("_watch");
    assertThat(module(times(result), "outer").kind()).isEqualTo(ImportedModule.Kind.MODULE);
  }

  private static final String SLEEP =
      "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 45);\n";

  @Test
  void tellsTheCommonJsModules() throws IOException {
    assumeTrue(has(RuntimeFamily.NODEJS, "18"), "needs Node.js");
    deploy(
        "nodejs20.x",
        "index.handler",
        Map.of(
            "index.js",
            "const outer = require('outer'); require('./own');\n"
                + "exports.handler = async () => outer.value;\n",
            "own.js",
            "require('outer');\n",
            "node_modules/outer/index.js",
            SLEEP + "exports.value = require('./lib/inner').value;\n",
            "node_modules/outer/lib/inner.js",
            SLEEP + "exports.value = 42;\n"));

    InvokeResult result = measure();

    ImportTimes times = times(result);
    ImportedModule outer = module(times, "outer/index.js");
    ImportedModule inner = module(times, "outer/lib/inner.js");
    assertThat(parent(times, module(times, "index.js"))).isEmpty();
    assertThat(parent(times, outer)).isEqualTo("index.js");
    assertThat(parent(times, inner)).isEqualTo("outer/index.js");
    assertThat(parent(times, module(times, "own.js"))).isEqualTo("index.js");
    assertThat(inner.selfNanos()).isGreaterThanOrEqualTo(SLEPT);
    assertThat(outer.selfNanos()).isGreaterThanOrEqualTo(SLEPT);
    assertThat(outer.totalNanos()).isGreaterThanOrEqualTo(outer.selfNanos() + inner.selfNanos());
    assertThat(times.count()).isGreaterThanOrEqualTo(4);
    isInside(result, times);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodejs20.x", "nodejs24.x"})
  void tellsTheEsModules(String runtime) throws IOException {
    assumeTrue(has(RuntimeFamily.NODEJS, "20"), "needs Node.js");
    deploy(
        runtime,
        "index.handler",
        Map.of(
            "index.mjs",
            "#!/usr/bin/env node\nimport { value } from './outer.mjs';\nimport c from 'common';\n"
                + "export const handler = async () => value + c.value;\n",
            "outer.mjs",
            "import { value as v } from './inner.mjs';\n" + SLEEP + "export const value = v;\n",
            "inner.mjs",
            SLEEP + "export const value = await Promise.resolve(41);\n",
            "node_modules/common/package.json",
            "{\"main\": \"main.js\"}",
            "node_modules/common/main.js",
            SLEEP + "exports.value = 1;\n"));

    InvokeResult result = measure();

    ImportTimes times = times(result);
    ImportedModule outer = module(times, "outer.mjs");
    ImportedModule inner = module(times, "inner.mjs");
    assertThat(parent(times, outer)).isEqualTo("index.mjs");
    assertThat(parent(times, inner)).isEqualTo("outer.mjs");
    assertThat(inner.selfNanos()).isGreaterThanOrEqualTo(SLEPT);
    assertThat(outer.selfNanos()).isGreaterThanOrEqualTo(SLEPT);
    assertThat(outer.totalNanos()).isGreaterThanOrEqualTo(outer.selfNanos() + inner.selfNanos());
    assertThat(module(times, "common/main.js").selfNanos()).isGreaterThanOrEqualTo(SLEPT);
    assertThat(times.slowest()).anyMatch(m -> m.name().contains("linking"));
    isInside(result, times);
  }

  @Test
  void tellsJavaClassesAndTheirStaticInitialisers() throws IOException {
    assumeTrue(has(RuntimeFamily.JAVA, "24"), "needs Java 24");
    deploy(
        "java25",
        "app.Handler::handle",
        Map.of(
            "app/Handler.java",
            """
            package app;
            public class Handler {
              private static final int VALUE = Inner.value();
              static { nap(); }
              static void nap() {
                try { Thread.sleep(45); } catch (InterruptedException e) { throw new IllegalStateException(e); }
              }
              public int handle(Object event) { return VALUE; }
            }
            """,
            "app/Inner.java",
            """
            package app;
            class Inner {
              private static final int VALUE;
              static { Handler.nap(); if (System.nanoTime() == 0) { VALUE = 1; } else { VALUE = 42; } }
              static int value() { return VALUE; }
            }
            """));

    InvokeResult result = measure();

    ImportTimes times = times(result);
    ImportedModule handler = module(times, "app.Handler");
    ImportedModule inner = module(times, "app.Inner");
    assertThat(handler.kind()).isEqualTo(ImportedModule.Kind.CLASS_INIT);
    assertThat(parent(times, inner)).isEqualTo("app.Handler");
    assertThat(inner.selfNanos()).isGreaterThanOrEqualTo(SLEPT);
    assertThat(handler.selfNanos()).isGreaterThanOrEqualTo(SLEPT);
    assertThat(handler.totalNanos())
        .isGreaterThanOrEqualTo(handler.selfNanos() + inner.selfNanos());
    assertThat(times.slowest())
        .anyMatch(
            m -> m.kind() == ImportedModule.Kind.CLASS_LOAD && m.name().equals("app.Handler"));
    isInside(result, times);
  }

  @Test
  void onlyTheCallThatAsksGetsANewEnvironmentThatMeasures() throws IOException {
    assumeTrue(has(RuntimeFamily.PYTHON, "3"), "needs Python");
    deploy("python3.12", "app.handler", PYTHON);
    InvokeRequest plain = InvokeRequest.of("fn", new byte[] {'1'});

    InvokeResult first = lambda.invoke(plain);
    InvokeResult second = measure();
    InvokeResult third = lambda.invoke(InvokeRequest.of("fn", new byte[] {'1'}));

    assertThat(second.coldStart()).isTrue();
    assertThat(second.environmentId()).isNotEqualTo(first.environmentId());
    assertThat(third.coldStart()).isFalse();
    assertThat(times(second).count()).isPositive();
    assertThat(events.all(RuntimeEvent.ImportsMeasured.class)).hasSize(1);
  }

  @Test
  void saysWhatCantMeasure() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell");
    deploy("provided.al2023", "x", Map.of("bootstrap", "#!/bin/sh\n"));
    assertThat(code.resolve("bootstrap").toFile().setExecutable(true)).isTrue();

    InvokeResult result =
        lambda.invoke(InvokeRequest.of("fn", new byte[] {'1'}).measuringImports());

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            InvokeOutcome.CouldNotRun.class,
            o -> assertThat(o.message()).contains("provided.al2023 can't measure imports"));
  }
}
