package dev.hearth.app.testing;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.service.HistoryService;
import java.util.ArrayList;
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

  @Override
  public void clear() {
    details.clear();
    environments.clear();
    memory.clear();
  }
}
