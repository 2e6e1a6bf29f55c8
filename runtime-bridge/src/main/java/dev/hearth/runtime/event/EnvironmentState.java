package dev.hearth.runtime.event;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of an execution environment (lifecycle.md section 1) with the transitions that are
 * allowed.
 */
public enum EnvironmentState {
  STARTING,
  INIT,
  IDLE,
  FROZEN,
  INVOKING,
  SHUTTING_DOWN,
  SHUT_DOWN;

  /** The states that may follow this one. */
  public Set<EnvironmentState> next() {
    return switch (this) {
      case STARTING -> EnumSet.of(INIT, SHUTTING_DOWN, SHUT_DOWN);
      case INIT -> EnumSet.of(IDLE, INVOKING, STARTING, SHUTTING_DOWN, SHUT_DOWN);
      case IDLE -> EnumSet.of(FROZEN, INVOKING, SHUTTING_DOWN, SHUT_DOWN);
      case FROZEN -> EnumSet.of(INVOKING, IDLE, SHUTTING_DOWN, SHUT_DOWN);
      case INVOKING -> EnumSet.of(IDLE, STARTING, SHUTTING_DOWN, SHUT_DOWN);
      case SHUTTING_DOWN -> EnumSet.of(SHUT_DOWN);
      case SHUT_DOWN -> EnumSet.noneOf(EnvironmentState.class);
    };
  }
}
