package dev.hearth.app.project.query;

/** What rows can be put together by. */
public enum GroupKey {
  FUNCTION,
  STATUS,
  ERROR,
  START,
  VERSION,
  ENVIRONMENT,
  HOUR
}
