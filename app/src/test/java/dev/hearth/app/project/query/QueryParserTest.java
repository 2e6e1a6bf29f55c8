package dev.hearth.app.project.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryParserTest {
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
    assertThat(parse("duration<1h").problem()).contains("duration<1h");
    assertThat(found("init>0.1s")).containsExactly(cold);
    assertThat(found("memory>=64mb memory<100MB")).containsExactly(failed, late);
    assertThat(found("version=7")).hasSize(5);
    assertThat(found("version:8")).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsToldAndLeftOut() {
    QueryParser.Parsed filter = parse("duration>soon status:broken cold:true");
    assertThat(filter.problem()).contains("duration>soon").contains("duration>100ms");
    assertThat(filter.query().test(cold)).isTrue();
    assertThat(filter.query().test(warm)).isFalse();
    assertThat(parse("status:").problem()).isNull();
    assertThat(parse("cold:true").problem()).isNull();
  }

  private static final QueryTimes TIMES =
      new QueryTimes(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private static QueryParser.Parsed parse(String text) {
    return QueryParser.parse(text, TIMES);
  }

  @Test
  void aMinusAsksForTheOpposite() {
    assertThat(found("-status:error")).containsExactly(cold, warm);
    assertThat(found("-function:orders -timeout")).containsExactly(failed);
  }

  @Test
  void memoryIsAlsoAskedForAsAPartOfTheLimit() {
    assertThat(found("memory>=50%")).containsExactly(cold, failed, late);
    assertThat(found("memory>50%")).containsExactly(cold);
    assertThat(found("memory<=50%")).containsExactly(warm, failed, late);
    assertThat(parse("memory:50%").problem()).contains("memory>80%");
  }

  @Test
  void timesAreRelativeOfTodayOrWhole() {
    assertThat(time("after:-2h")).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(time("after:10:42")).isEqualTo("2026-11-21T10:42:00Z");
    assertThat(time("after:2026-07-21")).isEqualTo("2026-07-21T00:00:00Z");
    assertThat(time("after:2026-07-21T10:42")).isEqualTo("2026-07-21T10:42:00Z");
    assertThat(time("after:today")).isEqualTo("2026-11-21T00:00:00Z");
    assertThat(parse("after:soon").problem()).contains("after:-2h");
    assertThat(parse("after:2026-13-01").problem()).contains("is no time");
  }

  private static String time(String line) {
    QueryTerm.Time term = (QueryTerm.Time) parse(line).query().terms().getFirst();
    return Instant.ofEpochSecond(0, term.from()).toString();
  }

  @Test
  void aProblemTellsWhereItIs() {
    assertThat(parse("cold:true status:broken").problems())
        .extracting(QueryParser.Problem::from, QueryParser.Problem::to)
        .containsExactly(tuple(10, 23));
  }

  @Test
  void completesKeysAndValues() {
    assertThat(suggest("du")).containsExactly("duration>");
    assertThat(suggest("cold:true st")).containsExactly("status:");
    assertThat(suggest("status:t")).contains("timeout", "throttled").doesNotContain("ok");
    assertThat(suggest("-function:or")).containsExactly("orders-api");
    assertThat(suggest("\"sta")).isEmpty();
  }

  private static List<String> suggest(String line) {
    return QueryCompletion.suggest(
            line, line.length(), key -> key.equals("function") ? List.of("orders-api") : List.of())
        .stream()
        .map(QueryCompletion.Suggestion::text)
        .toList();
  }

  private List<InvocationRecord> found(String text) {
    return List.of(cold, warm, failed, late, throttled).stream()
        .filter(parse(text).query()::test)
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
