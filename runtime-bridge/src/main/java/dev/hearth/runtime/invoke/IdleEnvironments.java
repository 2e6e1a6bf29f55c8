package dev.hearth.runtime.invoke;

import dev.hearth.runtime.environment.ExecutionEnvironment;
import dev.hearth.runtime.event.VirtualClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The environments of a pool that wait for a call, the one used longest ago first. One that has
 * waited for the idle time of the virtual clock is given up (lifecycle.md section 1, rule 6).
 */
final class IdleEnvironments {
  private final VirtualClock clock;
  private final long timeoutNanos;
  private final Consumer<ExecutionEnvironment> expired;
  private final LinkedHashMap<ExecutionEnvironment, Long> since = new LinkedHashMap<>();
  private VirtualClock.@Nullable Timer timer;

  /**
   * @param expired takes an environment that is no longer among these; called without a lock
   */
  IdleEnvironments(VirtualClock clock, long timeoutNanos, Consumer<ExecutionEnvironment> expired) {
    this.clock = clock;
    this.timeoutNanos = timeoutNanos;
    this.expired = expired;
  }

  synchronized void add(ExecutionEnvironment environment) {
    since.put(environment, clock.nanos());
    if (timer == null) {
      watchOldest();
    }
  }

  /** Takes the one that was used last; null when there is none. */
  synchronized @Nullable ExecutionEnvironment pollLatest() {
    Map.Entry<ExecutionEnvironment, Long> latest = since.pollLastEntry();
    return latest == null ? null : latest.getKey();
  }

  synchronized void remove(ExecutionEnvironment environment) {
    since.remove(environment);
  }

  synchronized void clear() {
    since.clear();
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void watchOldest() {
    Map.Entry<ExecutionEnvironment, Long> oldest = since.firstEntry();
    timer =
        oldest == null ? null : clock.schedule(oldest.getValue() + timeoutNanos, this::giveUpOld);
  }

  private void giveUpOld() {
    List<ExecutionEnvironment> old = new ArrayList<>();
    synchronized (this) {
      long now = clock.nanos();
      for (var oldest = since.firstEntry();
          oldest != null && now - oldest.getValue() >= timeoutNanos;
          oldest = since.firstEntry()) {
        since.pollFirstEntry();
        old.add(oldest.getKey());
      }
      watchOldest();
    }
    old.forEach(expired);
  }
}
