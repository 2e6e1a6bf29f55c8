package dev.hearth.runtime.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes a request's body while it arrives, for bodies that must not be waited for. */
@FunctionalInterface
public interface BodySink {
  /**
   * Takes the next bytes; the array is used again afterwards.
   *
   * @throws IOException to give the connection up
   */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Decides by the head of a request who takes its body. */
  @FunctionalInterface
  interface Chooser {
    /**
     * @param head the request without its body
     * @return null to have the body collected into the request
     */
    @Nullable BodySink sinkFor(HttpRequest head);
  }
}
