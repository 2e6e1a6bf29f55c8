package dev.hearth.app.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.FunctionSpan;
import dev.hearth.runtime.event.GoneReason;
import dev.hearth.runtime.event.ImportTimes;
import dev.hearth.runtime.event.ImportedModule;
import dev.hearth.runtime.event.InitPhases;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.Measurements;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationAssemblerTest {
  /** Monotonic 1,000 is one second after the epoch. */
  private static final ClockAnchor CLOCK = new ClockAnchor(1_000, Instant.ofEpochSecond(1));

  private static final long BASE = 1_000_000_000L - 1_000;
  private static final DeployedFunction FUNCTION =
      new DeployedFunction(
          FunctionConfiguration.of("hello", RuntimeIdentifier.parse("python3.12"), "app.handler")
              .withMemorySize(256),
          new CodePackage(Path.of("/code"), "abc"),
          DeployedFunction.LATEST);

  private final List<InvocationRecord> records = new ArrayList<>();
  private final List<InvocationDetail> details = new ArrayList<>();
  private final List<EnvironmentRecord> environments = new ArrayList<>();
  private final Map<String, List<TraceSpan>> late = new HashMap<>();
  private final InvocationAssembler assembler =
      new InvocationAssembler(
          CLOCK,
          new InvocationAssembler.Numbering() {
            @Override
            public long functionId(String functionName) {
              return functionName.equals("hello") ? 7 : 0;
            }

            @Override
            public int sourceVersion(String functionName, String sha256) {
              return sha256.equals("abc") ? 3 : 0;
            }
          },
          (configuration, billedMillis, provisioned) -> configuration.memorySize() * billedMillis,
          new InvocationAssembler.Listener() {
            @Override
            public void onRecord(InvocationRecord record) {
              records.add(record);
            }

            @Override
            public void onDetail(InvocationDetail detail) {
              details.add(detail);
            }

            @Override
            public void onLateSpans(String requestId, List<TraceSpan> spans) {
              late.put(requestId, spans);
            }

            @Override
            public void onEnvironment(EnvironmentRecord record) {
              environments.add(record);
            }
          });

  private static FunctionSpan span(String id, String parent, long start, long end) {
    return new FunctionSpan(id, parent, id, "", id.startsWith("r"), null, start, end);
  }

  @Test
  void theFirstCallOfAMeasuredEnvironmentHasItsImports() {
    assembler.accept(new RuntimeEvent.InvokeQueued(2_000, "r1", "hello", bytes("{}")));
    assembler.accept(
        new RuntimeEvent.EnvironmentStarted(2_100, "e1", FUNCTION, "plain", List.of()));
    List<ImportedModule> modules =
        List.of(
            new ImportedModule(-1, ImportedModule.Kind.MODULE, "app", "app.py", 2_510, 480, 80),
            new ImportedModule(0, ImportedModule.Kind.MODULE, "boto3", "b.py", 2_520, 400, 390),
            new ImportedModule(1, ImportedModule.Kind.MODULE, "jmespath", "", 2_530, 10, 10));
    assembler.accept(new RuntimeEvent.ImportsMeasured(3_000, "e1", new ImportTimes(9, modules)));
    assembler.accept(new RuntimeEvent.InvokeStarted(3_010, "r1", "e1", FUNCTION, true));
    InitPhases phases = new InitPhases(2_100, 900, 100, 300, 500);
    Measurements measured = new Measurements(2_000, 3_010, 3_510, 3_900, 500, 2, 9_500, 77);
    InvokeOutcome ok = new InvokeOutcome.Succeeded(bytes("1"));
    assembler.accept(done(4_000, "r1", ok, phases, measured));
    assembler.accept(new RuntimeEvent.InvokeQueued(5_000, "r2", "hello", bytes("{}")));
    assembler.accept(new RuntimeEvent.InvokeStarted(5_010, "r2", "e1", FUNCTION, false));
    assembler.accept(done(6_000, "r2", ok, null, measured));

    assertThat(details.getFirst().imports().count()).isEqualTo(9);
    assertThat(details.getFirst().waterfall())
        .extracting(TraceSpan::name, TraceSpan::depth)
        .containsSubsequence(
            tuple("import handler", 1),
            tuple("app", 2),
            tuple("boto3", 3),
            tuple("jmespath", 4),
            tuple("Invocation", 0));
    assertThat(details.getFirst().waterfall())
        .filteredOn(span -> span.name().equals("boto3"))
        .allMatch(span -> span.endAt() - span.startAt() == 400);
    assertThat(details.getLast().imports()).isNull();
    assertThat(details.getLast().waterfall()).isSameAs(details.getLast().spans());
  }

  @Test
  void reportedSpansStandBelowTheInvocationChildrenBelowTheirParents() {
    assembler.accept(new RuntimeEvent.InvokeQueued(2_000, "r1", "hello", bytes("{}")));
    assembler.accept(
        new RuntimeEvent.EnvironmentStarted(2_100, "e1", FUNCTION, "plain", List.of()));
    InitPhases phases = new InitPhases(2_100, 900, 100, 300, 500);
    assembler.accept(new RuntimeEvent.InvokeStarted(3_010, "r1", "e1", FUNCTION, true));
    assembler.accept(
        new RuntimeEvent.SpansReceived(
            3_300,
            "e1",
            "r1",
            List.of(
                span("rchild", "late", 3_110, 3_120),
                span("init", null, 2_700, 2_800),
                span("circle1", "circle2", 3_400, 3_410),
                span("circle2", "circle1", 3_401, 3_410),
                span("early", "9a9197af755a6419", 3_050, 3_060))));
    assembler.accept(
        new RuntimeEvent.SpansReceived(
            3_300,
            "e1",
            "r1",
            List.of(span("late", null, 3_100, 3_200), span("early", null, 3_050, 3_090))));
    assertThat(assembler.openDetail("r1").spans()).hasSize(6);
    assembler.accept(
        done(
            4_000,
            "r1",
            new InvokeOutcome.Succeeded(bytes("1")),
            phases,
            new Measurements(2_000, 3_010, 3_510, 3_900, 500, 2, 9_500, 77)));
    assertThat(details.getFirst().spans())
        .extracting(TraceSpan::name, TraceSpan::depth, TraceSpan::kind)
        .containsSubsequence(
            tuple("import handler", 1, TraceSpan.Kind.INIT),
            tuple("init", 1, TraceSpan.Kind.SEGMENT),
            tuple("Invocation", 0, TraceSpan.Kind.INVOKE),
            tuple("early", 1, TraceSpan.Kind.SEGMENT),
            tuple("late", 1, TraceSpan.Kind.SEGMENT),
            tuple("rchild", 2, TraceSpan.Kind.REMOTE),
            tuple("circle1", 1, TraceSpan.Kind.SEGMENT),
            tuple("circle2", 1, TraceSpan.Kind.SEGMENT),
            tuple("Overhead", 0, TraceSpan.Kind.OVERHEAD));
    assertThat(details.getFirst().spans())
        .filteredOn(s -> s.name().equals("early"))
        .extracting(TraceSpan::endAt)
        .containsExactly(BASE + 3_090);

    assembler.accept(
        new RuntimeEvent.SpansReceived(9_000, "e1", "r1", List.of(span("x", null, 3_100, 3_110))));
    assertThat(late.get("r1")).extracting(TraceSpan::name).containsExactly("x");
  }

  @Test
  void aColdCallBecomesOneRecordWithItsInitOutputMemoryAndWaterfall() {
    assembler.accept(new RuntimeEvent.InvokeQueued(2_000, "r1", "hello", bytes("{}")));
    assembler.accept(
        new RuntimeEvent.EnvironmentStarted(2_100, "e1", FUNCTION, "plain", List.of()));
    assembler.accept(line(2_200, null, "INIT_START"));
    assembler.accept(new RuntimeEvent.MemorySample(2_300, "e1", null, 5_000));
    InitPhases phases = new InitPhases(2_100, 900, 100, 300, 500);
    assembler.accept(new RuntimeEvent.InitDone(3_000, "e1", phases, null));
    assembler.accept(new RuntimeEvent.InvokeStarted(3_010, "r1", "e1", FUNCTION, true));
    assembler.accept(line(3_020, "r1", "START"));
    assembler.accept(new RuntimeEvent.MemorySample(3_030, "e1", "r1", 9_000));
    assembler.accept(
        done(
            4_000,
            "r1",
            new InvokeOutcome.Succeeded(bytes("1")),
            phases,
            new Measurements(2_000, 3_010, 3_510, 3_900, 500, 2, 9_500, 77)));

    assertThat(records)
        .extracting(InvocationRecord::status)
        .containsExactly(InvocationStatus.PENDING, InvocationStatus.RUNNING, InvocationStatus.OK);
    assertThat(records.getLast())
        .isEqualTo(
            new InvocationRecord(
                "r1",
                7,
                "hello",
                3,
                "e1",
                InvocationStatus.OK,
                null,
                true,
                BASE + 2_000,
                BASE + 3_010,
                900,
                500,
                2,
                256,
                9_500,
                77,
                512));
    InvocationDetail detail = details.getFirst();
    assertThat(detail.log()).extracting(LogEntry::text).containsExactly("INIT_START", "START");
    assertThat(detail.memory()).extracting(MemoryPoint::bytes).containsExactly(5_000L, 9_000L);
    assertThat(detail.spans())
        .extracting(TraceSpan::name, TraceSpan::depth, TraceSpan::startAt, TraceSpan::endAt)
        .containsExactly(
            tuple("Lambda \u00b7 hello", 0, BASE + 2_000, BASE + 4_000),
            tuple("Initialization", 0, BASE + 2_100, BASE + 3_000),
            tuple("process start", 1, BASE + 2_100, BASE + 2_200),
            tuple("runtime boot", 1, BASE + 2_200, BASE + 2_500),
            tuple("import handler", 1, BASE + 2_500, BASE + 3_000),
            tuple("Invocation", 0, BASE + 3_010, BASE + 3_510),
            tuple("Overhead", 0, BASE + 3_510, BASE + 3_900));
  }

  @Test
  void initOutputBelongsToTheFirstCallOnly() {
    start("e1");
    assembler.accept(line(2_200, null, "booting"));
    warmCall("r1", 3_000);
    warmCall("r2", 4_000);

    assertThat(details.get(0).log()).extracting(LogEntry::text).containsExactly("booting");
    assertThat(details.get(1).log()).isEmpty();
  }

  @Test
  void whatIsKnownOfARunningCallCanBeAskedFor() {
    start("e1");
    assembler.accept(new RuntimeEvent.InvokeQueued(3_000, "r1", "hello", bytes("{\"a\":1}")));
    assembler.accept(new RuntimeEvent.InvokeStarted(3_010, "r1", "e1", FUNCTION, false));
    assembler.accept(line(3_020, "r1", "so far"));

    InvocationDetail detail = assembler.openDetail("r1");
    assertThat(detail.log()).extracting(LogEntry::text).containsExactly("so far");
    assertThat(detail.event()).isEqualTo(bytes("{\"a\":1}"));
    assertThat(detail.record().status()).isEqualTo(InvocationStatus.RUNNING);
    assertThat(assembler.open()).hasSize(1);
    assertThat(assembler.openDetail("other")).isNull();
  }

  @Test
  void everyOutcomeHasItsStatusErrorTypeAndBody() {
    assertEnd(
        new InvokeOutcome.FunctionError("ValueError", bytes("{\"errorType\":\"ValueError\"}")),
        InvocationStatus.ERROR,
        "ValueError",
        "{\"errorType\":\"ValueError\"}");
    assertEnd(
        new InvokeOutcome.TimedOut(bytes("t")), InvocationStatus.TIMEOUT, "Sandbox.Timedout", "t");
    assertEnd(
        new InvokeOutcome.OutOfMemory(bytes("m")),
        InvocationStatus.OUT_OF_MEMORY,
        "Runtime.OutOfMemory",
        "m");
    assertEnd(
        new InvokeOutcome.Crashed("Runtime.ExitError", bytes("x")),
        InvocationStatus.CRASHED,
        "Runtime.ExitError",
        "x");
    assertEnd(
        new InvokeOutcome.Throttled("too many"),
        InvocationStatus.THROTTLED,
        "TooManyRequestsException",
        "too many");
    assertEnd(new InvokeOutcome.Cancelled(), InvocationStatus.CANCELLED, null, "");
    assertEnd(
        new InvokeOutcome.CouldNotRun("no python here"),
        InvocationStatus.COULD_NOT_RUN,
        null,
        "no python here");
  }

  @Test
  void aCallThatNeverRanHasNoMeasurements() {
    assembler.accept(new RuntimeEvent.InvokeQueued(2_000, "r1", "other", bytes("{}")));
    assembler.accept(
        new RuntimeEvent.InvokeDone(
            2_500,
            new InvokeResult(
                "r1", null, null, new InvokeOutcome.CouldNotRun("no"), null, null, "")));

    InvocationRecord record = records.getLast();
    assertThat(record.startedAt()).isEqualTo(InvocationRecord.UNMEASURED);
    assertThat(record.durationNanos()).isEqualTo(InvocationRecord.UNMEASURED);
    assertThat(record.functionId()).isZero();
    assertThat(record.costPicoUsd()).isZero();
    assertThat(details.getFirst().spans()).hasSize(1);
  }

  @Test
  void anEnvironmentIsToldOfWhenItStartsHasInitialisedAndIsGone() {
    start("e1");
    assembler.accept(new RuntimeEvent.EnvironmentGone(9_000, "e1", GoneReason.IDLE_TIMEOUT));

    assertThat(environments)
        .containsExactly(
            new EnvironmentRecord("e1", "hello", 256, BASE + 2_000, 0, 0, null),
            new EnvironmentRecord("e1", "hello", 256, BASE + 2_000, BASE + 2_500, 0, null),
            new EnvironmentRecord(
                "e1", "hello", 256, BASE + 2_000, BASE + 2_500, BASE + 9_000, "idle time-out"));
  }

  private void assertEnd(
      InvokeOutcome outcome, InvocationStatus status, String errorType, String body) {
    assembler.accept(new RuntimeEvent.InvokeQueued(3_000, "x", "hello", bytes("{}")));
    assembler.accept(done(4_000, "x", outcome, null, measured(3_000)));
    assertThat(records.getLast().status()).isEqualTo(status);
    assertThat(records.getLast().errorType()).isEqualTo(errorType);
    assertThat(details.getLast().response()).isEqualTo(bytes(body));
  }

  private void start(String environment) {
    assembler.accept(
        new RuntimeEvent.EnvironmentStarted(2_000, environment, FUNCTION, "plain", List.of()));
    assembler.accept(
        new RuntimeEvent.InitDone(
            2_500, environment, new InitPhases(2_000, 500, 100, 200, 200), null));
  }

  private void warmCall(String id, long at) {
    assembler.accept(new RuntimeEvent.InvokeQueued(at, id, "hello", bytes("{}")));
    assembler.accept(new RuntimeEvent.InvokeStarted(at + 5, id, "e1", FUNCTION, false));
    assembler.accept(
        done(at + 100, id, new InvokeOutcome.Succeeded(bytes("1")), null, measured(at)));
  }

  private static Measurements measured(long at) {
    return new Measurements(at, at + 5, at + 50, at + 90, 45, 1, 9_000, 10);
  }

  private static RuntimeEvent done(
      long at, String id, InvokeOutcome outcome, InitPhases init, Measurements measurements) {
    return new RuntimeEvent.InvokeDone(
        at, new InvokeResult(id, FUNCTION, "e1", outcome, init, measurements, "tail"));
  }

  private static RuntimeEvent line(long at, String requestId, String text) {
    return new RuntimeEvent.LogLine(at, "e1", requestId, LogStream.STDOUT, text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
