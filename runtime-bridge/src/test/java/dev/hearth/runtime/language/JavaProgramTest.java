package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProgramTest {
  @TempDir Path folder;

  private JavaProgram program(JavaSourceCompiler compiler) throws Exception {
    return JavaProgram.of(
        folder.resolve("task"),
        RuntimeInterfaceClientJars.find(),
        17,
        folder.resolve("classes"),
        compiler);
  }

  private void source(String text) throws IOException {
    Files.createDirectories(folder.resolve("task"));
    Files.writeString(folder.resolve("task/A.java"), text);
  }

  @Test
  void compilesOncePerContent() throws Exception {
    source("class A { int n = 1; }");
    Path first = program(new JavaSourceCompiler()).classPath().getFirst();
    assertThat(first.resolve("A.class")).isRegularFile();
    assertThat(program(new JavaSourceCompiler(null)).classPath().getFirst())
        .as("compiled classes are found without a compiler")
        .isEqualTo(first);
    source("class A { int n = 2; }");
    assertThat(program(new JavaSourceCompiler()).classPath().getFirst()).isNotEqualTo(first);
  }

  @Test
  void forgetsClassesThatNobodyUsedForAMonth() throws Exception {
    source("class A {}");
    Path old = program(new JavaSourceCompiler()).classPath().getFirst();
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(40))));
    source("class A { int n; }");
    program(new JavaSourceCompiler());
    assertThat(old).doesNotExist();
  }

  @Test
  void sourcesWithoutACompilerNameTheWayOut() throws Exception {
    source("class A {}");
    assertThatThrownBy(() -> program(new JavaSourceCompiler(null)))
        .isInstanceOf(RuntimeUnavailableException.class)
        .hasMessageContaining("jdk.compiler")
        .hasMessageContaining("deploy a jar");
    assertThat(
            new JavaLauncherJar(folder.resolve("cache"), new JavaSourceCompiler(null))
                .find(RuntimeInterfaceClientJars.find()))
        .as("functions from jars still run, by AWS's client alone")
        .isNull();
  }

  @Test
  void missingEventClassesAreExplained() throws Exception {
    source("import com.amazonaws.services.lambda.runtime.events.SQSEvent;\nclass A {}");
    var rejection =
        catchThrowableOfType(CodeRejectedException.class, () -> program(new JavaSourceCompiler()));
    assertThat(rejection.diagnostics()).hasSize(2);
    assertThat(rejection.diagnostics().getFirst()).startsWith("A.java:1: package com.amazonaws");
    assertThat(rejection.diagnostics().getLast()).contains("aws-lambda-java-events.jar");
  }

  @Test
  void putsJarsBehindClassesAndLeavesOutBuildFolders() throws Exception {
    source("class A {}");
    Files.createDirectories(folder.resolve("task/lib"));
    Files.createDirectories(folder.resolve("task/build"));
    Files.writeString(folder.resolve("task/build/Broken.java"), "not java");
    List<Path> classPath = program(new JavaSourceCompiler()).classPath();
    assertThat(classPath).hasSize(2).endsWith(folder.resolve("task"));
  }
}
