package dev.hearth.app.service;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.store.HistoryReader;
import dev.hearth.app.store.HistoryWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The history in the project file; the writer is flushed before each look at it. */
final class StoredHistory implements HistoryService {
  private final HistoryReader reader;
  private final HistoryWriter writer;

  StoredHistory(HistoryReader reader, HistoryWriter writer) {
    this.reader = reader;
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
  public void clear() {
    Trouble.translated(() -> reader.clear(writer));
  }
}
