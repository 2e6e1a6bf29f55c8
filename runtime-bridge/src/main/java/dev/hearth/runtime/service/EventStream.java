package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The frames of InvokeWithResponseStream (invoke-api.md section 3). */
final class EventStream {
  private static final int MOST_CHUNK = 1 << 16;
  private static final int FRAMING = 16;
  private static final byte STRING = 7;

  private EventStream() {}

  /**
   * A whole call: what the function answered in chunks, then how it ended.
   *
   * @param log the log's tail in base64; null when it was not asked for
   */
  static byte[] of(InvokeResult result, @Nullable String log) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    InvokeOutcome outcome = result.outcome();
    ObjectNode end = Json.object();
    if (outcome instanceof InvokeOutcome.Succeeded(byte[] payload)) {
      for (int from = 0; from < payload.length; from += MOST_CHUNK) {
        int length = Math.min(MOST_CHUNK, payload.length - from);
        byte[] chunk = new byte[length];
        System.arraycopy(payload, from, chunk, 0, length);
        frames.writeBytes(chunk(chunk));
      }
      end.putNull("ErrorCode").putNull("ErrorDetails");
    } else {
      end.put("ErrorCode", errorCode(outcome));
      end.put("ErrorDetails", new String(outcome.body(), UTF_8));
    }
    end.put("LogResult", log);
    frames.writeBytes(complete(Json.bytes(end)));
    return frames.toByteArray();
  }

  private static String errorCode(InvokeOutcome outcome) {
    try {
      return Json.read(new String(outcome.body(), UTF_8), ObjectNode.class)
          .path("errorType")
          .asString("Unhandled");
    } catch (JacksonException e) {
      return "Unhandled"; // A function may answer an error with any bytes.
    }
  }

  /** A part of the payload. */
  static byte[] chunk(byte[] bytes) {
    return frame("PayloadChunk", "application/octet-stream", bytes);
  }

  /** The last frame. */
  static byte[] complete(byte[] json) {
    return frame("InvokeComplete", "application/json", json);
  }

  private static byte[] frame(String event, String contentType, byte[] payload) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":event-type", event);
    header(headers, ":content-type", contentType);
    header(headers, ":message-type", "event");
    int total = FRAMING + headers.size() + payload.length;
    ByteBuffer frame = ByteBuffer.allocate(total);
    frame.putInt(total).putInt(headers.size());
    frame.putInt(crc(frame.array(), frame.position()));
    frame.put(headers.toByteArray()).put(payload);
    frame.putInt(crc(frame.array(), frame.position()));
    return frame.array();
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    out.write(name.length());
    out.writeBytes(name.getBytes(UTF_8));
    out.write(STRING);
    out.write(value.length() >> 8);
    out.write(value.length());
    out.writeBytes(value.getBytes(UTF_8));
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
