package dev.hearth.app.project.query;

/**
 * The answer to a query: where the rows stand in the history, in the order asked for. The rows
 * themselves are read page by page.
 *
 * @param positions of the rows; do not modify
 * @param searched how many invocations were looked at
 * @param complete whether all texts were searched; else only the newest that hold a word that very
 *     many hold
 */
@SuppressWarnings("ArrayRecordComponent")
public record SearchResult(long[] positions, long searched, boolean complete) {
  /** How many rows were found. */
  public int size() {
    return positions.length;
  }
}
