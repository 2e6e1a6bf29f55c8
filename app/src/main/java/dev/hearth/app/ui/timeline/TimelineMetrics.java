package dev.hearth.app.ui.timeline;

import javafx.scene.text.Font;

/** Where things stand on the timeline's canvas, in pixels at the font size in force. */
final class TimelineMetrics {
  private static final double BASE = 13;

  private double fontSize;
  private Font label;
  private Font name;
  private Font detail;

  TimelineMetrics(double fontSize) {
    this.fontSize = fontSize;
    label = Font.font("Inter Semi Bold", Math.round(fontSize * 0.85));
    name = Font.font("Inter Semi Bold", Math.round(fontSize * 0.92));
    detail = Font.font("Inter", Math.round(fontSize * 0.85));
  }

  /** Takes over the interface's font size; everything drawn from now on follows it. */
  void setFontSize(double next) {
    if (next != fontSize) {
      TimelineMetrics other = new TimelineMetrics(next);
      fontSize = next;
      label = other.label;
      name = other.name;
      detail = other.detail;
    }
  }

  /** A length that is right at 13 px, at the font size in force. */
  int scaled(double pixels) {
    return (int) Math.round(pixels * fontSize / BASE);
  }

  /** Width of the column with the lanes' names. */
  int labels() {
    return scaled(124);
  }

  int ruler() {
    return scaled(28);
  }

  int lane() {
    return scaled(56);
  }

  /** From the top of a lane to its blocks. */
  int blockTop() {
    return scaled(8);
  }

  int block() {
    return scaled(26);
  }

  int memoryTop() {
    return scaled(37);
  }

  int memory() {
    return scaled(16);
  }

  /** What is drawn under a memory of zero. */
  int memoryFoot() {
    return scaled(5);
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
  int laneTop(int index, double scroll) {
    return (int) Math.round(ruler() + index * (double) lane() - scroll);
  }

  /** The lane at a height, which may be beyond the last one; -1 above the lanes. */
  int laneAt(double y, double scroll) {
    return y < ruler() ? -1 : (int) ((y - ruler() + scroll) / lane());
  }
}
