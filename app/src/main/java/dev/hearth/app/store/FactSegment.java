package dev.hearth.app.store;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of many ended invocations in columns: what a query, a sort or a sum needs, and
 * nothing else. About 75 bytes each in memory and a third of that in the file.
 */
final class FactSegment {
  /** Their places are stored. Only ever append. */
  private static final List<InvocationStatus> STATUSES =
      List.of(
          InvocationStatus.PENDING,
          InvocationStatus.RUNNING,
          InvocationStatus.OK,
          InvocationStatus.ERROR,
          InvocationStatus.TIMEOUT,
          InvocationStatus.OUT_OF_MEMORY,
          InvocationStatus.CRASHED,
          InvocationStatus.THROTTLED,
          InvocationStatus.CANCELLED,
          InvocationStatus.COULD_NOT_RUN);

  private static final int COLD = 0x80;

  final int size;
  final long[] ids;
  final int[] requests;
  final int[] environments;
  final String[] functions;
  final @Nullable String[] errors;
  final byte[] states;
  final int[] versions;
  final long[] inits;
  final long[] durations;
  final int[] billed;
  final int[] memories;
  final long[] peaks;
  final long[] costs;
  final int[] events;
  final int[] responses;
  final int[] logs;

  /**
   * One invocation as it goes into a segment.
   *
   * @param id where it stands in the history
   * @param environment its row; 0 for none
   * @param texts the documents of event, response and log; 0 for none
   */
  record Row(long id, int environment, InvocationRecord record, Texts texts) {}

  /** Documents of the index of words; 0 for none. */
  record Texts(int event, int response, int log) {}

  FactSegment(int size) {
    this.size = size;
    ids = new long[size];
    requests = new int[size];
    environments = new int[size];
    functions = new String[size];
    errors = new String[size];
    states = new byte[size];
    versions = new int[size];
    inits = new long[size];
    durations = new long[size];
    billed = new int[size];
    memories = new int[size];
    peaks = new long[size];
    costs = new long[size];
    events = new int[size];
    responses = new int[size];
    logs = new int[size];
  }

  static FactSegment of(List<Row> rows) {
    FactSegment segment = new FactSegment(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      segment.set(i, rows.get(i));
    }
    return segment;
  }

  private void set(int i, Row row) {
    InvocationRecord record = row.record();
    ids[i] = row.id();
    requests[i] = RequestIds.prefix(RequestIds.encode(record.requestId()));
    environments[i] = row.environment();
    functions[i] = record.functionName();
    errors[i] = record.errorType();
    states[i] = state(record.status(), record.coldStart());
    versions[i] = record.sourceVersion();
    inits[i] = record.initNanos();
    durations[i] = record.durationNanos();
    billed[i] = Math.toIntExact(record.billedMillis());
    memories[i] = record.memoryMb();
    peaks[i] = record.peakMemoryBytes();
    costs[i] = record.costPicoUsd();
    events[i] = row.texts().event();
    responses[i] = row.texts().response();
    logs[i] = row.texts().log();
  }

  /**
   * Sets the documents of the logs of some rows and takes them out of the map.
   *
   * @param documents by the place of the row in the history
   * @return whether there was any of them
   */
  boolean exchangeLogs(Map<Long, Integer> documents) {
    boolean any = false;
    for (int i = 0; i < size; i++) {
      Integer document = documents.remove(ids[i]);
      if (document != null) {
        logs[i] = document;
        any = true;
      }
    }
    return any;
  }

  /** Several as one, in the same order. */
  static FactSegment join(List<FactSegment> parts) {
    FactSegment all = new FactSegment(parts.stream().mapToInt(part -> part.size).sum());
    int at = 0;
    for (FactSegment part : parts) {
      copy(part, all, at);
      at += part.size;
    }
    return all;
  }

  private static void copy(FactSegment from, FactSegment to, int at) {
    Object[] sources = from.columns();
    Object[] targets = to.columns();
    for (int i = 0; i < sources.length; i++) {
      System.arraycopy(sources[i], 0, targets[i], at, from.size);
    }
  }

