package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.Measurements;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines, payloads and names that must be Lambda's letter for letter. */
class PlatformLinesTest {
  private static final Completion OK =
      Completion.answered(new InvokeOutcome.Succeeded(new byte[0]), 1, 1, 0);

  private static Measurements measured(long duration, long billed, long peak) {
    return new Measurements(0, 0, 0, 0, duration, billed, peak, 0);
  }

  @Test
  void reports() {
    assertThat(
            ReportLine.report(
                "id", measured(3_010_000, 114, 36L << 20), 128, new ColdStart(110_100_000, -1), OK))
        .isEqualTo(
            "REPORT RequestId: id\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB"
                + "\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t");
    assertThat(ReportLine.report("id", measured(999, 1, (36L << 20) + 1), 256, ColdStart.NONE, OK))
        .isEqualTo(
            "REPORT RequestId: id\tDuration: 0.00 ms\tBilled Duration: 1 ms\tMemory Size: 256 MB"
                + "\tMax Memory Used: 37 MB\t");
  }

  @Test
  void reportsNoMemoryThatWasNotMeasured() {
    assertThat(
            ReportLine.report(
                "id", measured(1, 1, Measurements.UNMEASURED), 128, ColdStart.NONE, OK))
        .isEqualTo(
            "REPORT RequestId: id\tDuration: 0.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB"
                + "\t");
  }

  @Test
  void reportsFailures() {
    Completion crash =
        Completion.failed(new InvokeOutcome.Cancelled(), "error", "Runtime.ExitError");
    assertThat(ReportLine.report("id", measured(1, 1, 1), 128, ColdStart.NONE, crash))
        .endsWith("Max Memory Used: 1 MB\tStatus: error\tError Type: Runtime.ExitError");
    assertThat(
            ReportLine.report(
                "id", measured(1, 1, 1), 128, new ColdStart(0, -1), Failures.timedOut("id", 3)))
        .endsWith("\tInit Duration: 0.00 ms\tStatus: timeout");
    assertThat(ReportLine.init(1_236_040_000, "init", "timeout", null))
        .isEqualTo("INIT_REPORT Init Duration: 1236.04 ms\tPhase: init\tStatus: timeout");
  }

  @ParameterizedTest
  @CsvSource({
    "Runtime.ImportModuleError,Runtime.ImportModuleError",
    "Function.Bad,Function.Bad",
    "Function.bad,Function.Unknown",
    "ValueError,Runtime.Unknown",
    ",Runtime.Unknown",
    "X Runtime.Yes,X Runtime.Yes",
  })
  void reportsOnlyTypesOfLambdasForm(String posted, String reported) {
    assertThat(ErrorPayload.reported(posted)).isEqualTo(reported);
  }

  @Test
  void escapesTextInPayloads() {
    assertThat(ErrorPayload.ofFunction("T", "a\"b\\\n\t\u0001<&>é", List.of("s1", "s2")))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "{\"errorMessage\":\"a\\\"b\\\\\\n\\t\\u0001\\u003c\\u0026\\u003eé\","
                + "\"errorType\":\"T\",\"stackTrace\":[\"s1\",\"s2\"]}");
  }

  @Test
  void makesTraceHeaders() {
    assertThat(Identifiers.traceId())
        .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1");
  }

  @Test
  void theTailIsFourKilobytesOfWholeCharacters() {
    LogTail tail = new LogTail();
    for (int i = 0; i < 10_000; i++) {
      tail.add("é" + i);
    }
    String last = tail.last();
    assertThat(last.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4090, 4096);
    assertThat(last).endsWith("é9999\n").doesNotContain("\ufffd");
    tail.add("€".repeat(5000));
    assertThat(tail.last().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4090, 4096);
    assertThat(tail.last()).matches("€+\n");
  }

  @Test
  void removesFoldersOfProgramsThatAreGone(@TempDir Path scratch) throws IOException {
    Path mine = PrivateFolder.create(scratch, "0123456789abcdef");
    Path abandoned = Files.createDirectories(scratch.resolve("env-999999999-abcdefabcdef/deep"));
    Files.writeString(abandoned.resolve("file"), "x");
    Path outside = Files.writeString(scratch.resolve("kept.txt"), "x");
    Files.createSymbolicLink(abandoned.resolve("link"), outside);
    Files.createDirectory(scratch.resolve("something-else"));
    PrivateFolder.removeAbandoned(scratch);
    try (var left = Files.list(scratch)) {
      assertThat(left).containsExactlyInAnyOrder(mine, outside, scratch.resolve("something-else"));
    }
  }
}
