package dev.hearth.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which call a span belongs to. */
class TraceBookTest {
  private static final String TRACE = "5bef4de7ad49b0e87f6ef6c87fc2e700";
  private static final String HEADER =
      "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
  private static final long MS = 1_000_000;

  private final TraceBook book = new TraceBook();

  private String found(String trace, String environment, long nanos) {
    TraceBook.Call call = book.find(trace, environment, nanos);
    return call == null ? null : call.requestId;
  }

  @Test
  void retriesOfOneTraceAreToldApartByTime() {
    book.begin(HEADER, "e1", "first", 100 * MS, UnaryOperator.identity());
    book.begin(HEADER, "e1", "second", 200 * MS, UnaryOperator.identity());
    assertThat(found(TRACE, null, 150 * MS)).isEqualTo("first");
    assertThat(found(TRACE, null, 199 * MS)).isEqualTo("second");
    assertThat(found(TRACE, null, 900 * MS)).isEqualTo("second");
    assertThat(found("", null, 150 * MS)).isNull();
  }

  @Test
  void anotherTraceIsFoundByTheEnvironment() {
    book.begin(HEADER, "e1", "first", 100 * MS, UnaryOperator.identity());
    book.begin(HEADER.replace("5bef", "6bef"), "e2", "other", 120 * MS, UnaryOperator.identity());
    String own = "5b8efff798038103d269b633813fc60c";
    assertThat(found(own, "e1", 150 * MS)).isEqualTo("first");
    assertThat(found(own, "e2", 150 * MS)).isEqualTo("other");
    assertThat(found(own, "e1", 10 * MS)).as("sent by the init").isEqualTo("first");
    assertThat(found(own, "e3", 150 * MS)).isNull();
  }

  @Test
  void oldCallsAreForgotten() {
    book.begin(HEADER, "e1", "old", 100 * MS, UnaryOperator.identity());
    for (int i = 0; i < TraceBook.CALLS; i++) {
      book.begin(
          "Root=1-5bef4de7-" + "%024x".formatted(i) + ";Sampled=0",
          "e2",
          "n",
          i,
          UnaryOperator.identity());
    }
    assertThat(found(TRACE, null, 150 * MS)).isNull();
  }

  @Test
  void aCallKeepsABoundedNumberOfSpans() {
    book.begin(HEADER, "e1", "first", 100 * MS, UnaryOperator.identity());
    TraceBook.Call call = Objects.requireNonNull(book.find(TRACE, null, 150 * MS));
    assertThat(book.admit(call, TraceBook.SPANS_OF_A_CALL - 1)).isEqualTo(4_999);
    assertThat(book.admit(call, 10)).isEqualTo(1);
    assertThat(book.becomesFull(call)).isTrue();
    assertThat(book.becomesFull(call)).isFalse();
  }
}
