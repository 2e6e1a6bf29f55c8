package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.testing.ChildJvm;
import dev.hearth.app.testing.FakeLambda;
import dev.hearth.resources.Templates;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.sqlite.SQLiteJDBCLoader;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectMapper;

/** Another process works on the project, and is killed. */
class CrashTest {
  @TempDir Path folder;
  private Path file;

  static ProjectService projects(Path folder, FakeLambda lambda) {
    return HearthServices.open(UserFolders.under(folder.resolve("user")), false, () -> lambda);
  }

  private ProjectSession open() {
    return projects(folder, new FakeLambda()).open(file);
  }

  @BeforeEach
  void create() {
    file = folder.resolve("p.hearth");
    try (ProjectSession session = projects(folder, new FakeLambda()).create(file, "empty")) {
      session
          .functions()
          .create(
              FunctionConfiguration.of("hello", RuntimeIdentifier.parse("python3.12"), "app.h"),
              new SourceLocation.InProject(),
              Map.of("app.py", new byte[] {'1'}));
    }
  }

  private Process start() throws Exception {
    String classPath =
        ChildJvm.classPath(
            CrashChild.class,
            ProjectSession.class,
            LocalLambda.class,
            Templates.class,
            SQLiteJDBCLoader.class,
            Logger.class,
            ObjectMapper.class,
            JsonParser.class,
            JsonFormat.class,
            Nullable.class);
    return ChildJvm.start(classPath, CrashChild.class, folder.toString());
  }

  @Test
  @Timeout(60)
  void afterAKillEverythingIsThereAndNothingSeemsToRun() throws Exception {
    Process child = start();
    String[] told;
    long before;
    try (ProjectSession session = open();
        BufferedReader lines = child.inputReader()) {
      told = lines.readLine().split(" ");
      long flushed = Long.parseLong(told[1]);
      // The child never flushes again: what comes now was written by its writer alone.
      do {
        before = session.history().count();
      } while (before < flushed + 300);
      assertThat(session.history().detail("stuck").orElseThrow().record().status())
          .isEqualTo(InvocationStatus.RUNNING);
    } finally {
      child.destroyForcibly().waitFor();
    }

    try (ProjectSession session = open()) {
      assertThat(session.history().count()).isGreaterThanOrEqualTo(before);
      assertThat(session.history().detail(told[0])).isPresent();
      FunctionDefinition function = session.functions().get("hello");
      assertThat(session.functions().read(function.id(), "app.py")).isEqualTo("edited just before");
      InvocationDetail stuck = session.history().detail("stuck").orElseThrow();
      assertThat(stuck.record().status()).isEqualTo(InvocationStatus.CANCELLED);
      assertThat(stuck.event()).hasSize(2);
      assertThat(session.history().environments(9))
          .allSatisfy(environment -> assertThat(environment.goneAt()).isPositive())
          .extracting(EnvironmentRecord::goneReason)
          .contains("Hearth was killed");
      assertEveryDetailCanBeRead(session);
      session.invocations().invoke(function.id(), "{}").result().get(60, TimeUnit.SECONDS);
      assertThat(session.history().count()).isGreaterThan(before);
    }
  }

  private static void assertEveryDetailCanBeRead(ProjectSession session) {
    List<InvocationRecord> records = session.history().recent(1_000);
    for (InvocationRecord record : records) {
      InvocationDetail detail = session.history().detail(record.requestId()).orElseThrow();
      assertThat(detail.record()).isEqualTo(record);
    }
  }

  @Test
  @Timeout(60)
  void twoProcessesInvokeAndEditOneProjectAtTheSameTime() throws Exception {
    Process child = start();
    try (ProjectSession session = open();
        BufferedReader lines = child.inputReader()) {
      assertThat(lines.readLine()).isNotNull();
      FunctionDefinition function = session.functions().get("hello");
      long start = session.history().count();
      for (int i = 0; i < 20; i++) {
        session.functions().write(function.id(), "other.py", "x = " + i);
        session.invocations().invoke(function.id(), "{}").result().get(60, TimeUnit.SECONDS);
      }
      assertThat(session.functions().read(function.id(), "other.py")).isEqualTo("x = 19");
      // The other one goes on all the while: its calls come on top.
      while (session.history().count() <= start + 20) {
        assertThat(child.isAlive()).isTrue();
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
