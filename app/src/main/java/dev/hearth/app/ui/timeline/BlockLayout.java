package dev.hearth.app.ui.timeline;

import dev.hearth.app.state.SpanKind;
import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.ui.kit.time.TimeScale;
import java.util.Arrays;

/**
 * Decides what is drawn of a lane's blocks. Wide ones are drawn one by one; narrow ones are put
 * into columns of one pixel, where the most important one wins, and drawn as runs of equal columns,
 * so that the cost depends on the width of the picture and not on the length of the history.
 */
final class BlockLayout {
  /** Blocks of fewer pixels go into columns. */
  static final int WIDE = 4;

  /** A lone block is drawn this wide where there is room. */
  private static final int VISIBLE = 3;

  private static final SpanKind[] KINDS = SpanKind.values();
  private static final byte WALL = Byte.MAX_VALUE;

  private byte[] columns = new byte[0];

  /** Receives what is to be drawn: wide blocks first, then runs. */
  interface Sink {
    /** A block of its own. */
    void block(SpanKind kind, int x, int width, long nanos);

    /** One or more narrow blocks without room between them. */
    void run(SpanKind kind, int x, int width);
  }

  /**
   * @param width of the plot, pixels
   * @param now up to which open blocks reach
   */
  void layOut(SpanSeries spans, TimeScale scale, int width, long now, Sink sink) {
    if (columns.length < width + 2) {
      columns = new byte[width + 2];
    }
    Arrays.fill(columns, (byte) 0);
    int end = spans.endOfStartingBefore(scale.time(width + 1));
    for (int i = spans.firstEndingAfter(scale.time(-1)); i < end; i++) {
      long until = spans.end(i, now);
      int x = pixel(scale, spans.start(i), width);
      int right = Math.max(x + 1, pixel(scale, until, width));
      if (right - x >= WIDE) {
        sink.block(spans.kind(i), x, right - x, until - spans.start(i));
        Arrays.fill(columns, Math.max(0, x), Math.min(right, width), WALL);
      } else {
        mark(Math.max(0, x), Math.min(right, width), spans.kind(i));
      }
    }
    runs(width, sink);
  }

  private static int pixel(TimeScale scale, long time, int width) {
    return (int) Math.round(Math.clamp(scale.x(time), -2, width + 2));
  }

  private void mark(int from, int to, SpanKind kind) {
    byte code = (byte) (kind.ordinal() + 1);
    for (int x = from; x < to; x++) {
      // An error beside a wide block is drawn over its edge rather than not at all.
      boolean over = columns[x] == WALL && kind == SpanKind.ERROR;
      if (columns[x] < code || over) {
        columns[x] = code;
      }
    }
  }

  private void runs(int width, Sink sink) {
    int x = 0;
    while (x < width) {
      byte code = columns[x];
      int to = x + 1;
      while (to < width && columns[to] == code) {
        to++;
      }
      if (code != 0 && code != WALL) {
        int room = to;
        while (room < Math.min(width, x + VISIBLE) && columns[room] == 0) {
          room++;
        }
        boolean free = room >= width || columns[room] == 0;
        sink.run(KINDS[code - 1], x, Math.max(to, free ? room : room - 1) - x);
      }
      x = to;
    }
  }
}
