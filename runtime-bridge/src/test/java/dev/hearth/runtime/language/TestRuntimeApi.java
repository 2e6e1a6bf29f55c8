package dev.hearth.runtime.language;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A small Runtime API for contract tests of the clients: hands out events, keeps what comes back.
 * Strict where a client could be sloppy: one request at a time, lengths and chunks checked.
 */
final class TestRuntimeApi implements AutoCloseable {
  static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:fn";
  static final String TRACE =
      "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0";

  private static final byte[] EVENT = "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ACCEPTED =
      head(
          202,
          Map.of("Content-Type", "application/json"),
          "{\"status\":\"OK\"}\n".getBytes(StandardCharsets.UTF_8));

  /** A request of a client. Header names are in lower case; trailers are among them. */
  record Request(String method, String path, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    String kind() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  private record Event(String id, byte[] body, Map<String, String> headers) {}

  private final ServerSocket server;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  final BlockingQueue<Request> answers = new LinkedBlockingQueue<>();
  final BlockingQueue<Request> firstRequests = new LinkedBlockingQueue<>();
  volatile int responseStatus = 202;

  /** Whether the client asked for the next event before it was told what became of its answer. */
  volatile boolean askedAhead;

  /** Nanoseconds from writing an event to having read the response; filled while measuring. */
  private volatile long[] roundTrips = new long[0];

  private volatile int measured;

  TestRuntimeApi() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Hands out an event and waits for the response or the error. */
  Request invoke(String event) throws InterruptedException {
    return invoke(event, Map.of());
  }

  Request invoke(String event, Map<String, String> headers) throws InterruptedException {
    send(UUID.randomUUID().toString(), event, headers);
    return answer();
  }

  void send(String id, String event, Map<String, String> headers) {
    events.add(new Event(id, event.getBytes(StandardCharsets.UTF_8), headers));
  }

  Request answer() throws InterruptedException {
    Request answer = answers.poll(30, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("The client did not answer within 30 s");
    }
    return answer;
  }

  /** The first request on a connection: the first /next, or init/error. */
  Request firstRequest() throws InterruptedException {
    Request request = firstRequests.poll(30, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("The client did not come within 30 s");
    }
    return request;
  }

  /**
   * Sends one event after the other to the client that comes next, without handing them from thread
   * to thread, and measures each.
   *
   * @return round trips in nanoseconds, in order
   */
  long[] measure(int count, Duration limit) throws InterruptedException {
    measured = 0;
    roundTrips = new long[count];
    long end = System.nanoTime() + limit.toNanos();
    while (measured < count) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Only " + measured + " of " + count + " answers came");
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return roundTrips;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 65536);
      OutputStream out = socket.getOutputStream();
      boolean first = true;
      long sent = 0;
      for (Request request = read(in); request != null; request = read(in)) {
        if (first) {
          firstRequests.add(request);
        }
        first = false;
        boolean measuring = measured < roundTrips.length;
        if (request.kind().equals("next")) {
          byte[] event = measuring ? event(new Event("id", EVENT, Map.of())) : event(events.take());
          sent = System.nanoTime();
          out.write(event);
        } else if (measuring) {
          roundTrips[measured] = System.nanoTime() - sent;
          measured++;
          out.write(ACCEPTED);
        } else {
          askedAhead = in.available() > 0;
          answers.add(request);
          int status = request.kind().equals("response") ? responseStatus : 202;
          out.write(status == 202 ? ACCEPTED : head(status, Map.of(), new byte[0]));
        }
      }
    } catch (IOException e) {
      // The client ended while an event waited for it; a test that cares looks at its exit status.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] event(Event event) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Lambda-Runtime-Aws-Request-Id", event.id());
    headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 3000));
    headers.put("Lambda-Runtime-Invoked-Function-Arn", ARN);
    headers.put("Lambda-Runtime-Trace-Id", TRACE);
    headers.put("Content-Type", "application/json");
    headers.putAll(event.headers());
    return head(200, headers, event.body());
  }

  private static byte[] head(int status, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + body.length + "\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private static Request read(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    String[] parts = line.split(" ");
    Map<String, String> headers = new LinkedHashMap<>();
    readHeaders(in, headers);
    byte[] body = new byte[0];
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      body = chunks(in);
      readHeaders(in, headers);
    } else if (headers.containsKey("content-length")) {
      int length = Integer.parseInt(headers.get("content-length"));
      body = in.readNBytes(length);
      if (body.length != length) {
        throw new IOException("The body ended early");
      }
    }
    return new Request(parts[0], parts[1], headers, body);
  }

  private static void readHeaders(InputStream in, Map<String, String> headers) throws IOException {
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.put(name, line.substring(colon + 1).strip());
    }
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (; ; ) {
      int length = Integer.parseInt(line(in), 16);
      if (length == 0) {
        return body.toByteArray();
      }
      body.write(in.readNBytes(length));
      if (!"".equals(line(in))) {
        throw new IOException("A chunk does not end where it says");
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      line.write(b);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
