package dev.hearth.runtime.invoke;

import dev.hearth.runtime.event.VirtualClock;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.ProvisionedUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up how many environments were kept ready for how long, by the clock that all waiting
 * follows: a day that is passed in a minute is billed as a day.
 */
final class ProvisionedLedger {
  private final VirtualClock clock;
  private final Map<String, Period> open = new HashMap<>();
  private final List<ProvisionedUse> ended = new ArrayList<>();

  /** The time from the first environment that was wanted to the last. */
  private static final class Period {
    private final String functionName;
    private final FunctionConfiguration configuration;
    private final long beginNanos;
    private long sinceNanos;
    private long environmentNanos;
    private int environments;

    Period(String name, FunctionConfiguration configuration, long nanos) {
      this.functionName = name.substring(0, name.indexOf(':'));
      this.configuration = configuration;
      this.beginNanos = nanos;
      this.sinceNanos = nanos;
    }

    ProvisionedUse until(long nanos, boolean goesOn) {
      long kept = environmentNanos + (nanos - sinceNanos) * environments;
      return new ProvisionedUse(
          functionName, configuration, kept, nanos - beginNanos, environments, goesOn);
    }

    void change(int count, long nanos) {
      environmentNanos += (nanos - sinceNanos) * environments;
      sinceNanos = nanos;
      environments = count;
    }
  }

  ProvisionedLedger(VirtualClock clock) {
    this.clock = clock;
  }

  /** From now on so many are kept; 0 ends the period, another configuration begins one. */
  synchronized void kept(String name, FunctionConfiguration configuration, int count) {
    long now = clock.nanos();
    Period period = open.get(name);
    if (period != null && (count == 0 || !period.configuration.equals(configuration))) {
      end(name);
      period = null;
    }
    if (count > 0) {
      if (period == null) {
        period = new Period(name, configuration, now);
        open.put(name, period);
      }
      period.change(count, now);
    }
  }

  /** None are kept any more. */
  synchronized void end(String name) {
    Period period = open.remove(name);
    if (period != null) {
      ended.add(period.until(clock.nanos(), false));
    }
  }

  /** All periods since the beginning. */
  synchronized List<ProvisionedUse> all() {
    long now = clock.nanos();
    List<ProvisionedUse> all = new ArrayList<>(ended);
    open.values().forEach(period -> all.add(period.until(now, true)));
    return all;
  }
}
