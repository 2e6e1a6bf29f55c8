package dev.hearth.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.query.GroupKey;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.QueryParser;
import dev.hearth.app.project.query.QueryTerm;
import dev.hearth.app.project.query.QueryTimes;
import dev.hearth.app.project.query.RecordRow;
import dev.hearth.app.project.query.SearchResult;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.app.project.timeline.BucketSeries;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.project.timeline.TimelineLevels;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import dev.hearth.runtime.event.LogStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is derived from the calls equals the calls. */
class HistoryIndexTest {
  private static final int CALLS = 3_000;
  private static final QueryTimes TIMES =
      new QueryTimes(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private final List<InvocationDetail> details = new ArrayList<>();
  private Database database;
  private HistoryReader reader;

  @BeforeEach
  void open() {
    Path file = folder.resolve("p.hearth");
    new ProjectFiles().create(file);
    database = new ProjectFiles().open(file);
    reader = new HistoryReader(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void fill(long seed) {
    new GeneratedHistory(seed, CALLS).fill(database);
    details.addAll(
        database.read(
            sql ->
                sql.query(
                    HistoryReader.DETAILS + "ORDER BY i.id",
                    row -> HistoryReader.detail(sql, row))));
    assertThat(details).hasSizeGreaterThanOrEqualTo(CALLS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyLevelEqualsTheCalls(long seed) {
    fill(seed);
    TimelineReader timeline = new TimelineReader(database);
    for (int level = TimelineLevels.FUNCTION_FIRST;
        level <= TimelineLevels.FUNCTION_LAST;
        level++) {
      TimelineSlice slice = timeline.slice(0, Long.MAX_VALUE, (double) TimelineLevels.nanos(level));
      for (TimelineSlice.FunctionLane lane : slice.functions()) {
        assertEqual(
            lane.buckets(), level, record -> record.functionName().equals(lane.functionName()));
      }
    }
    String environment = busiest();
    long row =
        database.read(
            sql -> sql.number("SELECT id FROM environments WHERE environment_id = ?", environment));
    for (int level = 0; level <= TimelineLevels.ENVIRONMENT_LAST; level++) {
      int wanted = level;
      BucketSeries stored =
          database.read(sql -> TimelineReader.buckets(sql, row, wanted, 0, Long.MAX_VALUE));
      assertEqual(stored, level, record -> environment.equals(record.environmentId()));
    }
  }

  private String busiest() {
    Map<String, Integer> calls = new TreeMap<>();
    for (InvocationDetail detail : details) {
      if (detail.record().environmentId() != null) {
        calls.merge(detail.record().environmentId(), 1, Integer::sum);
      }
    }
    return calls.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** Adds up, call by call, what should be there. */
  private void assertEqual(BucketSeries stored, int level, Predicate<InvocationRecord> lane) {
    TreeMap<Long, BucketSum> expected = new TreeMap<>();
    for (InvocationDetail detail : details) {
      InvocationRecord r = detail.record();
      if (!lane.test(r)) {
        continue;
      }
      long start = r.startedAt() > 0 ? r.startedAt() : r.queuedAt();
      at(expected, start, level).count(r);
      if (r.startedAt() > 0) {
        boolean failed =
            r.status() == InvocationStatus.ERROR || r.status() == InvocationStatus.TIMEOUT;
        for (long t = start; t < start + r.durationNanos(); t = next(t, level)) {
          long part = Math.min(next(t, level), start + r.durationNanos()) - t;
          BucketSum sum = at(expected, t, level);
          sum.busyNanos += failed ? 0 : part;
          sum.failedNanos += failed ? part : 0;
        }
        for (long t = start - r.initNanos(); t < start; t = next(t, level)) {
          at(expected, t, level).initNanos += Math.min(next(t, level), start) - t;
        }
      }
    }
    assertThat(Arrays.stream(stored.numbers()).boxed().toList())
        .containsExactlyElementsOf(expected.keySet());
    int i = 0;
    for (BucketSum sum : expected.values()) {
      assertThat(stored.sum(i++).toArray()).as("level %d", level).isEqualTo(sum.toArray());
    }
  }

  private static BucketSum at(Map<Long, BucketSum> sums, long time, int level) {
    return sums.computeIfAbsent(TimelineLevels.bucket(time, level), b -> new BucketSum());
  }

  private static long next(long time, int level) {
    return (TimelineLevels.bucket(time, level) + 1) * TimelineLevels.nanos(level);
  }

  @Test
  void theOverviewHoldsEveryCallOnce() {
    fill(4);
    TimelineOverview overview = new TimelineReader(database).overview();
    long calls = 0;
    for (TimelineSlice.FunctionLane lane : overview.functions()) {
      for (BucketSum sum : lane.buckets().sums()) {
        calls += sum.calls + sum.throttled;
      }
    }
    assertThat(calls).isEqualTo(details.size());
    assertThat(overview.from()).isLessThanOrEqualTo(details.getFirst().record().queuedAt());
    assertThat(overview.to()).isGreaterThan(details.getLast().record().startedAt());
  }

  @Test
  void aNarrowSliceHasItsCallsOneByOne() {
    fill(5);
    String environment = busiest();
    List<InvocationRecord> served =
        details.stream()
            .map(InvocationDetail::record)
            .filter(r -> environment.equals(r.environmentId()))
            .toList();
    InvocationRecord middle = served.get(served.size() / 2);
    long from = middle.startedAt() + middle.durationNanos() / 2;
    TimelineSlice slice = new TimelineReader(database).slice(from, from + 60_000_000_000L, 1e6);
    TimelineSlice.Lane lane =
        slice.lanes().stream()
            .filter(l -> l.environment().environmentId().equals(environment))
            .findFirst()
            .orElseThrow();
    assertThat(lane.calls())
        .containsExactlyElementsOf(
            served.stream()
                .filter(r -> r.startedAt() + r.durationNanos() >= from)
                .filter(r -> r.queuedAt() <= from + 60_000_000_000L)
                .toList());
  }

  @Test
  void refusedCallsAreFoundExactlyNearbyAndByThePixelFromAfar() {
    fill(5);
    List<Long> refused =
        details.stream()
            .map(InvocationDetail::record)
            .filter(r -> r.status() == InvocationStatus.THROTTLED)
            .map(InvocationRecord::queuedAt)
            .toList();
    assertThat(refused).isNotEmpty();
    TimelineReader timeline = new TimelineReader(database);
    long first = refused.getFirst();

    assertThat(timeline.slice(first - 1_000_000, first + 1_000_000, 1e3).throttled())
        .containsExactlyElementsOf(
            refused.stream().filter(at -> at <= first + 1_000_000).distinct().toList());

    double hour = 3600e9;
    List<Long> seen = timeline.slice(0, Long.MAX_VALUE, hour).throttled();
    assertThat(refused).allMatch(at -> seen.stream().anyMatch(mark -> Math.abs(mark - at) <= hour));
    assertThat(seen).allMatch(mark -> refused.stream().anyMatch(at -> Math.abs(mark - at) <= hour));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status:error",
        "cold:true duration>20ms",
        "function:orders memory<26%",
        "-status:ok -function:orders",
        "status:timeout version:3",
        "\"A-42\"",
        "KeyError",
        "cold:false after:2026-07-01 before:2026-08-01",
        "after:-30d function:mailer",
        "cost>0.000001 billed>=10ms",
        "env:0000000",
        "status:throttled"
      })
  void findsWhatAFullScanFinds(String line) {
    fill(6);
    HistoryQuery query = QueryParser.parse(line, TIMES).query();
    List<Long> expected =
        details.stream()
            .filter(detail -> matches(query, detail))
            .map(detail -> detail.record().queuedAt())
            .sorted(Comparator.reverseOrder())
            .toList();
    SearchResult found = reader.search().search(query, SortOrder.NEWEST_FIRST);

    assertThat(Arrays.stream(found.positions()).boxed()).containsExactlyElementsOf(expected);
    assertThat(found.searched()).isEqualTo(details.size());
    assertThat(expected).as("the query asks for something").isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DURATION", "MEMORY", "COST", "FUNCTION", "ERROR", "INIT"})
  void putsRowsInOrder(String key) {
    fill(7);
    SortOrder.Key by = SortOrder.Key.valueOf(key);
    Comparator<InvocationRecord> order =
        switch (by) {
          case DURATION -> Comparator.comparingLong(InvocationRecord::durationNanos);
          case MEMORY -> Comparator.comparingLong(InvocationRecord::peakMemoryBytes);
          case COST -> Comparator.comparingLong(InvocationRecord::costPicoUsd);
          case INIT -> Comparator.comparingLong(InvocationRecord::initNanos);
          case FUNCTION -> Comparator.comparing(InvocationRecord::functionName);
          default ->
              Comparator.comparing(
                  InvocationRecord::errorType, Comparator.nullsFirst(Comparator.naturalOrder()));
        };
    for (boolean descending : new boolean[] {true, false}) {
      SearchResult found = reader.search().search(HistoryQuery.ALL, new SortOrder(by, descending));
      assertThat(reader.search().records(found.positions()))
          .containsExactlyElementsOf(
              details.stream()
                  .map(InvocationDetail::record)
                  .sorted(
                      (descending ? order.reversed() : order)
                          .thenComparing(
                              Comparator.comparingLong(InvocationRecord::queuedAt).reversed()))
                  .toList());
    }
  }

  @Test
  void groupsAddUpToTheWhole() {
    fill(8);
    GroupSummary all = reader.search().summary(HistoryQuery.ALL);
    assertThat(all.calls()).isEqualTo(details.size());
    long[] durations =
        details.stream()
            .mapToLong(d -> d.record().durationNanos())
            .filter(d -> d >= 0)
            .sorted()
            .toArray();
    assertThat(all.p90Nanos()).isEqualTo(durations[(int) Math.ceil(durations.length * 0.9) - 1]);
    for (GroupKey key : GroupKey.values()) {
      List<GroupSummary> groups = reader.search().groups(HistoryQuery.ALL, key);
      assertThat(groups.stream().mapToLong(GroupSummary::calls).sum()).isEqualTo(all.calls());
      assertThat(groups.stream().mapToLong(GroupSummary::costPicoUsd).sum())
          .isEqualTo(all.costPicoUsd());
      assertThat(groups).extracting(GroupSummary::key).doesNotHaveDuplicates();
    }
  }

  @Test
  void anOldCallIsFoundByItsRequestId() {
    fill(9);
    InvocationDetail old = details.getFirst();
    assertThat(new HistoryReader(database).detail(old.record().requestId()).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(old);
    String start = old.record().requestId().substring(0, 8);
    HistoryQuery query = QueryParser.parse("id:" + start, TIMES).query();
    assertThat(reader.search().search(query, SortOrder.NEWEST_FIRST).positions())
        .contains(old.record().queuedAt());
  }

  @Test
  void aHistoryThatWasWrittenWithoutIndexesIsIndexedWhenItIsOpened() {
    fill(10);
    TimelineOverview before = new TimelineReader(database).overview();
    long[] words = search("\"A-42\" or");
    database.write(
        sql -> {
          HistoryIndex.clear(sql);
          sql.update("INSERT INTO index_backlog VALUES (1)");
          return true;
        });
    assertThat(new HistoryReader(database).search().summary(HistoryQuery.ALL).calls()).isZero();

    new HistoryReader(database).catchUp();

    assertThat(new TimelineReader(database).overview())
        .usingRecursiveComparison()
        .isEqualTo(before);
    assertThat(search("\"A-42\" or")).isEqualTo(words);
    assertThat(database.<Boolean>read(HistoryIndex::lags)).isFalse();
  }

  private long[] search(String line) {
    return new HistoryReader(database)
        .search()
        .search(QueryParser.parse(line, TIMES).query(), SortOrder.NEWEST_FIRST)
        .positions();
  }

  @Test
  void clearingEmptiesTheIndexesToo() {
    fill(11);
    try (HistoryWriter writer = new HistoryWriter(database, sink -> {}, notice -> {})) {
      reader.clear(writer);
    }
    assertThat(reader.search().search(HistoryQuery.ALL, SortOrder.NEWEST_FIRST).size()).isZero();
    assertThat(search("order")).isEmpty();
    assertThat(new TimelineReader(database).overview()).isEqualTo(TimelineOverview.NONE);
  }

  /** Looks for the words of a query in the texts themselves. */
  private static boolean matches(HistoryQuery query, InvocationDetail detail) {
    StringBuilder text = new StringBuilder();
    text.append(new String(detail.event(), StandardCharsets.UTF_8)).append(' ');
    text.append(new String(detail.response(), StandardCharsets.UTF_8)).append(' ');
    for (LogEntry entry : detail.log()) {
      text.append(entry.stream() == LogStream.PLATFORM ? "" : entry.text()).append(' ');
    }
    String lower = text.toString().toLowerCase(Locale.ROOT);
    for (QueryTerm term : query.terms()) {
      boolean holds = term.test(new RecordRow(detail.record()));
      if (term instanceof QueryTerm.Word word) {
        String end = word.quoted() ? "(?![a-z0-9])" : "";
        holds |=
            Pattern.compile("(?<![a-z0-9])" + Pattern.quote(word.text()) + end)
                .matcher(lower)
                .find();
      }
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
