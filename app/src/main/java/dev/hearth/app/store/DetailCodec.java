package dev.hearth.app.store;

import dev.hearth.app.project.ImportedModules;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.MemoryPoint;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.runtime.event.ImportedModule;
import dev.hearth.runtime.event.LogStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Packs the log, the waterfall and the memory curve of an invocation into one blob each: a row per
 * line would cost ten times the space and the time. Times are differences to a base, the request id
 * in a line is one byte. Used by one thread at a time.
 *
 * <p>A blob starts with its encoding: 0 packed, 1 packed and deflated after the packed size.
 */
final class DetailCodec {
  private static final int PACKED = 0;
  private static final int DEFLATED = 1;

  /** Short blobs are common and hardly get shorter. */
  private static final int WORTH_BYTES = 1024;

  private static final int STREAM_BITS = 3;
  private static final int HAS_REQUEST_ID = 4;
  private static final String REQUEST_ID_MARK = "\u0001";

  /** Texts that stand in nearly every invocation, as one number. Only ever append. */
  private static final List<String> COMMON =
      List.of(
          "service",
          "Initialization",
          "cold start",
          "process start",
          "runtime boot",
          "import handler",
          "Invocation",
          "Overhead",
          "after the response",
          "START RequestId: " + REQUEST_ID_MARK + " Version: $LATEST",
          "END RequestId: " + REQUEST_ID_MARK);

  private static final Map<String, Integer> COMMON_INDEX = index(COMMON);
  private static final LogStream[] STREAMS = {
    LogStream.STDOUT, LogStream.STDERR, LogStream.PLATFORM, LogStream.EXTENSION
  };
  private static final TraceSpan.Kind[] KINDS = {
    TraceSpan.Kind.SERVICE,
    TraceSpan.Kind.QUEUE,
    TraceSpan.Kind.INIT,
    TraceSpan.Kind.INVOKE,
    TraceSpan.Kind.OVERHEAD,
    TraceSpan.Kind.SEGMENT,
    TraceSpan.Kind.REMOTE
  };

  private static final ImportedModule.Kind[] MODULE_KINDS = {
    ImportedModule.Kind.MODULE, ImportedModule.Kind.CLASS_LOAD, ImportedModule.Kind.CLASS_INIT
  };

  /** Kinds from here on are followed by what instrumentation said. */
  private static final int FIRST_REPORTED = 5;

  private static final int HAS_PARENT = 1;
  private static final int HAS_ERROR = 2;

  private final PackedWriter writer = new PackedWriter();

  /** Null when there is nothing to store. */
  byte @Nullable [] encodeLog(List<LogEntry> log, long base, String requestId) {
    if (log.isEmpty()) {
      return null;
    }
    start(log.size());
    long before = base;
    for (LogEntry entry : log) {
      writer.writeLong(entry.at() - before);
      before = entry.at();
      String text = entry.text();
      boolean shorten = text.contains(requestId) && !text.contains(REQUEST_ID_MARK);
      writer.writeByte(indexOf(STREAMS, entry.stream()) | (shorten ? HAS_REQUEST_ID : 0));
      writeText(shorten ? text.replace(requestId, REQUEST_ID_MARK) : text);
    }
    return finish();
  }

  static List<LogEntry> decodeLog(byte @Nullable [] blob, long base, String requestId) {
    if (blob == null) {
      return List.of();
    }
    PackedReader reader = reader(blob);
    int count = reader.readInt();
    List<LogEntry> log = new ArrayList<>(count);
    long at = base;
    for (int i = 0; i < count; i++) {
      at += reader.readLong();
      int flags = reader.readByte();
      String text = readText(reader);
      if ((flags & HAS_REQUEST_ID) != 0) {
        text = text.replace(REQUEST_ID_MARK, requestId);
      }
      log.add(new LogEntry(at, STREAMS[flags & STREAM_BITS], text));
    }
    return List.copyOf(log);
  }

  /** Null when there is nothing to store. */
  byte @Nullable [] encodeSpans(List<TraceSpan> spans, long base) {
    if (spans.isEmpty()) {
      return null;
    }
    start(spans.size());
    for (TraceSpan span : spans) {
      writer.writeByte(indexOf(KINDS, span.kind()));
      writer.writeByte(span.depth());
      writer.writeLong(span.startAt() - base);
      writer.writeLong(span.endAt() - span.startAt());
      writeText(span.name());
      writeText(span.detail());
      writeReported(span);
    }
    return finish();
  }

