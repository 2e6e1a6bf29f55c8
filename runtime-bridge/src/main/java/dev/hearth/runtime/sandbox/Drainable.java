package dev.hearth.runtime.sandbox;

/**
 * A stream that can tell whether its reader has dealt with everything written so far. {@link
 * java.io.InputStream#available()} can't: what a reader has just taken is in the pipe no more and
 * not dealt with yet.
 */
public interface Drainable {
  /** Whether the pipe is empty and its reader has come back for more. */
  boolean drained();
}
