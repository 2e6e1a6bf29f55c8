package dev.hearth.runtime.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber of telemetry: buffers records as it asked and delivers them in order, by POST of a
 * JSON array or as lines over TCP (runtime-api.md section 5). A receiver that is slower than the
 * records come loses the newest, and is told how many.
 */
final class TelemetrySubscription implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TelemetrySubscription.class);

  /** How many full deliveries may wait before records are dropped. */
  private static final int WAITING_DELIVERIES = 4;

  private static final long FIRST_RETRY_NANOS = 50_000_000;
  private static final long LAST_RETRY_NANOS = 1_000_000_000;
  private static final int CONNECT_MILLIS = 1_000;

  final String name;
  final boolean legacy;
  final TelemetryRequest request;
  private final BiFunction<Long, Long, byte[]> droppedRecord;
  private final Thread thread;
  private final Deque<byte[]> records = new ArrayDeque<>();
  private long bytes;
  private long firstNanos;
  private long droppedRecords;
  private long droppedBytes;
  private boolean flushing;
  private boolean delivering;
  private volatile boolean closed;
  private volatile @Nullable Socket socket;

  /**
   * @param legacy whether it is one of the Logs API
   * @param droppedRecord makes the record that tells of lost ones, by their number and bytes
   */
  TelemetrySubscription(
      String name,
      boolean legacy,
      TelemetryRequest request,
      BiFunction<Long, Long, byte[]> droppedRecord) {
    this.name = name;
    this.legacy = legacy;
    this.request = request;
    this.droppedRecord = droppedRecord;
    this.thread = Thread.ofVirtual().name("telemetry-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes a record in its JSON form. */
  synchronized void add(byte[] record) {
    if (closed) {
      return;
    }
    if (bytes + record.length > (long) WAITING_DELIVERIES * request.maxBytes()
        || records.size() >= WAITING_DELIVERIES * request.maxItems()) {
      droppedRecords++;
      droppedBytes += record.length;
      return;
    }
    if (records.isEmpty()) {
      firstNanos = System.nanoTime();
    }
    records.add(record);
    bytes += record.length;
    notifyAll();
  }

  /** Delivers what waits at once, and waits for that as long as it may take. */
  synchronized void flush(long untilNanos) {
    flushing = true;
    notifyAll();
    while (!closed && (delivering || !records.isEmpty())) {
      long left = (untilNanos - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    closeSocket();
  }

  private void run() {
    while (!closed) {
      try {
        List<byte[]> batch = next();
        if (!batch.isEmpty()) {
          deliver(batch);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      synchronized (this) {
        delivering = false;
        notifyAll();
      }
    }
    closeSocket();
  }

  private synchronized List<byte[]> next() throws InterruptedException {
    while (!closed && !isDue()) {
      long left = records.isEmpty() ? 0 : dueNanos() - System.nanoTime();
      wait(records.isEmpty() ? 0 : Math.max(1, left / 1_000_000));
    }
    List<byte[]> batch = new ArrayList<>();
    long size = 0;
    while (!records.isEmpty()
        && batch.size() < request.maxItems()
        && (batch.isEmpty() || size + records.peek().length <= request.maxBytes())) {
      byte[] record = records.remove();
      size += record.length;
      batch.add(record);
    }
    bytes -= size;
    firstNanos = System.nanoTime();
    if (droppedRecords > 0) {
      batch.add(droppedRecord.apply(droppedRecords, droppedBytes));
      droppedRecords = 0;
      droppedBytes = 0;
    }
    delivering = true;
    return batch;
  }

  private long dueNanos() {
    return firstNanos + request.timeoutMillis() * 1_000_000L;
  }

  private boolean isDue() {
    return !records.isEmpty()
        && (flushing
            || records.size() >= request.maxItems()
            || bytes >= request.maxBytes()
            || System.nanoTime() - dueNanos() >= 0);
  }

  /** Tries again until it worked or the environment ends: what was taken must not be lost. */
  private void deliver(List<byte[]> batch) {
    long pause = FIRST_RETRY_NANOS;
    while (!closed) {
      try {
        if (request.path() == null) {
          sendLines(batch);
        } else {
          post(batch);
        }
        return;
      } catch (IOException e) {
        LOG.debug("Telemetry was not taken by {}: {}", name, e.getMessage());
        closeSocket();
        LockSupport.parkNanos(this, pause);
        pause = Math.min(LAST_RETRY_NANOS, pause * 2);
      }
    }
  }

  private Socket connection() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket();
      open.setTcpNoDelay(true);
      socket = open;
      open.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), request.port()),
          CONNECT_MILLIS);
    }
    return open;
  }

  private void sendLines(List<byte[]> batch) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte[] record : batch) {
      text.writeBytes(record);
      text.write('\n');
    }
    OutputStream out = connection().getOutputStream();
    out.write(text.toByteArray());
    out.flush();
  }

  /** One request for each connection: receivers differ in how they keep them. */
  private void post(List<byte[]> batch) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    char separator = '[';
    for (byte[] record : batch) {
      body.write(separator);
      body.writeBytes(record);
      separator = ',';
    }
    body.write(']');
    String head =
        "POST %s HTTP/1.1\r\nHost: sandbox.localdomain:%d\r\nContent-Type: application/json\r\n"
                .formatted(request.path(), request.port())
            + "Content-Length: %d\r\nConnection: close\r\n\r\n".formatted(body.size());
    try (Socket open = connection()) {
      OutputStream out = open.getOutputStream();
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(head.getBytes(UTF_8));
      whole.writeBytes(body.toByteArray());
      out.write(whole.toByteArray());
      out.flush();
      String status = new String(open.getInputStream().readNBytes(12), UTF_8);
      if (!status.matches("HTTP/1\\.[01] 2\\d\\d")) {
        throw new IOException("Answer " + status);
      }
    } finally {
      socket = null;
    }
  }

  private void closeSocket() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("A telemetry connection was not closed", e);
      }
    }
  }
}
