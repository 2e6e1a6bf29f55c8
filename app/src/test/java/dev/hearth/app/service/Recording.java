package dev.hearth.app.service;

import dev.hearth.app.project.EnvironmentRecord;
import dev.hearth.app.project.InvocationAssembler;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.TraceSpan;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an assembler tells. */
final class Recording implements InvocationAssembler.Listener {
  final List<InvocationRecord> records = new ArrayList<>();

  @Override
  public void onRecord(InvocationRecord record) {
    records.add(record);
  }

  @Override
  public void onDetail(InvocationDetail detail) {}

  @Override
  public void onLateSpans(String requestId, List<TraceSpan> spans) {}

  @Override
  public void onEnvironment(EnvironmentRecord record) {}
}
