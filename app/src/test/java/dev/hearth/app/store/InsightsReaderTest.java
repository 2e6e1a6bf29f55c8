package dev.hearth.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.project.timeline.Insights;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stretches add up to the calls. */
class InsightsReaderTest {
  @TempDir Path folder;
  private Database database;
  private InsightsReader reader;
  private List<InvocationRecord> calls;

  @BeforeEach
  void fill() {
    Path file = folder.resolve("p.hearth");
    new ProjectFiles().create(file);
    database = new ProjectFiles().open(file);
    new GeneratedHistory(5, 2_000).fill(database);
    HistoryReader history = new HistoryReader(database);
    calls = history.recent(10_000).stream().filter(r -> r.status().ended()).toList();
    reader = new InsightsReader(new TimelineReader(database), history.search());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static long sum(Insights insights, ToLongFunction<BucketSum> figure) {
    return insights.stretches().stream().mapToLong(s -> figure.applyAsLong(s.sum())).sum();
  }

  @Test
  void allOfTheHistory() {
    Insights all = reader.read(0, Long.MAX_VALUE, "");
    assertThat(all.stretches()).hasSizeBetween(40, Insights.MAX_STRETCHES + 1);
    long throttled = calls.stream().filter(r -> r.status() == InvocationStatus.THROTTLED).count();
    assertThat(sum(all, s -> s.calls)).isEqualTo(calls.size() - throttled).isPositive();
    assertThat(sum(all, s -> s.throttled)).isEqualTo(throttled);
    assertThat(sum(all, s -> s.costPicoUsd))
        .isEqualTo(calls.stream().mapToLong(InvocationRecord::costPicoUsd).sum());
    assertThat(all.total().calls()).isEqualTo(calls.size());
    assertThat(all.functions())
        .extracting(g -> g.key())
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(2);
    assertThat(all.start(0)).isLessThanOrEqualTo(calls.getFirst().queuedAt());
    assertThat(all.start(all.stretches().size())).isGreaterThan(calls.getLast().queuedAt());
  }

  @Test
  void percentilesOfAStretchAreThoseOfItsCalls() {
    String function = calls.get(calls.size() / 2).functionName();
    Insights one = reader.read(0, Long.MAX_VALUE, function);
    int compared = 0;
    for (int i = 0; i < one.stretches().size(); i++) {
      long from = one.start(i);
      long to = one.start(i + 1);
      long[] durations =
          calls.stream()
              .filter(r -> r.functionName().equals(function) && r.durationNanos() >= 0)
              .filter(r -> r.queuedAt() >= from && r.queuedAt() < to)
              .mapToLong(InvocationRecord::durationNanos)
              .sorted()
              .toArray();
      long p50 = durations.length == 0 ? -1 : durations[(durations.length + 1) / 2 - 1];
      assertThat(one.stretches().get(i).p50Nanos()).isEqualTo(p50);
      compared += durations.length;
    }
    assertThat(compared).isPositive();
    assertThat(one.total().key()).isEqualTo(function);
  }

  @Test
  void onlyWhatIsAskedFor() {
    InvocationRecord last = calls.getLast();
    Insights end = reader.read(last.queuedAt(), Long.MAX_VALUE, "");
    assertThat(end.stretches()).hasSizeLessThan(4);
    assertThat(sum(end, s -> s.calls)).isPositive().isLessThan(calls.size() / 4);
    assertThat(reader.read(Long.MAX_VALUE / 2, Long.MAX_VALUE, "")).isEqualTo(Insights.NONE);
    assertThat(reader.read(0, Long.MAX_VALUE, "no-such").total().calls()).isZero();
  }
}
