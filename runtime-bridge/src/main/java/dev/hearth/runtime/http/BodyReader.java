package dev.hearth.runtime.http;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads one request body, with a length or in chunks, and keeps at most the allowed bytes. */
final class BodyReader {
  private static final int FIRST_ALLOCATION = 1 << 16;
  private static final int PASS_BYTES = 1 << 16;
  private static final int CHUNK_LINE_BYTES = 1024;
  private static final byte[] NOTHING = new byte[0];

  private final SocketBuffer buffer;
  private final HttpLimits limits;
  private final @Nullable BodySink sink;
  private byte[] kept = NOTHING;
  private int keptLength;
  private long total;
  private long discarded;
  private boolean truncated;
  private HttpHeaders trailers = new HttpHeaders();

  /**
   * @param sink takes the body as it arrives, whatever its length; null to keep it here
   */
  BodyReader(SocketBuffer buffer, HttpLimits limits, @Nullable BodySink sink) {
    this.buffer = buffer;
    this.limits = limits;
    this.sink = sink;
  }

  /** Reads a body of announced length. */
  void readLength(long length) throws IOException {
    truncated = !take(length);
    total = length;
  }

  /** Reads chunks up to the last one and the trailers. */
  void readChunks() throws IOException {
    while (true) {
      int line = buffer.awaitLine(CHUNK_LINE_BYTES);
      if (line < 0) {
        truncated = true;
        return;
      }
      long size = chunkSize(buffer.array(), buffer.start(), buffer.start() + line - 2);
      buffer.skip(line);
      if (size == 0) {
        readTrailers();
        return;
      }
      total += size;
      if (!take(size) || !takeLineEnd()) {
        truncated = true;
        return;
      }
    }
  }

  private void readTrailers() throws IOException {
    int block = buffer.awaitBlock("Trailers", limits.headBytes());
    if (block < 0) {
      truncated = true;
      return;
    }
    int from = buffer.start();
    trailers = RequestHead.fields(buffer.array(), from, from + block - 2);
    buffer.skip(block);
  }

  private boolean takeLineEnd() throws IOException {
    byte[] end = new byte[2];
    if (buffer.read(end, 0, 2) < 2) {
      return false;
    }
    if (end[0] != '\r' || end[1] != '\n') {
      throw new HttpException(400, "A chunk is longer than its size says");
    }
    return true;
  }

  /** Takes {@code length} bytes; those past the limit are thrown away. */
  private boolean take(long length) throws IOException {
    if (sink != null) {
      return pass(length, sink);
    }
    long left = length;
    while (left > 0) {
      if (keptLength + left > limits.bodyBytes()) {
        return discard(left);
      }
      int want = (int) Math.min(left, room(left));
      int got = buffer.read(kept, keptLength, want);
      keptLength += got;
      left -= got;
      if (got < want) {
        return false;
      }
    }
    return true;
  }

  private boolean pass(long length, BodySink to) throws IOException {
    byte[] some = new byte[(int) Math.min(length, PASS_BYTES)];
    long left = length;
    while (left > 0) {
      if (buffer.available() == 0 && !buffer.fill()) {
        return false;
      }
      int count = (int) Math.min(left, Math.min(some.length, buffer.available()));
      int got = buffer.read(some, 0, count);
      to.write(some, 0, got);
      left -= got;
    }
    return true;
  }

  /** Grows in steps, so that an announced length alone allocates nothing. */
  private int room(long wanted) {
    if (keptLength == kept.length) {
      long next = Math.max(FIRST_ALLOCATION, 2L * kept.length);
      long exact = keptLength + wanted;
      kept = Arrays.copyOf(kept, (int) Math.min(exact <= next ? exact : next, limits.bodyBytes()));
    }
    return kept.length - keptLength;
  }

  private boolean discard(long length) throws IOException {
    kept = NOTHING;
    keptLength = limits.bodyBytes();
    byte[] bin = new byte[8192];
    long left = length;
    while (left > 0) {
      int want = (int) Math.min(left, bin.length);
      int got = buffer.read(bin, 0, want);
      left -= got;
      discarded += got;
      if (got < want) {
        return false;
      }
      if (discarded > limits.discardBytes()) {
        throw new HttpException(413, "The body is larger than this server reads");
      }
    }
    return true;
  }

  private static long chunkSize(byte[] bytes, int from, int to) throws HttpException {
    long size = 0;
    int at = from;
    for (; at < to; at++) {
      int digit = Character.digit(bytes[at], 16);
      if (digit < 0) {
        break;
      }
      if (at - from >= 15) {
        throw new HttpException(400, "A chunk size is out of range");
      }
      size = size * 16 + digit;
    }
    if (at == from || (at < to && bytes[at] != ';' && bytes[at] != ' ' && bytes[at] != '\t')) {
      throw new HttpException(400, "A chunk size must be a hexadecimal number");
    }
    return size;
  }

  HttpRequest.Body state() {
    if (truncated) {
      return HttpRequest.Body.TRUNCATED;
    }
    return discarded > 0 ? HttpRequest.Body.TOO_LARGE : HttpRequest.Body.COMPLETE;
  }

  byte[] body() {
    if (discarded > 0) {
      return NOTHING;
    }
    return keptLength == kept.length ? kept : Arrays.copyOf(kept, keptLength);
  }

  long total() {
    return total;
  }

  HttpHeaders trailers() {
    return trailers;
  }
}
