package dev.hearth.app.project;

import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.ImportTimes;
import dev.hearth.runtime.event.ImportedModule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What loading the handler of one cold start was made of. Only cold starts that somebody asked to
 * measure have it, and they took longer for it.
 *
 * @param count how many modules or classes were loaded
 * @param slowest those with the largest totals, parents before children; their times are since the
 *     epoch
 */
public record ImportedModules(int count, List<ImportedModule> slowest) {
  /** The span below which they belong in the waterfall. */
  private static final String IMPORT = "import handler";

  /** More rows would push the rest of the waterfall out of sight; the table has all. */
  private static final int SPANS = 12;

  public ImportedModules {
    slowest = List.copyOf(slowest);
  }

  static @Nullable ImportedModules of(@Nullable ImportTimes times, ClockAnchor clock) {
    return times == null
        ? null
        : new ImportedModules(
            times.count(),
            times.slowest().stream()
                .map(
                    m ->
                        new ImportedModule(
                            m.parent(),
                            m.kind(),
                            m.name(),
                            m.origin(),
                            clock.toEpochNanos(m.startNanos()),
                            m.totalNanos(),
                            m.selfNanos()))
                .toList());
  }

  /** All, those that took longest by themselves first. */
  public List<ImportedModule> bySelf() {
    return slowest.stream()
        .sorted(Comparator.comparingLong(ImportedModule::selfNanos).reversed())
        .toList();
  }

  /** The waterfall with the slowest of them below the import of the handler. */
  public List<TraceSpan> into(List<TraceSpan> spans) {
    List<TraceSpan> all = new ArrayList<>(spans.size() + SPANS);
    for (TraceSpan span : spans) {
      all.add(span);
      if (span.kind() == TraceSpan.Kind.INIT && span.name().equals(IMPORT)) {
        addSlowest(all, span);
      }
    }
    return List.copyOf(all);
  }

  private void addSlowest(List<TraceSpan> all, TraceSpan imported) {
    long least =
        slowest.stream()
            .map(ImportedModule::totalNanos)
            .sorted(Comparator.reverseOrder())
            .skip(SPANS - 1L)
            .findFirst()
            .orElse(0L);
    int[] depths = new int[slowest.size()];
    int shown = 0;
    for (int i = 0; i < slowest.size() && shown < SPANS; i++) {
      ImportedModule m = slowest.get(i);
      depths[i] = m.parent() < 0 ? imported.depth() + 1 : depths[m.parent()] + 1;
      if (m.totalNanos() >= least && m.totalNanos() > 0) {
        long start = Math.clamp(m.startNanos(), imported.startAt(), imported.endAt());
        long end = Math.min(start + m.totalNanos(), imported.endAt());
        all.add(new TraceSpan(TraceSpan.Kind.INIT, m.name(), m.origin(), depths[i], start, end));
        shown++;
      }
    }
  }
}
