package dev.hearth.runtime.sandbox;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one group's entry with the throttle in step with its life, where its enclosure has one;
 * elsewhere does nothing. Called without the locks of the group: the throttle takes them itself.
 */
final class ShareHold {
  private final @Nullable CpuThrottle throttle;
  private final double share;
  private final CpuThrottle.Throttled group;
  private final LongSupplier cpuNanos;

  ShareHold(Enclosure enclosure, CpuThrottle.Throttled group, LongSupplier cpuNanos) {
    this.throttle = enclosure.throttle();
    this.share = enclosure.share();
    this.group = group;
    this.cpuNanos = cpuNanos;
  }

  /** Init is over. */
  void begin() {
    if (throttle != null) {
      throttle.hold(group, cpuNanos, share);
    }
  }

  void frozen() {
    if (throttle != null) {
      throttle.frozen(group);
    }
  }

  void thawed() {
    if (throttle != null) {
      throttle.thawed(group);
    }
  }

  void end() {
    if (throttle != null) {
      throttle.forget(group);
    }
  }
}
