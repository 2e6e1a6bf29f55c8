package dev.hearth.app.project.query;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A record as a row of a query; it has no texts. */
public record RecordRow(InvocationRecord record) implements QueryRow {
  @Override
  public InvocationStatus status() {
    return record.status();
  }

  @Override
  public boolean coldStart() {
    return record.coldStart();
  }

  @Override
  public String functionName() {
    return record.functionName();
  }

  @Override
  public @Nullable String errorType() {
    return record.errorType();
  }

  @Override
  public @Nullable String environmentId() {
    return record.environmentId();
  }

  @Override
  public int sourceVersion() {
    return record.sourceVersion();
  }

  @Override
  public long queuedAt() {
    return record.queuedAt();
  }

  @Override
  public long initNanos() {
    return record.initNanos();
  }

  @Override
  public long durationNanos() {
    return record.durationNanos();
  }

  @Override
  public long billedMillis() {
    return record.billedMillis();
  }

  @Override
  public int memoryMb() {
    return record.memoryMb();
  }

  @Override
  public long peakMemoryBytes() {
    return record.peakMemoryBytes();
  }

  @Override
  public long costPicoUsd() {
    return record.costPicoUsd();
  }

  @Override
  public boolean idStartsWith(String start) {
    return record.requestId().toLowerCase(Locale.ROOT).startsWith(start);
  }

  @Override
  public boolean hasText(QueryTerm.Word word) {
    return false;
  }
}
