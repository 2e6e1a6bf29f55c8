package dev.hearth.runtime.environment;

import dev.hearth.runtime.http.BodySink;
import dev.hearth.runtime.http.HttpRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One of the interfaces that the processes of an environment find at the Runtime API's address. */
interface Endpoint {
  /** What the connection does after a request. */
  enum Next {
    /** Reads on. */
    READ,
    /** Stops reading: whoever hands out the event reads the answer itself. */
    LEAVE
  }

  /**
   * Serves a request, now or, when it is one for an event, later.
   *
   * @return null when the path is none of this interface's
   */
  @Nullable Next handle(RuntimeConnection connection, HttpRequest request) throws IOException;

  /** Who takes the body of a request while it arrives; null to have it collected. */
  default @Nullable BodySink sinkFor(RuntimeConnection connection, HttpRequest head) {
    return null;
  }

  /** The connection has ended: an event must not be written to it. */
  void gone(RuntimeConnection connection);
}
