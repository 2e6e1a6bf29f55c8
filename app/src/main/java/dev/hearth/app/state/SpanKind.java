package dev.hearth.app.state;

/**
 * What a block on the timeline stands for. The order is the order of importance: where several
 * blocks fall on one pixel, the last one in this list is seen.
 */
public enum SpanKind {
  /** A call that is in a queue. */
  WAITING,
  /** Processes are stopped between two calls. */
  FROZEN,
  /** A call that went well, or still runs. */
  INVOKE,
  /** A cold start. */
  INIT,
  /** A call or an init that failed. */
  ERROR
}
