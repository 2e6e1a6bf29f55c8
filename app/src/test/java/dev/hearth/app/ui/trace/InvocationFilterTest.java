package dev.hearth.app.ui.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationFilterTest {
  private static final long MILLI = 1_000_000;

  private final InvocationRecord cold =
      row("aaaa-1", "orders-api", InvocationStatus.OK, null, true, 169 * MILLI, 19 * MILLI, 107);
  private final InvocationRecord warm =
      row("bbbb-2", "orders-api", InvocationStatus.OK, null, false, 0, 14 * MILLI, 60);
  private final InvocationRecord failed =
      row("cccc-3", "resize", InvocationStatus.ERROR, "KeyError", false, 0, 5 * MILLI, 64);
  private final InvocationRecord late =
      row(
          "dddd-4",
          "resize",
          InvocationStatus.TIMEOUT,
          "Sandbox.Timedout",
          false,
          0,
          3_000 * MILLI,
          64);
  private final InvocationRecord throttled =
      row(
          "eeee-5",
          "orders-api",
          InvocationStatus.THROTTLED,
          "TooManyRequestsException",
          false,
          0,
          -1,
          -1);

  @Test
  void wordsLookIntoFunctionErrorStatusAndRequest() {
    assertThat(found("resize")).containsExactly(failed, late);
    assertThat(found("keyerror")).containsExactly(failed);
    assertThat(found("TIMEOUT")).containsExactly(late);
    assertThat(found("bbbb")).containsExactly(warm);
    assertThat(found("\"orders-api\" aaaa")).containsExactly(cold);
    assertThat(found("http://x:80")).isEmpty();
  }

  @Test
  void termsAreAllRequired() {
    assertThat(found("status:error")).containsExactly(failed, late, throttled);
    assertThat(found("status:timeout")).containsExactly(late);
    assertThat(found("cold:true")).containsExactly(cold);
    assertThat(found("cold:false function:orders")).containsExactly(warm, throttled);
    assertThat(found("error:key")).containsExactly(failed);
    assertThat(found("env:e-1 status:ok")).containsExactly(cold, warm);
    assertThat(found("")).hasSize(5);
  }

  @Test
  void amountsHaveUnitsAndTheUnmeasuredNeverMatches() {
    assertThat(found("duration>100ms")).containsExactly(late);
    assertThat(found("duration>=3s")).containsExactly(late);
    assertThat(found("duration<15")).containsExactly(warm, failed);
    assertThat(InvocationFilter.parse("duration<1h").problem()).contains("duration<1h");
    assertThat(found("init>0.1s")).containsExactly(cold);
    assertThat(found("memory>=64mb memory<100MB")).containsExactly(failed, late);
    assertThat(found("version=7")).hasSize(5);
    assertThat(found("version:8")).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsToldAndLeftOut() {
    InvocationFilter filter = InvocationFilter.parse("duration>soon status:broken cold:true");
    assertThat(filter.problem()).contains("duration>soon").contains("duration>100ms");
    assertThat(filter.test().test(cold)).isTrue();
    assertThat(filter.test().test(warm)).isFalse();
    assertThat(InvocationFilter.parse("status:").problem()).isNull();
    assertThat(InvocationFilter.parse("cold:true").problem()).isNull();
  }

  private List<InvocationRecord> found(String text) {
    return List.of(cold, warm, failed, late, throttled).stream()
        .filter(InvocationFilter.parse(text).test())
        .toList();
  }

  private static InvocationRecord row(
      String id,
      String function,
      InvocationStatus status,
      String error,
      boolean cold,
      long init,
      long duration,
      long megabytes) {
    return new InvocationRecord(
        id,
        1,
        function,
        7,
        "e-1",
        status,
        error,
        cold,
        1,
        2,
        init,
        duration,
        1,
        128,
        megabytes < 0 ? -1 : megabytes * 1024 * 1024,
        5,
        6);
  }
}
