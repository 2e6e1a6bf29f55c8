package dev.hearth.app.store;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Raw deflate at its fastest, for what is worth it. Stateless. */
final class Deflate {
  /** Below this, deflating costs more than it saves. */
  static final int WORTH_BYTES = 256;

  private Deflate() {}

  /** The deflated bytes, or the same array when that would not be shorter. */
  static byte[] tryDeflate(byte[] data) {
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED, true)) {
      deflater.setInput(data);
      deflater.finish();
      byte[] out = new byte[data.length];
      int length = 0;
      while (!deflater.finished() && length < out.length) {
        length += deflater.deflate(out, length, out.length - length);
      }
      return deflater.finished() && length < data.length ? Arrays.copyOf(out, length) : data;
    }
  }

  /**
   * @param size the length of what was deflated
   * @throws IllegalStateException when the bytes are damaged
   */
  static byte[] inflate(byte[] deflated, int size) {
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(deflated);
      byte[] out = new byte[size];
      int length = 0;
      while (length < size) {
        int step = inflater.inflate(out, length, size - length);
        if (step == 0) {
          throw new IllegalStateException("deflated data ends early");
        }
        length += step;
      }
      return out;
    } catch (DataFormatException e) {
      throw new IllegalStateException("deflated data is damaged", e);
    }
  }
}