  private Object[] columns() {
    return new Object[] {
      ids,
      requests,
      environments,
      functions,
      errors,
      states,
      versions,
      inits,
      durations,
      billed,
      memories,
      peaks,
      costs,
      events,
      responses,
      logs
    };
  }

  /** Status and kind of start in one byte. */
  static byte state(InvocationStatus status, boolean cold) {
    return (byte) (STATUSES.indexOf(status) | (cold ? COLD : 0));
  }

  InvocationStatus status(int row) {
    return STATUSES.get(states[row] & COLD - 1);
  }

  boolean cold(int row) {
    return (states[row] & COLD) != 0;
  }

  byte[] encode() {
    PackedWriter writer = new PackedWriter();
    Map<String, Integer> names = new HashMap<>();
    PackedWriter dictionary = new PackedWriter();
    writer.writeLong(size);
    for (int i = 0; i < size; i++) {
      writer.writeLong(ids[i] - (i == 0 ? 0 : ids[i - 1]));
      writer.writeInt(requests[i]);
      writer.writeLong(environments[i]);
      writer.writeLong(code(names, dictionary, functions[i]));
      writer.writeLong(code(names, dictionary, errors[i]));
      writer.writeByte(states[i]);
      writer.writeLong(versions[i]);
      writer.writeLong(inits[i]);
      writer.writeLong(durations[i]);
      writer.writeLong(billed[i]);
      writer.writeLong(memories[i]);
      writer.writeLong(peaks[i] - (i == 0 ? 0 : peaks[i - 1]));
      writer.writeLong(costs[i]);
      writer.writeLong(events[i] - (i == 0 ? 0 : events[i - 1]));
      writer.writeLong(responses[i] - (i == 0 ? 0 : responses[i - 1]));
      writer.writeLong(logs[i] - (i == 0 ? 0 : logs[i - 1]));
    }
    PackedWriter whole = new PackedWriter();
    whole.writeLong(names.size());
    whole.writeBytes(dictionary.toBytes());
    whole.writeBytes(writer.toBytes());
    return whole.toBytes();
  }

  /** From 1 in order of appearance; 0 for null. */
  private static int code(
      Map<String, Integer> names, PackedWriter dictionary, @Nullable String name) {
    if (name == null) {
      return 0;
    }
    Integer known = names.get(name);
    if (known == null) {
      known = names.size() + 1;
      names.put(name, known);
      dictionary.writeText(name);
    }
    return known;
  }

  /**
   * @param interned gives the one instance of a name that all segments share
   */
  static FactSegment decode(byte[] data, Map<String, String> interned) {
    PackedReader in = new PackedReader(data);
    @Nullable String[] names = new String[in.readInt() + 1];
    for (int i = 1; i < names.length; i++) {
      String name = in.readText(in.readInt());
      String shared = interned.putIfAbsent(name, name);
      names[i] = shared == null ? name : shared;
    }
    FactSegment s = new FactSegment(in.readInt());
    for (int i = 0; i < s.size; i++) {
      s.ids[i] = in.readLong() + (i == 0 ? 0 : s.ids[i - 1]);
      s.requests[i] = in.readRawInt();
      s.environments[i] = in.readInt();
      s.functions[i] = String.valueOf(names[in.readInt()]);
      s.errors[i] = names[in.readInt()];
      s.states[i] = (byte) in.readByte();
      s.versions[i] = in.readInt();
      s.inits[i] = in.readLong();
      s.durations[i] = in.readLong();
      s.billed[i] = in.readInt();
      s.memories[i] = in.readInt();
      s.peaks[i] = in.readLong() + (i == 0 ? 0 : s.peaks[i - 1]);
      s.costs[i] = in.readLong();
      s.events[i] = in.readInt() + (i == 0 ? 0 : s.events[i - 1]);
      s.responses[i] = in.readInt() + (i == 0 ? 0 : s.responses[i - 1]);
      s.logs[i] = in.readInt() + (i == 0 ? 0 : s.logs[i - 1]);
    }
    return s;
  }
}
