package dev.hearth.app.testing;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.project.query.GroupKey;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.RecordRow;
import dev.hearth.app.project.query.SearchResult;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.project.timeline.TimelineLevels;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import dev.hearth.app.service.HistoryService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A history that holds what the test puts into it. */
public final class FakeHistory implements HistoryService {
  private final Map<String, InvocationDetail> details = new LinkedHashMap<>();
  private final List<EnvironmentRecord> environments = new ArrayList<>();
  private final Map<String, List<MemoryPoint>> memory = new LinkedHashMap<>();

  /** Adds one invocation, newer than all before. */
  public void add(InvocationDetail detail) {
    details.put(detail.record().requestId(), detail);
  }

  /** Adds an environment with its memory curve. */
  public void add(EnvironmentRecord environment, List<MemoryPoint> curve) {
    environments.add(environment);
    memory.put(environment.environmentId(), List.copyOf(curve));
  }

  @Override
  public List<InvocationRecord> recent(int limit) {
    List<InvocationRecord> all = all();
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  @Override
  public List<InvocationRecord> before(InvocationRecord record, int limit) {
    List<InvocationRecord> all = all();
    int end = all.indexOf(record);
    return end < 0 ? List.of() : all.subList(Math.max(0, end - limit), end);
  }

  private List<InvocationRecord> all() {
    return details.values().stream().map(InvocationDetail::record).toList();
  }

  @Override
  public long count() {
    return details.size();
  }

  @Override
  public Optional<InvocationDetail> detail(String requestId) {
    return Optional.ofNullable(details.get(requestId));
  }

  @Override
  public List<EnvironmentRecord> environments(int limit) {
    return environments.subList(Math.max(0, environments.size() - limit), environments.size());
  }

  @Override
  public List<MemoryPoint> memory(String environmentId, long from, long to) {
    return memory.getOrDefault(environmentId, List.of()).stream()
        .filter(point -> point.at() >= from && point.at() <= to)
        .toList();
  }

  /** Positions are places in the list; texts are not looked at. */
  @Override
  public SearchResult search(HistoryQuery query, SortOrder order) {
    List<InvocationRecord> all = all();
    Comparator<InvocationRecord> by =
        order.key() == SortOrder.Key.DURATION
            ? Comparator.comparingLong(InvocationRecord::durationNanos)
            : Comparator.comparingLong(InvocationRecord::queuedAt);
    long[] found =
        matching(query).stream()
            .sorted(order.descending() ? by.reversed() : by)
            .mapToLong(all::indexOf)
            .toArray();
    return new SearchResult(found, all.size(), true);
  }

  private List<InvocationRecord> matching(HistoryQuery query) {
    return all().stream()
        .filter(record -> record.status().ended() && query.test(new RecordRow(record)))
        .toList();
  }

  @Override
  public List<InvocationRecord> records(long[] positions) {
    List<InvocationRecord> all = all();
    return Arrays.stream(positions).mapToObj(position -> all.get((int) position)).toList();
  }

  @Override
  public GroupSummary summary(HistoryQuery query) {
    return summary("", matching(query));
  }

  private static GroupSummary summary(String key, List<InvocationRecord> rows) {
    long[] durations =
        rows.stream()
            .mapToLong(InvocationRecord::durationNanos)
            .filter(d -> d >= 0)
            .sorted()
            .toArray();
    long middle = durations.length == 0 ? -1 : durations[(durations.length - 1) / 2];
    long last = durations.length == 0 ? -1 : durations[durations.length - 1];
    return new GroupSummary(
        key,
        rows.size(),
        rows.stream().filter(InvocationRecord::coldStart).count(),
        rows.stream().filter(r -> r.status().failed()).count(),
        rows.stream().filter(r -> r.status() == InvocationStatus.THROTTLED).count(),
        middle,
        last,
        last,
        rows.stream().mapToLong(InvocationRecord::peakMemoryBytes).max().orElse(-1),
        rows.stream().mapToLong(InvocationRecord::costPicoUsd).sum());
  }

  /** By function, whatever is asked for. */
  @Override
  public List<GroupSummary> groups(HistoryQuery query, GroupKey key) {
    Map<String, List<InvocationRecord>> groups = new LinkedHashMap<>();
    matching(query)
        .forEach(r -> groups.computeIfAbsent(r.functionName(), n -> new ArrayList<>()).add(r));
    return groups.entrySet().stream().map(e -> summary(e.getKey(), e.getValue())).toList();
  }

  @Override
  public long[] durations(HistoryQuery query) {
    return matching(query).stream()
        .mapToLong(InvocationRecord::durationNanos)
        .filter(d -> d >= 0)
        .toArray();
  }

  @Override
  public TimelineSlice slice(long from, long to, double nanosPerPixel) {
    List<TimelineSlice.Lane> lanes = new ArrayList<>();
    for (EnvironmentRecord environment : environments) {
      boolean overlaps =
          environment.startedAt() <= to
              && (environment.goneAt() == 0 || environment.goneAt() >= from);
      if (overlaps) {
        lanes.add(new TimelineSlice.Lane(environment, callsOf(environment), null));
      }
    }
    return new TimelineSlice(from, to, nanosPerPixel, lanes, List.of(), 0, throttled(from, to));
  }

  private List<Long> throttled(long from, long to) {
    return all().stream()
        .filter(r -> r.status() == InvocationStatus.THROTTLED)
        .map(InvocationRecord::queuedAt)
        .filter(at -> at >= from && at <= to)
        .toList();
  }

  private List<InvocationRecord> callsOf(EnvironmentRecord environment) {
    return all().stream()
        .filter(r -> environment.environmentId().equals(r.environmentId()))
        .toList();
  }

  @Override
  public TimelineOverview overview() {
    return TimelineOverview.NONE;
  }

  /** Steps of four seconds; of percentiles what {@link #summary} says. */
  @Override
  public Insights insights(long from, long to, String function) {
    List<InvocationRecord> rows =
        all().stream()
            .filter(r -> r.status().ended() && r.queuedAt() >= from && r.queuedAt() <= to)
            .toList();
    if (rows.isEmpty()) {
      return Insights.NONE;
    }
    long step = TimelineLevels.nanos(TimelineLevels.FUNCTION_FIRST);
    long first = rows.getFirst().queuedAt() / step;
    int count = (int) (rows.getLast().queuedAt() / step - first) + 1;
    List<InvocationRecord> counted =
        rows.stream().filter(r -> function.isEmpty() || r.functionName().equals(function)).toList();
    List<Insights.Stretch> stretches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long bucket = first + i;
      BucketSum sum = new BucketSum();
      List<InvocationRecord> inside =
          counted.stream().filter(r -> r.queuedAt() / step == bucket).toList();
      inside.forEach(
          r -> {
            sum.count(r);
            sum.busyNanos += Math.max(0, r.durationNanos());
            sum.initNanos += r.initNanos();
          });
      GroupSummary group = summary("", inside);
      stretches.add(
          new Insights.Stretch(sum, group.p50Nanos(), group.p90Nanos(), group.p99Nanos()));
    }
    return new Insights(
        first * step,
        step,
        stretches,
        summary(function, counted),
        groups(HistoryQuery.between(from, to), GroupKey.FUNCTION));
  }

  @Override
  public void clear() {
    details.clear();
    environments.clear();
    memory.clear();
  }
}
