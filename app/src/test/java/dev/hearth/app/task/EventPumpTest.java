package dev.hearth.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FxTest;
import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.LogStream;
import dev.hearth.runtime.event.RuntimeEvent;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventPumpTest extends FxTest {
  private final List<RuntimeEvent> applied = new ArrayList<>();
  private long lines;
  private long calls;
  private int flushes;
  private int flushedAt;
  private final EventPump pump =
      new EventPump(
          new EventPump.Target() {
            @Override
            public void apply(RuntimeEvent event) {
              assertThat(Platform.isFxApplicationThread()).isTrue();
              applied.add(event);
            }

            @Override
            public void skipped(long skippedLines, long skippedCalls) {
              lines += skippedLines;
              calls += skippedCalls;
            }

            @Override
            public void flush() {
              flushes++;
              flushedAt = applied.size();
            }
          });

  @AfterEach
  void close() {
    fx(pump::close);
  }

  @Test
  void eventsArriveOnTheFxThreadInOrder() {
    List<RuntimeEvent> sent = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      sent.add(line(i));
    }
    sent.forEach(pump::onEvent);

    waitUntil("all events applied", () -> applied.size() == 1000);
    assertThat(applied).isEqualTo(sent);
    assertThat(pump.waiting()).isZero();
  }

  @Test
  void whatWasAppliedIsShownOncePerPulse() {
    fx(
        () -> {
          for (int i = 0; i < 50; i++) {
            pump.onEvent(line(i));
          }
        });
    waitUntil("all shown", () -> flushedAt == 50);
    assertThat(flushes).isLessThan(50);
  }

  @Test
  void itWakesAgainAfterItHasBeenIdle() {
    pump.onEvent(line(1));
    waitUntil("first", () -> applied.size() == 1);
    pump.onEvent(line(2));
    waitUntil("second", () -> applied.size() == 2);
  }

  @Test
  void aPulseStopsWhenItsTimeIsUsedUp() {
    fx(
        () -> {
          for (int i = 0; i < 100; i++) {
            pump.onEvent(line(i));
          }
          pump.drain(-1);
        });

    assertThat(applied).hasSize(8);
    waitUntil("the rest follows", () -> applied.size() == 100);
  }

  @Test
  void overflowDropsLinesBeforeCallsAndCountsThem() {
    fx(
        () -> {
          for (int i = 0; i < EventPump.DETAIL_LIMIT + 500; i++) {
            pump.onEvent(line(i));
          }
          pump.onEvent(done("a"));
        });
    waitUntil("all events applied", () -> pump.waiting() == 0);

    assertThat(lines).isEqualTo(500);
    assertThat(calls).isZero();
    assertThat(applied).hasSize(EventPump.DETAIL_LIMIT + 1);
    assertThat(applied.getLast()).isInstanceOf(RuntimeEvent.InvokeDone.class);
  }

  @Test
  void callsThatAreTooManyAreLeftOutAsAWhole() {
    fx(
        () -> {
          for (int i = 0; i < EventPump.CALL_LIMIT; i++) {
            pump.onEvent(queued("taken" + i));
          }
          pump.onEvent(queued("late"));
          pump.onEvent(done("taken1"));
          pump.onEvent(done("late"));
        });
    waitUntil("all events applied", () -> pump.waiting() == 0);

    assertThat(calls).isEqualTo(1);
    assertThat(applied).hasSize(EventPump.CALL_LIMIT + 1);
    assertThat(applied.getLast()).isEqualTo(done("taken1"));
  }

  @Test
  void nothingArrivesAfterClosing() {
    fx(
        () -> {
          pump.onEvent(line(1));
          pump.close();
          pump.onEvent(line(2));
        });
    settle();

    assertThat(applied).isEmpty();
  }

  private static RuntimeEvent line(int number) {
    return new RuntimeEvent.LogLine(number, "env", null, LogStream.STDOUT, "line " + number);
  }

  private static RuntimeEvent queued(String requestId) {
    return new RuntimeEvent.InvokeQueued(1, requestId, "f", new byte[0]);
  }

  private static RuntimeEvent done(String requestId) {
    return new RuntimeEvent.InvokeDone(
        1,
        new InvokeResult(requestId, null, null, new InvokeOutcome.Throttled("x"), null, null, ""));
  }
}
