package dev.hearth.runtime.function;

/** Whether published versions of a function are started by SnapStart (newer.md section 2). */
public enum SnapStart {
  NONE("None"),
  PUBLISHED_VERSIONS("PublishedVersions");

  private final String id;

  SnapStart(String id) {
    this.id = id;
  }

  /** The value of {@code ApplyOn} in Lambda's API. */
  public String id() {
    return id;
  }
}
