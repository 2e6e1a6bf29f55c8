package dev.hearth.app.project;

import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one invocation.
 *
 * @param event the bytes sent
 * @param response the bytes answered (the error payload of a failed one); empty when none
 * @param log in order of time, the cold start's init output included
 * @param spans the waterfall, parents before children
 * @param memory the memory curve of this invocation, the cold start's init included
 * @param configuration what the function was configured like, secrets without their values once it
 *     is stored; null when nothing ran or nobody knows
 * @param imports what loading the handler was made of; null when that was not measured
 */
public record InvocationDetail(
    InvocationRecord record,
    byte[] event,
    byte[] response,
    List<LogEntry> log,
    List<TraceSpan> spans,
    List<MemoryPoint> memory,
    @Nullable FunctionConfiguration configuration,
    @Nullable ImportedModules imports) {
  /** An invocation of which the imports were not measured. */
  public InvocationDetail(
      InvocationRecord record,
      byte[] event,
      byte[] response,
      List<LogEntry> log,
      List<TraceSpan> spans,
      List<MemoryPoint> memory,
      @Nullable FunctionConfiguration configuration) {
    this(record, event, response, log, spans, memory, configuration, null);
  }

  /** An invocation of which the configuration is not known. */
  public InvocationDetail(
      InvocationRecord record,
      byte[] event,
      byte[] response,
      List<LogEntry> log,
      List<TraceSpan> spans,
      List<MemoryPoint> memory) {
    this(record, event, response, log, spans, memory, null);
  }

  /** What to draw: the spans, with the slowest imports below the import of the handler. */
  public List<TraceSpan> waterfall() {
    return imports == null ? spans : imports.into(spans);
  }
}
