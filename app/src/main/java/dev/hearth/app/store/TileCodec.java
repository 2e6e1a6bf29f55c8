package dev.hearth.app.store;

import dev.hearth.app.project.timeline.BucketSum;
import org.jspecify.annotations.Nullable;

/**
 * Packs the sums of neighbouring stretches of time: of each that is not empty its place, which
 * figures are not zero, and those. Used by one thread at a time.
 */
final class TileCodec {
  static final int SLOT_BITS = 6;

  /** Stretches in a tile. */
  static final int SLOTS = 1 << SLOT_BITS;

  private final PackedWriter writer = new PackedWriter();

  byte[] encode(@Nullable BucketSum[] slots) {
    writer.clear();
    for (int slot = 0; slot < SLOTS; slot++) {
      BucketSum sum = slots[slot];
      if (sum != null) {
        encode(slot, sum.toArray());
      }
    }
    return writer.toBytes();
  }

  private void encode(int slot, long[] figures) {
    int present = 0;
    for (int i = 0; i < figures.length; i++) {
      if (figures[i] != 0) {
        present |= 1 << i;
      }
    }
    writer.writeByte(slot);
    writer.writeLong(present);
    for (long figure : figures) {
      if (figure != 0) {
        writer.writeLong(figure);
      }
    }
  }

  /** As many as {@link #SLOTS}; null where nothing happened. */
  static @Nullable BucketSum[] decode(byte[] data) {
    @Nullable BucketSum[] slots = new BucketSum[SLOTS];
    PackedReader reader = new PackedReader(data);
    while (reader.hasMore()) {
      int slot = reader.readByte();
      int present = reader.readInt();
      long[] figures = new long[9];
      for (int i = 0; i < figures.length; i++) {
        if ((present & 1 << i) != 0) {
          figures[i] = reader.readLong();
        }
      }
      slots[slot] = BucketSum.of(figures);
    }
    return slots;
  }
}
