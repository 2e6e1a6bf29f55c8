package dev.hearth.runtime.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.event.InvokeOutcome;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.event.ResponseListener;
import dev.hearth.runtime.invoke.InvokeRequest;
import dev.hearth.runtime.invoke.Invoker;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A response on its way between two threads: what waits, for whom, and until when. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class StreamedCallTest {
  private final CompletableFuture<ResponseListener> listener = new CompletableFuture<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final byte[] full = new byte[StreamedCall.ROOM];

  /** A function that has begun to stream and ends when the test says so. */
  private StreamedCall call() {
    Invoker invoker =
        (Invoker)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Invoker.class},
                (_, _, arguments) -> {
                  listener.complete((ResponseListener) (Consumer<?>) arguments[1]);
                  end.await();
                  return new InvokeResult(
                      "id", null, "env", new InvokeOutcome.Cancelled(), null, null, "");
                });
    return StreamedCall.start(invoker, InvokeRequest.of("f", new byte[0]));
  }

  private Thread writing(ResponseListener to, CompletableFuture<Void> done) {
    Thread writer =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    to.data(full, 0, 1);
                    done.complete(null);
                  } catch (IOException e) {
                    done.completeExceptionally(e);
                  }
                });
    while (writer.getState() != Thread.State.WAITING && !done.isDone()) {
      Thread.onSpinWait();
    }
    return writer;
  }

  @Test
  void aFullPipeHoldsTheFunctionUntilTheCallerReads() throws Exception {
    StreamedCall call = call();
    ResponseListener function = listener.get();
    function.streaming("text/plain");
    function.data(full, 0, full.length);
    CompletableFuture<Void> done = new CompletableFuture<>();
    writing(function, done);
    assertThat(done).isNotDone();
    assertThat(call.begins()).isTrue();
    assertThat(call.contentType()).isEqualTo("text/plain");
    assertThat(call.next()).hasSize(full.length);
    done.join();
    assertThat(call.next()).hasSize(1);
    function.accept(new InvokeOutcome.Succeeded("x".getBytes(UTF_8)));
    assertThat(call.next()).isNull();
    assertThat(call.outcome()).isInstanceOf(InvokeOutcome.Succeeded.class);
    end.countDown();
    assertThat(call.result().requestId()).isEqualTo("id");
  }

  @Test
  void theEndOfTheCallReleasesTheFunction() throws Exception {
    StreamedCall call = call();
    ResponseListener function = listener.get();
    function.streaming(null);
    function.data(full, 0, full.length);
    CompletableFuture<Void> done = new CompletableFuture<>();
    writing(function, done);
    function.over();
    done.join();
    function.accept(new InvokeOutcome.TimedOut(new byte[0]));
    assertThat(call.next()).as("what came before the end is still delivered").isNotNull();
    assertThat(call.next()).isNull();
    assertThat(call.outcome()).isInstanceOf(InvokeOutcome.TimedOut.class);
    end.countDown();
  }

  @Test
  void aCallerThatLeavesReleasesTheFunctionWithAnError() throws Exception {
    StreamedCall call = call();
    ResponseListener function = listener.get();
    function.streaming(null);
    function.data(full, 0, full.length);
    CompletableFuture<Void> done = new CompletableFuture<>();
    writing(function, done);
    call.leave();
    assertThatThrownBy(done::join).hasCauseInstanceOf(IOException.class);
    end.countDown();
  }
}
