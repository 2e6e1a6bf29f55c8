package dev.hearth.runtime.event;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears a response while the function is still writing it (runtime-api.md section 3). A front end
 * that passes streams on gives one of these where others give a plain consumer. The outcome comes
 * last, also when the function did not stream: then it is all there is. An outcome other than
 * {@link InvokeOutcome.Succeeded} after data means that the stream broke off.
 */
public interface ResponseListener extends Consumer<InvokeOutcome> {
  /**
   * The function has begun to stream.
   *
   * @param contentType of the stream; null when the runtime did not say
   */
  void streaming(@Nullable String contentType);

  /**
   * The next bytes; the array is used again afterwards. Called at the pace that Lambda allows.
   *
   * @throws IOException when the caller has gone: no more bytes are sent, the function goes on
   */
  void data(byte[] bytes, int offset, int length) throws IOException;

  /**
   * The call has ended, by its answer or otherwise: whoever waits inside {@link #data} returns. On
   * any thread, and must not wait itself.
   */
  default void over() {}
}
