package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.testing.ChildJvm;
import dev.hearth.app.testing.FakeLambda;
import dev.hearth.resources.Templates;
import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.event.DeliveredRecord;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.QueuedEvent;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.EventInvokeConfig;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.InvokeSettings;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.sqlite.SQLiteJDBCLoader;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectMapper;

/** The queue in the project file: with one process, with its death, with two. */
@Timeout(60)
class QueueServiceTest {
  static final String DONE = "arn:aws:sqs:us-east-1:000000000000:done";
  static final String FAILED = "arn:aws:sqs:us-east-1:000000000000:failed";

  @TempDir Path folder;
  private FakeLambda lambda;
  private ProjectSession session;
  private FunctionDefinition function;

  static ProjectSession open(Path folder, Consumer<FakeLambda> made) {
    ProjectService projects =
        HearthServices.open(
            UserFolders.under(folder.resolve("user")),
            false,
            (settings, store) -> {
              FakeLambda lambda = new FakeLambda(store);
              made.accept(lambda);
              return lambda;
            });
    Path file = folder.resolve("p.hearth");
    return file.toFile().exists() ? projects.open(file) : projects.create(file, "empty");
  }

  @BeforeEach
  void create() {
    session = open(folder, made -> lambda = made);
    function =
        session
            .functions()
            .create(
                FunctionConfiguration.of("hello", RuntimeIdentifier.parse("python3.12"), "app.h"),
                new SourceLocation.InProject(),
                Map.of("app.py", new byte[] {'1'}));
    session.lambda();
    lambda.clock().setSpeed(0);
  }

  @AfterEach
  void close() {
    session.close();
  }

  private void reopen() {
    session.close();
    session = open(folder, made -> lambda = made);
    session.lambda();
    lambda.clock().setSpeed(0);
  }

  private void destinations() {
    session
        .queues()
        .change(
            "hello",
            settings ->
                settings.withEventInvokeConfig(
                    "$LATEST", new EventInvokeConfig(1, 3_600, DONE, FAILED, Instant.EPOCH)));
  }

  @Test
  void settingsAreKeptAndFollowTheName() {
    InvokeSettings set =
        session
            .queues()
            .change(
                "hello",
                settings ->
                    settings
                        .withReservedConcurrency(7)
                        .withProvisionedConcurrency("live", 2)
                        .withDeadLetterConfig(FAILED)
                        .withRecursiveLoop(InvokeSettings.RecursiveLoop.ALLOW)
                        .withEventInvokeConfig(
                            "live",
                            new EventInvokeConfig(
                                null, 60, DONE, null, Instant.ofEpochMilli(1_234)))
                        .withEventInvokeConfig(
                            "$LATEST", new EventInvokeConfig(0, null, null, null, Instant.EPOCH)));
    reopen();
    assertThat(session.queues().settings("hello")).isEqualTo(set);
    session
        .functions()
        .update(
            function.withConfiguration(
                FunctionConfiguration.of("renamed", RuntimeIdentifier.parse("python3.12"), "a.h")));
    reopen();
    assertThat(session.queues().settings("renamed")).isEqualTo(set);
    assertThat(session.lambda().concurrency().unreserved()).isEqualTo(993);
    session.functions().delete(function.id());
    reopen();
    assertThat(session.queues().settings("renamed")).isEqualTo(InvokeSettings.NONE);
  }

  @Test
  void anEventIsTriedUntilItEndsAndItsRecordIsKept() {
    destinations();
    lambda.outcome(new InvokeOutcome.FunctionError("E", "{}".getBytes(StandardCharsets.UTF_8)));
    String id = session.queues().invoke(function.id(), "{\"n\":1}");
    assertThat(session.queues().pending(10))
        .extracting(QueuedEvent::requestId, QueuedEvent::attempts, QueuedEvent::problem)
        .containsExactly(tuple(id, 1, "E"));
    lambda.clock().advance(Duration.ofMinutes(1));
    assertThat(session.queues().pending(10)).isEmpty();
    assertThat(session.queues().targets()).containsExactly(new QueueService.Target(FAILED, 1));
    reopen();
    DeliveredRecord record = session.queues().delivered(FAILED, 10).getFirst();
    assertThat(record.requestId()).isEqualTo(id);
    assertThat(new String(record.body(), StandardCharsets.UTF_8)).contains("RetriesExhausted");
    session.queues().clear(FAILED);
    assertThat(session.queues().targets()).isEmpty();
  }

  @Test
  void whatWaitsWhenTheProjectIsClosedIsTriedAfterTheNextOpening() throws Exception {
    destinations();
    lambda.outcome(new InvokeOutcome.FunctionError("E", "{}".getBytes(StandardCharsets.UTF_8)));
    String id = session.queues().invoke(function.id(), "{}");
    reopen();
    lambda.outcome(new InvokeOutcome.Succeeded("1".getBytes(StandardCharsets.UTF_8)));
    LinkedBlockingQueue<String> done = doneCalls(session);
    try (Subscription delivering = session.queues().deliver(_ -> {})) {
      while (session.lambda().eventQueue().pending().isEmpty()) {
        Thread.onSpinWait();
      }
      lambda.clock().advance(Duration.ofMinutes(5));
      assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo(id);
      while (!session.queues().pending(1).isEmpty()) {
        Thread.onSpinWait();
      }
    }
    assertThat(session.queues().targets()).containsExactly(new QueueService.Target(DONE, 1));
  }

  @Test
  void whatACommandHasPutInIsTakenOverWithinASecondOrTwo() throws Exception {
    LinkedBlockingQueue<String> done = doneCalls(session);
    try (Subscription delivering = session.queues().deliver(_ -> {})) {
      String id = session.queues().enqueue(function.id(), "{}");
      assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo(id);
    }
  }

  @Test
  void nothingThatWasAcceptedIsLostWhenTheProcessIsKilled() throws Exception {
    destinations();
    session.close();
    String classPath =
        ChildJvm.classPath(
            QueueChild.class,
            ProjectSession.class,
            LocalLambda.class,
            Templates.class,
            SQLiteJDBCLoader.class,
            Logger.class,
            Nullable.class,
            ObjectMapper.class,
            JsonParser.class,
            JsonInclude.class);
    Process child = ChildJvm.start(classPath, QueueChild.class, folder.toString());
    List<String> accepted = new ArrayList<>();
    try (BufferedReader lines = child.inputReader()) {
      for (int i = 0; i < 50; i++) {
        accepted.add(lines.readLine());
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    session = open(folder, made -> lambda = made);
    session.lambda();
    LinkedBlockingQueue<String> done = doneCalls(session);
    try (Subscription delivering = session.queues().deliver(_ -> {})) {
      Set<String> ran = new HashSet<>();
      while (!ran.containsAll(accepted)) {
        ran.add(done.poll(20, TimeUnit.SECONDS));
      }
      while (!session.queues().pending(1).isEmpty()) {
        Thread.onSpinWait();
      }
    }
    assertThat(session.queues().delivered(DONE, 1_000))
        .extracting(DeliveredRecord::requestId)
        .containsAll(accepted);
  }

  private static LinkedBlockingQueue<String> doneCalls(ProjectSession session) {
    LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
    session.onEvent(
        event -> {
          if (event instanceof RuntimeEvent.InvokeDone end) {
            done.add(end.result().requestId());
          }
        });
    return done;
  }
}
