package dev.hearth.app.service;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.project.query.GroupKey;
import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.SearchResult;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.project.timeline.TimelineSlice;
import dev.hearth.app.store.HistoryReader;
import dev.hearth.app.store.HistoryWriter;
import dev.hearth.app.store.InsightsReader;
import dev.hearth.app.store.TimelineReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The history in the project file; the writer is flushed before each look at it. */
final class StoredHistory implements HistoryService {
  private final HistoryReader reader;
  private final TimelineReader timeline;
  private final HistoryWriter writer;

  StoredHistory(HistoryReader reader, TimelineReader timeline, HistoryWriter writer) {
    this.reader = reader;
    this.timeline = timeline;
    this.writer = writer;
  }

  private <T> T flushed(Supplier<T> query) {
    writer.flush();
    return Trouble.translated(query);
  }

  @Override
  public List<InvocationRecord> recent(int limit) {
    return flushed(() -> reader.recent(limit));
  }

  @Override
  public List<InvocationRecord> before(InvocationRecord record, int limit) {
    return flushed(() -> reader.before(record, limit));
  }

  @Override
  public long count() {
    return flushed(reader::count);
  }

  @Override
  public Optional<InvocationDetail> detail(String requestId) {
    return flushed(() -> reader.detail(requestId));
  }

  @Override
  public List<EnvironmentRecord> environments(int limit) {
    return flushed(() -> reader.environments(limit));
  }

  @Override
  public List<MemoryPoint> memory(String environmentId, long from, long to) {
    return flushed(() -> reader.memory(environmentId, from, to));
  }

  @Override
  public SearchResult search(HistoryQuery query, SortOrder order) {
    return flushed(() -> reader.search().search(query, order));
  }

  @Override
  public List<InvocationRecord> records(long[] positions) {
    return Trouble.translated(() -> reader.search().records(positions));
  }

  @Override
  public GroupSummary summary(HistoryQuery query) {
    return flushed(() -> reader.search().summary(query));
  }

  @Override
  public List<GroupSummary> groups(HistoryQuery query, GroupKey key) {
    return flushed(() -> reader.search().groups(query, key));
  }

  @Override
  public long[] durations(HistoryQuery query) {
    return flushed(() -> reader.search().durations(query));
  }

  @Override
  public TimelineSlice slice(long from, long to, double nanosPerPixel) {
    return flushed(() -> timeline.slice(from, to, nanosPerPixel));
  }

  @Override
  public TimelineOverview overview() {
    return flushed(timeline::overview);
  }

  @Override
  public Insights insights(long from, long to, String function) {
    return flushed(() -> new InsightsReader(timeline, reader.search()).read(from, to, function));
  }

  @Override
  public void clear() {
    Trouble.translated(() -> reader.clear(writer));
  }
}
