package dev.hearth.app.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link PackedWriter} wrote. */
final class PackedReader {
  private final byte[] data;
  private int at;

  PackedReader(byte[] data) {
    this.data = data;
  }

  boolean hasMore() {
    return at < data.length;
  }

  int readByte() {
    return data[at++] & 0xff;
  }

  long readLong() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = data[at++];
      value |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return (value >>> 1) ^ -(value & 1);
  }

  int readInt() {
    return (int) readLong();
  }

  /** Four bytes as {@link PackedWriter#writeInt} wrote them. */
  int readRawInt() {
    int value =
        data[at] << 24
            | (data[at + 1] & 0xff) << 16
            | (data[at + 2] & 0xff) << 8
            | data[at + 3] & 0xff;
    at += 4;
    return value;
  }

  /** All that has not been read. */
  byte[] rest() {
    return Arrays.copyOfRange(data, at, data.length);
  }

  String readText(int size) {
    String text = new String(data, at, size, StandardCharsets.UTF_8);
    at += size;
    return text;
  }
}
