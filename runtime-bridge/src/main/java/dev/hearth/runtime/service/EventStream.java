package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.http.StreamedBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The frames of InvokeWithResponseStream (invoke-api.md section 3). */
final class EventStream {
  private static final int MOST_CHUNK = 1 << 16;
  private static final int FRAMING = 16;
  private static final byte STRING = 7;

  private EventStream() {}

  /**
   * Passes a call on: what the function answers in chunks while it writes them, then how it ended.
   *
   * @param tail whether the caller wants the end of the log
   * @throws IOException when the caller has gone
   */
  static void send(StreamedCall call, boolean tail, StreamedBody body) throws IOException {
    boolean streams = call.begins();
    if (streams) {
      byte[] data;
      while ((data = call.next()) != null) {
        body.write(chunk(data));
      }
    }
    InvokeOutcome outcome = call.outcome();
    ObjectNode end = Json.object();
    if (outcome instanceof InvokeOutcome.Succeeded(byte[] payload)) {
      for (int from = 0; from < payload.length && !streams; from += MOST_CHUNK) {
        int to = Math.min(from + MOST_CHUNK, payload.length);
        body.write(chunk(Arrays.copyOfRange(payload, from, to)));
      }
      end.putNull("ErrorCode").putNull("ErrorDetails");
    } else {
      end.put("ErrorCode", errorCode(outcome));
      end.put("ErrorDetails", new String(outcome.body(), UTF_8));
    }
    end.put("LogResult", tail ? InvokeOperation.log(call.result()) : null);
    body.write(complete(Json.bytes(end)));
    body.end();
  }

  /** The error's type as the function gave it, or else as Hearth knows it. */
  private static String errorCode(InvokeOutcome outcome) {
    String known =
        switch (outcome) {
          case InvokeOutcome.FunctionError(String type, byte[] _) -> type;
          case InvokeOutcome.Crashed(String type, byte[] _) -> type;
          default -> "Unhandled";
        };
    try {
      return Json.read(new String(outcome.body(), UTF_8), ObjectNode.class)
          .path("errorType")
          .asString(known);
    } catch (JacksonException e) {
      return known; // A function may answer an error with any bytes.
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
