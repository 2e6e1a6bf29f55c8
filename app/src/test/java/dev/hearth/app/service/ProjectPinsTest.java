package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.Pin;
import dev.hearth.app.project.PinResult;
import dev.hearth.app.store.Database;
import dev.hearth.app.store.PinStore;
import dev.hearth.app.store.ProjectFiles;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.SyntheticHistory;
import dev.hearth.runtime.event.InvokeOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectPinsTest {
  @TempDir Path folder;

  private final InMemorySession session = InMemorySession.sample();
  private final SyntheticHistory history = new SyntheticHistory();
  private Database database;
  private ProjectPins pins;

  @BeforeEach
  void open() {
    Path file = folder.resolve("p.hearth");
    new ProjectFiles().create(file);
    database = new ProjectFiles().open(file);
    history.fill(session);
    pins = new ProjectPins(new PinStore(database), session);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private InvocationRecord warm() {
    return history.records().stream()
        .filter(
            r -> r.functionName().equals("orders-api") && !r.coldStart() && !r.status().failed())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPinHasTheEventTheAnswerAndABudgetOfItsInvocation() {
    InvocationRecord record = warm();
    pins.pin(record.requestId(), "a");
    Pin pin = pins.list().getFirst();
    assertThat(pin.name()).isEqualTo("a");
    assertThat(new String(pin.event(), StandardCharsets.UTF_8)).contains("A-1042");
    assertThat(pin.mostNanos())
        .isGreaterThan(record.durationNanos())
        .isLessThan(record.durationNanos() * 2 + 102_000_000L);
    assertThat(pin.mostMemoryBytes()).isGreaterThan(record.peakMemoryBytes());
    pins.delete("a");
    assertThat(pins.list()).isEmpty();
    assertThatThrownBy(() -> pins.delete("a")).isInstanceOf(HearthException.class);
    assertThatThrownBy(() -> pins.pin("unknown", "b")).hasMessageContaining("no invocation");
  }

  private static Pin with(Pin pin, String response, long nanos, long memory) {
    return new Pin(
        pin.name(),
        pin.functionName(),
        pin.status(),
        pin.event(),
        response.getBytes(StandardCharsets.UTF_8),
        nanos,
        memory,
        0);
  }

  @Test
  void theSameAnswerWithinTheBudgetPasses() {
    Pin pin = pins.pin(warm().requestId(), "a");
    session
        .lambda()
        .outcome(new InvokeOutcome.Succeeded("{\"b\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8)));
    assertThat(pins.run(with(pin, "{\"a\": 2, \"b\": 1}", 0, 0)).passed()).isTrue();
    PinResult other = pins.run(with(pin, "{\"a\": 3}", 0, 0));
    assertThat(other.failures()).singleElement().asString().startsWith("answered {\"b\":1");
  }

  @Test
  void whatIsOverTheBudgetFails() {
    Pin pin = pins.pin(warm().requestId(), "a");
    byte[] body = "1".getBytes(StandardCharsets.UTF_8);
    session.lambda().outcome(new InvokeOutcome.Succeeded(body));
    assertThat(pins.run(with(pin, "1", 1, 1)).failures())
        .hasSize(2)
        .anyMatch(failure -> failure.startsWith("took"))
        .anyMatch(failure -> failure.startsWith("used"));
  }

  @Test
  void anotherEndFails() {
    Pin pin = pins.pin(warm().requestId(), "a");
    byte[] body = "{\"errorMessage\":\"no\"}".getBytes(StandardCharsets.UTF_8);
    session.lambda().outcome(new InvokeOutcome.FunctionError("ValueError", body));
    assertThat(pins.run(pin).failures())
        .first()
        .asString()
        .startsWith("ended with error instead of ok");
  }
}
