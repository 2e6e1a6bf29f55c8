package dev.hearth.app.project;

/**
 * One bar of an invocation's waterfall.
 *
 * @param kind decides the colour
 * @param name e.g. {@code Initialization}
 * @param detail e.g. the interpreter or the handler; may be empty
 * @param depth 0 for the outermost
 * @param startAt nanoseconds since the epoch
 * @param endAt nanoseconds since the epoch
 */
public record TraceSpan(
    Kind kind, String name, String detail, int depth, long startAt, long endAt) {
  /** What a span stands for. */
  public enum Kind {
    SERVICE,
    QUEUE,
    INIT,
    INVOKE,
    OVERHEAD
  }
}
