package dev.hearth.app.service;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.MemoryPoint;
import java.util.List;
import java.util.Optional;

/**
 * The stored past. What is queried includes everything that had ended when the call was made: the
 * batched writer is flushed first. Methods block.
 */
public interface HistoryService {
  /** The newest {@code limit} invocations, oldest of them first. */
  List<InvocationRecord> recent(int limit);

  /** Up to {@code limit} invocations before the one given, oldest first; for paging back. */
  List<InvocationRecord> before(InvocationRecord record, int limit);

  long count();

  Optional<InvocationDetail> detail(String requestId);

  /** The newest {@code limit} environments, oldest of them first. */
  List<EnvironmentRecord> environments(int limit);

  /** The memory curve of an environment between two times (nanoseconds since the epoch). */
  List<MemoryPoint> memory(String environmentId, long from, long to);

  /** Deletes all invocations and environments of the project. */
  void clear();
}
