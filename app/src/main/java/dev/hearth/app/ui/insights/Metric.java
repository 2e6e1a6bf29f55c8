package dev.hearth.app.ui.insights;

import dev.hearth.app.project.query.GroupSummary;
import dev.hearth.app.project.timeline.BucketSum;
import dev.hearth.app.project.timeline.Insights;
import dev.hearth.app.ui.kit.HearthColor;
import dev.hearth.app.ui.kit.Units;
import java.util.List;
import java.util.Locale;

/** What a chart can show: a figure per stretch, its colour and how it reads. */
enum Metric {
  DURATION(
      new Line("p50", HearthColor.WARM),
      new Line("p90", HearthColor.EMBER),
      new Line("p99", HearthColor.MUTED)),
  CALLS(new Line("", HearthColor.WARM)),
  COLD(new Line("", HearthColor.COLD)),
  ERRORS(new Line("", HearthColor.ERROR)),
  THROTTLES(new Line("", HearthColor.THROTTLE)),
  CONCURRENCY(new Line("", HearthColor.WARM)),
  MEMORY(new Line("", HearthColor.GOLD)),
  COST(new Line("", HearthColor.GOLD));

  private static final long MEGABYTE = 1 << 20;

  private final List<Line> lines;

  /**
   * One figure of a chart.
   *
   * @param name empty when it is the only one
   */
  record Line(String name, HearthColor color) {}

  Metric(Line... lines) {
    this.lines = List.of(lines);
  }

  List<Line> lines() {
    return lines;
  }

  /** Whether the figure is an amount of the stretch, drawn as bars; else it is a level. */
  boolean bars() {
    return this == CALLS || this == ERRORS || this == THROTTLES || this == COST;
  }

  /** A figure of a stretch; NaN where there is none. */
  double value(Insights insights, int stretch, int line) {
    Insights.Stretch s = insights.stretches().get(stretch);
    BucketSum sum = s.sum();
    return switch (this) {
      case DURATION -> measured(line == 0 ? s.p50Nanos() : line == 1 ? s.p90Nanos() : s.p99Nanos());
      case CALLS -> sum.calls;
      case COLD -> sum.calls == 0 ? Double.NaN : (double) sum.cold / sum.calls;
      case ERRORS -> sum.errors;
      case THROTTLES -> sum.throttled;
      case CONCURRENCY -> insights.concurrency(stretch);
      case MEMORY -> sum.peakBytes <= 0 ? Double.NaN : sum.peakBytes;
      case COST -> sum.costPicoUsd;
    };
  }

  private static double measured(long nanos) {
    return nanos < 0 ? Double.NaN : nanos;
  }

  /** The figure of all stretches together, as text; several are joined. */
  String total(Insights insights) {
    GroupSummary all = insights.total();
    return switch (this) {
      case DURATION ->
          all.p50Nanos() < 0
              ? "\u2013"
              : "p50 %s  p90 %s  p99 %s"
                  .formatted(
                      Units.duration(all.p50Nanos()),
                      Units.duration(all.p90Nanos()),
                      Units.duration(all.p99Nanos()));
      case CALLS -> Units.count(all.calls());
      case COLD -> all.calls() == 0 ? "\u2013" : share((double) all.cold() / all.calls());
      case ERRORS -> Units.count(all.errors());
      case THROTTLES -> Units.count(all.throttled());
      case CONCURRENCY -> "max " + text(highest(insights));
      case MEMORY -> all.peakMemoryBytes() < 0 ? "\u2013" : Units.bytes(all.peakMemoryBytes());
      case COST -> Units.money(all.costPicoUsd());
    };
  }

  /** The figures of one stretch as text. */
  String at(Insights insights, int stretch) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(text.isEmpty() ? "" : "  ");
      text.append(lines.get(i).name()).append(lines.get(i).name().isEmpty() ? "" : " ");
      text.append(text(value(insights, stretch, i)));
    }
    return text.toString();
  }

  String text(double value) {
    if (Double.isNaN(value)) {
      return "\u2013";
    }
    return switch (this) {
      case DURATION -> Units.duration(Math.round(value));
      case CALLS, ERRORS, THROTTLES -> Units.count(Math.round(value));
      case COLD -> share(value);
      case CONCURRENCY -> String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
      case MEMORY -> Units.bytes(Math.round(value));
      case COST -> Units.money(Math.round(value));
    };
  }

  private static String share(double part) {
    double percent = part * 100;
    return String.format(Locale.ROOT, percent > 0 && percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }

  /** What the top of the chart stands for. */
  double scale(Insights insights) {
    double least =
        switch (this) {
          case COLD -> 1;
          case MEMORY -> MEGABYTE;
          default -> 1e-9;
        };
    return Math.max(least, highest(insights));
  }

  /** What the bottom of the chart stands for: durations differ by orders, so theirs is not 0. */
  double base(Insights insights) {
    double lowest = Double.MAX_VALUE;
    if (this == DURATION) {
      for (int i = 0; i < insights.stretches().size(); i++) {
        double value = value(insights, i, 0);
        lowest = value < lowest ? value : lowest;
      }
    }
    return lowest == Double.MAX_VALUE
        ? 0
        : Math.max(1, Math.min(lowest / 1.25, scale(insights) / 2));
  }

  private double highest(Insights insights) {
    double highest = 0;
    for (int i = 0; i < insights.stretches().size(); i++) {
      for (int line = 0; line < lines.size(); line++) {
        double value = value(insights, i, line);
        highest = value > highest ? value : highest;
      }
    }
    return highest;
  }
}
