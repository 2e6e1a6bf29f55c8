package dev.hearth.runtime.service;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A function's own HTTP address (invoke-api.md section 4).
 *
 * @param id 32 lower-case letters and digits, as the host name has in AWS
 * @param function name, or {@code name:alias}
 * @param port where it was last served on 127.0.0.1; 0 when it never was
 */
public record FunctionUrl(
    String id,
    String function,
    int port,
    String authType,
    @Nullable String invokeMode,
    @Nullable JsonNode cors,
    String created,
    String modified) {
  static final String NONE = "NONE";
  static final String STREAM = "RESPONSE_STREAM";

  /** A new one for everyone, not served yet. */
  static FunctionUrl open(String function) {
    String now = Stamps.micros();
    return new FunctionUrl(
        CodeSigningOperations.randomId(32), function, 0, NONE, "BUFFERED", null, now, now);
  }

  /** What to call. */
  public String url() {
    return "http://127.0.0.1:" + port + "/";
  }

  boolean streams() {
    return STREAM.equals(invokeMode);
  }

  FunctionUrl of(String otherFunction) {
    return new FunctionUrl(id, otherFunction, port, authType, invokeMode, cors, created, modified);
  }

  FunctionUrl at(int otherPort) {
    return new FunctionUrl(id, function, otherPort, authType, invokeMode, cors, created, modified);
  }
}
