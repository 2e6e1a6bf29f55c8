package dev.hearth.app.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers in as few bytes as they need. Reused for one record after the other. */
final class PackedWriter {
  private byte[] buffer = new byte[512];
  private int length;

  void clear() {
    length = 0;
  }

  void writeByte(int value) {
    ensure(1);
    buffer[length++] = (byte) value;
  }

  /** Small absolute values are short; negative ones are allowed. */
  void writeLong(long value) {
    ensure(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      buffer[length++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  /** Always four bytes: for numbers that are as large as not. */
  void writeInt(int value) {
    ensure(4);
    buffer[length++] = (byte) (value >>> 24);
    buffer[length++] = (byte) (value >>> 16);
    buffer[length++] = (byte) (value >>> 8);
    buffer[length++] = (byte) value;
  }

  void writeText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writeLong(bytes.length);
    writeBytes(bytes);
  }

  void writeBytes(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  private void ensure(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
