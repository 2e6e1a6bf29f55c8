package dev.hearth.runtime.http;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Takes the answer to one request: a whole one, or one whose body is still being made. */
public interface HttpAnswer extends Consumer<HttpResponse> {
  /**
   * Begins an answer of unknown length, in place of {@link #accept}. Its body is written and ended
   * on the same thread before the request's handler returns; when it is not ended, the connection
   * is closed, by which the peer sees that something is missing.
   *
   * @param head status and fields; a body in it is ignored
   * @throws IOException when the peer has gone
   */
  StreamedBody stream(HttpResponse head) throws IOException;

  /** This answer, where a change is made to the head of whatever is given to it. */
  default HttpAnswer decorated(UnaryOperator<HttpResponse> change) {
    HttpAnswer target = this;
    return new HttpAnswer() {
      @Override
      public void accept(HttpResponse response) {
        target.accept(change.apply(response));
      }

      @Override
      public StreamedBody stream(HttpResponse head) throws IOException {
        return target.stream(change.apply(head));
      }
    };
  }
}
