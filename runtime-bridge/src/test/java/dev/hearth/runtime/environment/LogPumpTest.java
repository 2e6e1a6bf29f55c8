package dev.hearth.runtime.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import dev.hearth.runtime.function.LogLevel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class LogPumpTest {
  private final List<RuntimeEvent.LogLine> lines = new ArrayList<>();
  private final EnvironmentLog log =
      new EnvironmentLog("env", event -> lines.add((RuntimeEvent.LogLine) event));

  private List<String> pump(byte[] bytes, int portion) {
    InputStream in =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, portion));
          }

          @Override
          public int read(byte[] target) {
            return read(target, 0, target.length);
          }
        };
    new LogPump(in, LogStream.STDOUT, log).run();
    return lines.stream().map(RuntimeEvent.LogLine::text).toList();
  }

  private List<String> pump(String text, int portion) {
    return pump(text.getBytes(StandardCharsets.UTF_8), portion);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100_000})
  void cutsAtLineFeedsOnly(int portion) {
    assertThat(pump("one\ntwo\r\n\nthré\rfour\nrest", portion))
        .containsExactly("one", "two\r", "", "thré\rfour", "rest");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 4096, 65_536})
  void cutsLongLinesBetweenCharacters(int portion) {
    String line = "é€😀x".repeat(60_000);
    List<String> parts = pump("a" + line + "\nend\n", portion);
    assertThat(String.join("", parts.subList(0, parts.size() - 1))).isEqualTo("a" + line);
    assertThat(parts)
        .allSatisfy(
            part ->
                assertThat(part.getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(LogPump.MAX_LINE_BYTES));
    assertThat(parts).hasSize(4).last().isEqualTo("end");
  }

  private static PlatformEvent platform(String text) {
    return new PlatformEvent(1, "platform.x", LogLevel.INFO, text, PlatformEvents::object);
  }

  @Test
  void bytesThatAreNoTextDoNotStopIt() {
    byte[] bytes = new byte[600_000];
    java.util.Arrays.fill(bytes, (byte) 0x80);
    bytes[599_999] = '\n';
    assertThat(pump(bytes, 65_536)).hasSize(3);
  }

  @Test
  void keepsTheFirstLinesAndCountsTheRest() {
    log.begin("call");
    List<String> kept = pump("x\n".repeat(25_000) + "last\n", 65_536);
    assertThat(kept).hasSize(EnvironmentLog.MAX_LINES);
    String tail = log.end(platform("END"), platform("REPORT"));
    assertThat(lines.get(kept.size()).text())
        .isEqualTo("15,001 more lines not kept (a call keeps 10,000 lines or 8 MB)");
    assertThat(tail)
        .endsWith(
            "last\n15,001 more lines not kept (a call keeps 10,000 lines or 8 MB)\nEND\nREPORT\n");
  }

  @Test
  void keepsNoMoreThanItsShareOfText() {
    log.begin("call");
    List<String> kept = pump(("y".repeat(99_999) + "\n").repeat(200), 65_536);
    assertThat(kept).hasSize(84);
    log.begin("next");
    assertThat(pump("z\n", 10)).last().isEqualTo("z");
  }

  @Test
  void drainingMakesALineOfTextWithoutAnEnd() throws IOException {
    try (var out = new java.io.PipedOutputStream();
        var in = new java.io.PipedInputStream(out)) {
      LogPump pump = new LogPump(in, LogStream.STDOUT, log);
      Thread thread = Thread.ofPlatform().start(pump);
      out.write("no end".getBytes(StandardCharsets.UTF_8));
      out.flush();
      while (in.available() > 0) {
        Thread.onSpinWait();
      }
      pump.drain(60_000_000_000L);
      assertThat(lines).singleElement().extracting(RuntimeEvent.LogLine::text).isEqualTo("no end");
      out.close();
      assertThat(pump.awaitEnd(60_000_000_000L)).isTrue();
      assertThat(thread).isNotNull();
    }
  }

  @Test
  void linesGoToTheCallThatRuns() {
    log.output(1, LogStream.STDOUT, "init");
    log.begin("call");
    log.output(2, LogStream.STDERR, "work");
    log.end(platform("END"), platform("REPORT"));
    log.output(4, LogStream.STDOUT, "between");
    assertThat(lines)
        .extracting(RuntimeEvent.LogLine::requestId)
        .containsExactly(null, "call", "call", "call", null);
  }
}
