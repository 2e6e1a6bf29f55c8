package dev.hearth.runtime.trace;

import java.nio.charset.StandardCharsets;

/**
 * Reads the wire format of protocol buffers: fields one after the other, of which the caller takes
 * what it knows. The four messages of a trace export do not warrant a library of two megabytes.
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;
  private static final int MOST_VARINT_BITS = 63;

  private final byte[] data;
  private final int end;
  private int at;
  private int wireType;

  ProtoReader(byte[] data) {
    this(data, 0, data.length);
  }

  private ProtoReader(byte[] data, int from, int end) {
    this.data = data;
    this.at = from;
    this.end = end;
  }

  /** The number of the next field, which must be read or skipped; 0 at the end. */
  int next() {
    if (at == end) {
      return 0;
    }
    long tag = varint();
    wireType = (int) (tag & 7);
    long field = tag >>> 3;
    if (field < 1 || field > 536_870_911) {
      throw malformed("field number " + field);
    }
    return (int) field;
  }

  /** The number in a field of any numeric type; a double as its bits. */
  long number() {
    return switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> fixed(8);
      case FIXED32 -> fixed(4);
      default -> throw malformed("a number has wire type " + wireType);
    };
  }

  String text() {
    int length = length();
    String text = new String(data, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  byte[] bytes() {
    int length = length();
    byte[] bytes = new byte[length];
    System.arraycopy(data, at, bytes, 0, length);
    at += length;
    return bytes;
  }

  /** The message inside the field; this reader goes on behind it. */
  ProtoReader message() {
    int length = length();
    ProtoReader inner = new ProtoReader(data, at, at + length);
    at += length;
    return inner;
  }

  void skip() {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> fixed(8);
      case FIXED32 -> fixed(4);
      case LENGTH -> {
        int length = length();
        at += length;
      }
      default -> throw malformed("wire type " + wireType);
    }
  }

  private int length() {
    if (wireType != LENGTH) {
      throw malformed("text or a message has wire type " + wireType);
    }
    long length = varint();
    if (length < 0 || length > end - at) {
      throw malformed("a length beyond the end");
    }
    return (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift <= MOST_VARINT_BITS; shift += 7) {
      if (at == end) {
        throw malformed("cut off");
      }
      byte next = data[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a number of more than 64 bits");
  }

  private long fixed(int bytes) {
    if (end - at < bytes) {
      throw malformed("cut off");
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (data[at++] & 0xffL) << (8 * i);
    }
    return value;
  }

  private static IllegalArgumentException malformed(String how) {
    return new IllegalArgumentException("Not a protocol buffer: " + how);
  }
}
