package dev.hearth.runtime.sandbox;

/**
 * What a system offers for one process that the JDK has started, and for those that it starts in
 * turn, beyond what the JDK can do itself.
 */
interface GroupControl {
  /** Stops all of them; does nothing where that can't be done. */
  void freeze();

  void thaw();

  /** Ends all of them at once. */
  void kill();

  /** The first process has ended: whoever is left is killed. No call comes after this one. */
  void ended();

  /** How the first process has ended, from the exit code that the JDK tells. */
  ExitStatus status(int code);

  ProcessMeter meter();
}
