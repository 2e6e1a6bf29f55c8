package dev.hearth.app.ui.timeline;

import dev.hearth.app.state.SpanSeries;
import dev.hearth.app.state.TimeRange;
import dev.hearth.app.state.TimelineLane;
import dev.hearth.app.state.TimelineModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what ran last: the newest cold starts and calls between which nothing paused for long. Long
 * is measured by how long they themselves take, so that a burst of calls of a few milliseconds and
 * a batch of calls of a minute are both seen as one thing, and each block of it keeps some width.
 */
final class NewestRun {
  /** A pause of more blocks than this, of mean length, ends the run. */
  private static final int PAUSE_IN_BLOCKS = 20;

  /** Shorter pauses never end a run, nanoseconds. */
  static final long SHORTEST_PAUSE = 250_000_000L;

  private static final long LONGEST_PAUSE = 10_000_000_000L;

  private NewestRun() {}

  private record Block(long from, long to) {}

  /**
   * The newest run.
   *
   * @param after what ended before is not looked at, nanoseconds since the epoch
   * @param now up to which open blocks reach
   * @return null when nothing ran after that
   */
  static @Nullable TimeRange of(TimelineModel model, long after, long now) {
    List<Block> blocks = blocks(model, after, now);
    if (blocks.isEmpty()) {
      return null;
    }
    long to = blocks.getFirst().to;
    long from = to;
    long total = 0;
    long count = 0;
    for (Block block : blocks) {
      long mean = count == 0 ? 0 : total / count;
      long pause = Math.clamp(mean * PAUSE_IN_BLOCKS, SHORTEST_PAUSE, LONGEST_PAUSE);
      if (from - block.to > pause) {
        break;
      }
      from = Math.min(from, block.from);
      if (block.to > block.from) {
        total += block.to - block.from;
        count++;
      }
    }
    return new TimeRange(from, to);
  }

  /** Those that ended last first. A throttled call is a block without length. */
  private static List<Block> blocks(TimelineModel model, long after, long now) {
    List<Block> blocks = new ArrayList<>();
    for (TimelineLane lane : model.lanes()) {
      add(blocks, lane.spans(), after, now);
    }
    add(blocks, model.throttles(), after, now);
    blocks.sort(Comparator.comparingLong(Block::to).reversed());
    return blocks;
  }

  private static void add(List<Block> blocks, SpanSeries spans, long after, long now) {
    for (int i = spans.firstEndingAfter(after); i < spans.size(); i++) {
      blocks.add(new Block(spans.start(i), spans.end(i, now)));
    }
  }
}
