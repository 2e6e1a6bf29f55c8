package dev.hearth.app.ui.timeline;

import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;

/** Where things stand on the timeline's canvas, in pixels at the base font size. */
final class TimelineMetrics {
  static final int LABELS = 124;
  static final int RULER = 28;
  static final int LANE = 54;
  static final int BLOCK_TOP = 6;
  static final int BLOCK = 26;
  static final int MEMORY_TOP = 35;
  static final int MEMORY = 13;

  private final Font label;
  private final Font name;
  private final Font detail;

  TimelineMetrics(double fontSize) {
    label = Font.font("Inter", FontWeight.BOLD, Math.round(fontSize * 0.85));
    name = Font.font("Inter", FontWeight.BOLD, Math.round(fontSize * 0.92));
    detail = Font.font("Inter", Math.round(fontSize * 0.85));
  }

  /** On blocks. */
  Font label() {
    return label;
  }

  /** A lane's function. */
  Font name() {
    return name;
  }

  /** Ruler, second lines, remarks. */
  Font detail() {
    return detail;
  }

  /** Top of a lane in the canvas. */
  static int laneTop(int index, double scroll) {
    return (int) Math.round(RULER + index * (double) LANE - scroll);
  }

  /** The lane at a height, which may be beyond the last one; -1 above the lanes. */
  static int laneAt(double y, double scroll) {
    return y < RULER ? -1 : (int) ((y - RULER + scroll) / LANE);
  }
}
