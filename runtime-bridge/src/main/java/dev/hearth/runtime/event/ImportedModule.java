package dev.hearth.runtime.event;

/**
 * One module or class that a measured cold start loaded, told by the runtime itself. Durations in
 * nanoseconds. What a module makes others load is part of its total and not of its own time.
 *
 * @param parent index of the module that made it load in the same list, before this one; negative
 *     for none
 * @param name as the language calls it, e.g. {@code botocore.session}
 * @param origin the file it came from; may be empty
 * @param startNanos monotonic
 * @param totalNanos with everything that it made others load
 * @param selfNanos without that
 */
public record ImportedModule(
    int parent,
    Kind kind,
    String name,
    String origin,
    long startNanos,
    long totalNanos,
    long selfNanos) {
  /** What took the time. */
  public enum Kind {
    /** A module of Python or Node.js: finding, reading, compiling and running it. */
    MODULE,
    /** Finding and reading a Java class. */
    CLASS_LOAD,
    /** The static initialiser of a Java class. */
    CLASS_INIT
  }
}