  static List<TraceSpan> decodeSpans(byte @Nullable [] blob, long base) {
    if (blob == null) {
      return List.of();
    }
    PackedReader reader = reader(blob);
    int count = reader.readInt();
    List<TraceSpan> spans = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int kind = reader.readByte();
      int depth = reader.readByte();
      long start = base + reader.readLong();
      long end = start + reader.readLong();
      String name = readText(reader);
      String detail = readText(reader);
      TraceSpan.Reported reported = kind < FIRST_REPORTED ? null : readReported(reader);
      spans.add(new TraceSpan(KINDS[kind], name, detail, depth, start, end, reported));
    }
    return List.copyOf(spans);
  }

  private void writeReported(TraceSpan span) {
    TraceSpan.Reported reported = span.reported();
    if (indexOf(KINDS, span.kind()) < FIRST_REPORTED || reported == null) {
      return;
    }
    String parent = reported.parentId();
    String error = reported.error();
    writer.writeByte((parent == null ? 0 : HAS_PARENT) | (error == null ? 0 : HAS_ERROR));
    writeText(reported.id());
    if (parent != null) {
      writeText(parent);
    }
    if (error != null) {
      writeText(error);
    }
  }

  private static TraceSpan.Reported readReported(PackedReader reader) {
    int flags = reader.readByte();
    return new TraceSpan.Reported(
        readText(reader),
        (flags & HAS_PARENT) == 0 ? null : readText(reader),
        (flags & HAS_ERROR) == 0 ? null : readText(reader));
  }

  /** Null when there is nothing to store. */
  byte @Nullable [] encodeMemory(List<MemoryPoint> memory, long base) {
    if (memory.isEmpty()) {
      return null;
    }
    start(memory.size());
    long before = base;
    long bytes = 0;
    for (MemoryPoint point : memory) {
      writer.writeLong(point.at() - before);
      writer.writeLong(point.bytes() - bytes);
      before = point.at();
      bytes = point.bytes();
    }
    return finish();
  }

  static List<MemoryPoint> decodeMemory(byte @Nullable [] blob, long base) {
    if (blob == null) {
      return List.of();
    }
    PackedReader reader = reader(blob);
    int count = reader.readInt();
    List<MemoryPoint> memory = new ArrayList<>(count);
    long at = base;
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      at += reader.readLong();
      bytes += reader.readLong();
      memory.add(new MemoryPoint(at, bytes));
    }
    return List.copyOf(memory);
  }

  /** Null when there is nothing to store. */
  byte @Nullable [] encodeImports(@Nullable ImportedModules imports, long base) {
    if (imports == null) {
      return null;
    }
    start(imports.slowest().size());
    writer.writeLong(imports.count());
    for (ImportedModule module : imports.slowest()) {
      writer.writeLong(module.parent());
      writer.writeByte(indexOf(MODULE_KINDS, module.kind()));
      writer.writeLong(module.startNanos() - base);
      writer.writeLong(module.totalNanos());
      writer.writeLong(module.selfNanos());
      writer.writeText(module.name());
      writer.writeText(module.origin());
    }
    return finish();
  }

  static @Nullable ImportedModules decodeImports(byte @Nullable [] blob, long base) {
    if (blob == null) {
      return null;
    }
    PackedReader reader = reader(blob);
    int rows = reader.readInt();
    int count = reader.readInt();
    List<ImportedModule> modules = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      int parent = reader.readInt();
      ImportedModule.Kind kind = MODULE_KINDS[reader.readByte()];
      long start = base + reader.readLong();
      long total = reader.readLong();
      long self = reader.readLong();
      String name = reader.readText(reader.readInt());
      String origin = reader.readText(reader.readInt());
      modules.add(new ImportedModule(parent, kind, name, origin, start, total, self));
    }
    return new ImportedModules(count, modules);
  }

  private static Map<String, Integer> index(List<String> texts) {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      index.put(texts.get(i), i);
    }
    return Map.copyOf(index);
  }

  /** A negative length stands for a common text. */
  private void writeText(String text) {
    Integer common = COMMON_INDEX.get(text);
    if (common == null) {
      writer.writeText(text);
    } else {
      writer.writeLong(-1 - common);
    }
  }

  private static String readText(PackedReader reader) {
    int length = reader.readInt();
    return length < 0 ? COMMON.get(-1 - length) : reader.readText(length);
  }

  private void start(int count) {
    writer.clear();
    writer.writeByte(PACKED);
    writer.writeLong(count);
  }

  private byte[] finish() {
    byte[] packed = writer.toBytes();
    if (packed.length < WORTH_BYTES) {
      return packed;
    }
    byte[] deflated = Deflate.tryDeflate(packed);
    if (deflated == packed) {
      return packed;
    }
    writer.clear();
    writer.writeByte(DEFLATED);
    writer.writeLong(packed.length);
    writer.writeBytes(deflated);
    return writer.toBytes();
  }

  private static PackedReader reader(byte[] blob) {
    PackedReader reader = new PackedReader(blob);
    if (reader.readByte() == PACKED) {
      return reader;
    }
    int size = reader.readInt();
    PackedReader inflated = new PackedReader(Deflate.inflate(reader.rest(), size));
    inflated.readByte();
    return inflated;
  }

  private static <E extends Enum<E>> int indexOf(E[] codes, E value) {
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] == value) {
        return i;
      }
    }
    throw new IllegalArgumentException("no code for " + value);
  }
}
