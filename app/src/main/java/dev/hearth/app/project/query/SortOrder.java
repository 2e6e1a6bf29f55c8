package dev.hearth.app.project.query;

/**
 * In which order rows are wanted; rows that are equal by the key stand newest first.
 *
 * @param descending the largest first
 */
public record SortOrder(Key key, boolean descending) {
  /** The newest first. */
  public static final SortOrder NEWEST_FIRST = new SortOrder(Key.TIME, true);

  /** What rows can be ordered by. */
  public enum Key {
    TIME,
    FUNCTION,
    STATUS,
    START,
    INIT,
    DURATION,
    BILLED,
    MEMORY,
    COST,
    VERSION,
    ERROR
  }
}
