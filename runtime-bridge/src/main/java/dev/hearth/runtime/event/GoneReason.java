package dev.hearth.runtime.event;

/** Why an environment ended. */
public enum GoneReason {
  IDLE_TIMEOUT("idle time-out"),
  CODE_CHANGED("code changed"),
  CONFIGURATION_CHANGED("configuration changed"),
  TIMED_OUT("function timed out"),
  OUT_OF_MEMORY("out of memory"),
  CRASHED("process ended"),
  INIT_FAILED("init failed"),
  STOPPED("stopped by you"),
  FUNCTION_REMOVED("function removed"),
  CLOSED("Hearth closed");

  private final String text;

  GoneReason(String text) {
    this.text = text;
  }

  /** A few words in lower case for the timeline and the history. */
  public String text() {
    return text;
  }
}
