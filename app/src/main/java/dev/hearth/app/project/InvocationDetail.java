package dev.hearth.app.project;

import java.util.List;

/**
 * All that is known of one invocation.
 *
 * @param event the bytes sent
 * @param response the bytes answered (the error payload of a failed one); empty when none
 * @param log in order of time, the cold start's init output included
 * @param spans the waterfall, parents before children
 * @param memory the memory curve of this invocation, the cold start's init included
 */
public record InvocationDetail(
    InvocationRecord record,
    byte[] event,
    byte[] response,
    List<LogEntry> log,
    List<TraceSpan> spans,
    List<MemoryPoint> memory) {}
