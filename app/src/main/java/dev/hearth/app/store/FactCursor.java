package dev.hearth.app.store;

import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.project.query.QueryRow;
import dev.hearth.app.project.query.QueryTerm;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of a segment after the other, as a query sees it. */
final class FactCursor implements QueryRow {
  private static final int HEX_DIGITS = 8;

  private final List<BitSet> texts;
  private final Map<Integer, String> environments;
  private FactSegment segment = new FactSegment(0);
  private int row;
  private final Map<String, IdStart> idStarts = new HashMap<>();
  private String lastStart = "";
  private IdStart lastWanted = new IdStart(0, 0, 0, 0);

  /**
   * @param texts the documents that hold the words of the query, by the words' numbers
   * @param environments ids by row; those that are missing are not asked for
   */
  FactCursor(List<BitSet> texts, Map<Integer, String> environments) {
    this.texts = texts;
    this.environments = environments;
  }

  void moveTo(FactSegment newSegment) {
    segment = newSegment;
  }

  void moveTo(int newRow) {
    row = newRow;
  }

  @Override
  public InvocationStatus status() {
    return segment.status(row);
  }

  @Override
  public boolean coldStart() {
    return segment.cold(row);
  }

  @Override
  public String functionName() {
    return segment.functions[row];
  }

  @Override
  public @Nullable String errorType() {
    return segment.errors[row];
  }

  @Override
  public @Nullable String environmentId() {
    return environments.get(segment.environments[row]);
  }

  @Override
  public int sourceVersion() {
    return segment.versions[row];
  }

  @Override
  public long queuedAt() {
    return segment.ids[row];
  }

  @Override
  public long initNanos() {
    return segment.inits[row];
  }

  @Override
  public long durationNanos() {
    return segment.durations[row];
  }

  @Override
  public long billedMillis() {
    return segment.billed[row];
  }

  @Override
  public int memoryMb() {
    return segment.memories[row];
  }

  @Override
  public long peakMemoryBytes() {
    return segment.peaks[row];
  }

  @Override
  public long costPicoUsd() {
    return segment.costs[row];
  }

  /** Only the first four bytes are here: who needs more compares the stored ids. */
  @Override
  public boolean idStartsWith(String start) {
    if (!start.equals(lastStart)) {
      lastStart = start;
      lastWanted = idStarts.computeIfAbsent(start, IdStart::of);
    }
    IdStart wanted = lastWanted;
    int request = segment.requests[row];
    return (request & wanted.mask) == wanted.value && wanted.mask != 0
        || (request & wanted.textMask) == wanted.textValue && wanted.textMask != 0;
  }

  /** The first bits of a request id: of a UUID, or of any other text. */
  private record IdStart(int mask, int value, int textMask, int textValue) {
    static IdStart of(String start) {
      int mask = 0;
      int value = 0;
      for (int i = 0; i < Math.min(HEX_DIGITS, start.length()); i++) {
        int digit = Character.digit(start.charAt(i), 16);
        if (digit < 0) {
          mask = 0;
          value = 0;
          break;
        }
        int shift = 4 * (HEX_DIGITS - 1 - i);
        value |= digit << shift;
        mask |= 0xf << shift;
      }
      byte[] text = start.getBytes(StandardCharsets.UTF_8);
      int bytes = Math.min(Integer.BYTES, text.length);
      int textMask = bytes == 0 ? 0 : -1 << 8 * (Integer.BYTES - bytes);
      return new IdStart(mask, value, textMask, RequestIds.prefix(text) & textMask);
    }
  }

  @Override
  public boolean hasText(QueryTerm.Word word) {
    BitSet documents = texts.get(word.number());
    return documents.get(segment.logs[row])
        || documents.get(segment.responses[row])
        || documents.get(segment.events[row]);
  }
}
