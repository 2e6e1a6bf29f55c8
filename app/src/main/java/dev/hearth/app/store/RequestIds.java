package dev.hearth.app.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Stores a request id in 16 bytes when it is a UUID as Lambda writes it, else as its text. */
final class RequestIds {
  private static final int UUID_CHARS = 36;
  private static final int UUID_BYTES = 16;

  private RequestIds() {}

  static byte[] encode(String requestId) {
    if (requestId.length() == UUID_CHARS) {
      byte[] packed = new byte[UUID_BYTES];
      if (pack(requestId, packed)) {
        return packed;
      }
    }
    byte[] text = requestId.getBytes(StandardCharsets.UTF_8);
    return text.length == UUID_BYTES ? ByteBuffer.allocate(17).put(text).array() : text;
  }

  static String decode(byte[] stored) {
    if (stored.length == UUID_BYTES) {
      ByteBuffer bytes = ByteBuffer.wrap(stored);
      return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
    int length = stored.length == 17 && stored[UUID_BYTES] == 0 ? UUID_BYTES : stored.length;
    return new String(stored, 0, length, StandardCharsets.UTF_8);
  }

  /** The first four bytes of a stored id as a number, for looking many through. */
  static int prefix(byte[] stored) {
    int prefix = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      prefix = prefix << 8 | (i < stored.length ? stored[i] & 0xff : 0);
    }
    return prefix;
  }

  /** False when the text is not exactly what {@link UUID#toString()} gives. */
  private static boolean pack(String text, byte[] packed) {
    int nibble = 0;
    for (int i = 0; i < UUID_CHARS; i++) {
      char c = text.charAt(i);
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (c != '-') {
          return false;
        }
        continue;
      }
      int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) {
        return false;
      }
      packed[nibble >> 1] |= (byte) ((nibble & 1) == 0 ? digit << 4 : digit);
      nibble++;
    }
    return true;
  }
}
