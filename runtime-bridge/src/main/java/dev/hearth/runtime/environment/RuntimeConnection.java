package dev.hearth.runtime.environment;

import dev.hearth.runtime.http.HttpConnection;
import dev.hearth.runtime.http.HttpException;
import dev.hearth.runtime.http.HttpRequest;
import dev.hearth.runtime.http.HttpResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a runtime process. At any time at most one thread reads it: a thread of the
 * server during init and wherever a client uses several connections; else the thread that calls
 * {@code invoke}, which writes the event and reads the answer itself. That saves waking another
 * thread, the dearest part of a warm call.
 */
final class RuntimeConnection implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeConnection.class);
  private static final int SLICE_MILLIS = 20;

  /** Why {@link #serve} returned. */
  enum End {
    /** What the caller waited for has happened. */
    DONE,
    /** The runtime waits for an event and nobody reads. */
    LEFT,
    /** The time passed. */
    TIME_UP,
    /** The peer closed the connection. */
    CLOSED
  }

  private final HttpConnection http;
  private final Endpoint api;
  private final RuntimeServer server;
  private volatile boolean attended = true;
  private volatile boolean reading;

  RuntimeConnection(HttpConnection http, Endpoint api, RuntimeServer server) {
    this.http = http;
    this.api = api;
    this.server = server;
  }

  /** Reads until the connection ends or is left to an invoking thread. */
  @Override
  public void run() {
    serve(() -> false, Long.MAX_VALUE);
  }

  /** Gives the connection a reading thread of its own again. */
  void attend() {
    attended = true;
    server.execute(this);
  }

  /** A thread of the server stays with the connection that waits for an event. */
  void stay() {
    attended = true;
  }

  /** Nobody reads any more until the connection is claimed. */
  void leave() {
    attended = false;
    reading = false;
  }

  /** Whether a thread of the server reads; if not, the caller of {@code begin} must. */
  boolean attended() {
    return attended;
  }

  void write(HttpResponse response) throws IOException {
    http.write(response);
  }

  /** Writes together with the next answer, when the peer waits for that one only. */
  void writeWithNext(HttpResponse response) throws IOException {
    http.writeWithNext(response);
  }

  /** The calling thread is about to read. */
  void claim() {
    reading = true;
  }

  /** Whether a thread is reading or about to. */
  boolean isBeingRead() {
    return attended || reading;
  }

  /**
   * Reads and serves requests on the calling thread.
   *
   * @param done checked before each request and every few milliseconds
   * @param untilNanos monotonic time to return at; MAX_VALUE to wait as long as it takes, without
   *     looking at {@code done} in between
   */
  End serve(BooleanSupplier done, long untilNanos) {
    reading = true;
    End end = End.CLOSED;
    try {
      end = readAndServe(done, untilNanos);
    } catch (HttpException e) {
      answer(e.status(), "InvalidRequestFormat", e.getMessage());
    } catch (IOException e) {
      close();
    } catch (RuntimeException e) {
      LOG.error("A request of a runtime could not be served", e);
      answer(500, "InternalServerError", "Internal Server Error");
    }
    if (end != End.LEFT) {
      // Once left, the connection may have been claimed again already.
      reading = false;
    }
    return end;
  }

  private End readAndServe(BooleanSupplier done, long untilNanos) throws IOException {
    while (!done.getAsBoolean()) {
      if (untilNanos != Long.MAX_VALUE) {
        long left = (untilNanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return End.TIME_UP;
        }
        if (!http.await((int) Math.min(left, SLICE_MILLIS))) {
          continue;
        }
      }
      HttpRequest request = http.read(head -> api.sinkFor(this, head));
      if (request == null) {
        close();
        return End.CLOSED;
      }
      if (api.handle(this, request) == Endpoint.Next.LEAVE) {
        return End.LEFT;
      }
      if (!request.keepAlive()) {
        close();
        return End.CLOSED;
      }
    }
    return End.DONE;
  }

  private void answer(int status, String errorType, String message) {
    try {
      http.write(HttpResponse.json(status, ErrorPayload.api(errorType, message)), false);
      http.finish();
    } catch (IOException e) {
      LOG.debug("A runtime went away: {}", e.getMessage());
    }
    close();
  }

  void close() {
    http.close();
    api.gone(this);
    server.closed(this);
  }
}
