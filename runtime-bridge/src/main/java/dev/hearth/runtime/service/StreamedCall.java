package dev.hearth.runtime.service;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.ResponseListener;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call whose response is passed on while the function writes it. The call runs on a thread of its
 * own; the thread that started it takes the bytes and writes them to the caller. Between the two
 * there is room for some bytes only: a caller that reads slowly slows the function down, up to the
 * function's timeout, and one that has gone does not stop it (invoke-api.md section 3).
 */
final class StreamedCall implements ResponseListener {
  /** Bytes that may wait for the caller before the function has to. */
  static final int ROOM = 1 << 18;

  private final CompletableFuture<InvokeResult> result = new CompletableFuture<>();
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int waiting;
  private boolean begun;
  private @Nullable String contentType;
  private @Nullable InvokeOutcome outcome;
  private boolean over;
  private boolean left;

  private StreamedCall() {}

  static StreamedCall start(Invoker invoker, InvokeRequest request) {
    StreamedCall call = new StreamedCall();
    Thread.ofVirtual().name("streamed-call").start(() -> call.run(invoker, request));
    return call;
  }

  private void run(Invoker invoker, InvokeRequest request) {
    try {
      result.complete(invoker.invoke(request, this));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    } finally {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  @Override
  public synchronized void streaming(@Nullable String type) {
    begun = true;
    contentType = type;
    notifyAll();
  }

  @Override
  public synchronized void data(byte[] bytes, int offset, int length) throws IOException {
    while (waiting > 0 && waiting + length > ROOM && !over && !left) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("The call was stopped while its caller was slow");
      }
    }
    if (left) {
      throw new IOException("The caller has closed its connection");
    }
    if (!over) {
      chunks.add(Arrays.copyOfRange(bytes, offset, offset + length));
      waiting += length;
      notifyAll();
    }
  }

  @Override
  public synchronized void over() {
    over = true;
    notifyAll();
  }

  @Override
  public synchronized void accept(InvokeOutcome end) {
    outcome = end;
    notifyAll();
  }

  /**
   * Waits for the response to begin.
   *
   * @return false when the call ended without a stream: its outcome is all there is
   * @throws RuntimeException that the invoker threw
   */
  synchronized boolean begins() {
    await(() -> begun || ended());
    return begun;
  }

  /** The content type that the runtime gave its stream; null for none. */
  synchronized @Nullable String contentType() {
    return contentType;
  }

  /**
   * Waits for the next bytes.
   *
   * @return null when there are no more
   */
  synchronized byte @Nullable [] next() {
    await(() -> !chunks.isEmpty() || ended());
    byte[] chunk = chunks.poll();
    if (chunk != null) {
      waiting -= chunk.length;
      notifyAll();
    }
    return chunk;
  }

  private boolean ended() {
    return outcome != null || result.isDone();
  }

  /** Waits for how it ended; after data, anything but success means that the stream broke off. */
  InvokeOutcome outcome() {
    synchronized (this) {
      await(this::ended);
      if (outcome != null) {
        return outcome;
      }
    }
    return result().outcome();
  }

  /** Waits until the runtime is ready for another event, with which the log is complete. */
  InvokeResult result() {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The caller has gone: what the function still writes is dropped. */
  synchronized void leave() {
    left = true;
    chunks.clear();
    waiting = 0;
    notifyAll();
  }

  private synchronized void await(BooleanSupplier happened) {
    try {
      while (!happened.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The server stopped while it passed a response on", e);
    }
  }
}
