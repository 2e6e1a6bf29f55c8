package dev.hearth.app.project;

import org.jspecify.annotations.Nullable;

/**
 * One bar of an invocation's waterfall.
 *
 * @param kind decides the colour
 * @param name e.g. {@code Initialization}
 * @param detail e.g. the interpreter or the handler; may be empty
 * @param depth 0 for the outermost
 * @param startAt nanoseconds since the epoch
 * @param endAt nanoseconds since the epoch
 * @param reported what the handler's instrumentation said of it; null for what Hearth measured
 */
public record TraceSpan(
    Kind kind,
    String name,
    String detail,
    int depth,
    long startAt,
    long endAt,
    @Nullable Reported reported) {
  public TraceSpan {
    if ((kind == Kind.SEGMENT || kind == Kind.REMOTE) != (reported != null)) {
      throw new IllegalArgumentException(kind + " and what was reported do not go together");
    }
  }

  /** What a span stands for. */
  public enum Kind {
    SERVICE,
    QUEUE,
    INIT,
    INVOKE,
    OVERHEAD,
    /** The handler's own work, by its instrumentation. */
    SEGMENT,
    /** A call of another service, by the handler's instrumentation. */
    REMOTE
  }

  /**
   * What only instrumentation knows.
   *
   * @param id 16 hexadecimal digits
   * @param parentId null for none
   * @param error what went wrong; null when nothing did, empty when nobody said what
   */
  public record Reported(String id, @Nullable String parentId, @Nullable String error) {}

  /** A span that Hearth measured. */
  public TraceSpan(Kind kind, String name, String detail, int depth, long startAt, long endAt) {
    this(kind, name, detail, depth, startAt, endAt, null);
  }

  /** Whether the work failed, as far as instrumentation says. */
  public boolean failed() {
    return reported != null && reported.error() != null;
  }

  TraceSpan at(int otherDepth) {
    return new TraceSpan(kind, name, detail, otherDepth, startAt, endAt, reported);
  }
}
