package dev.hearth.app.ui.insights;

import javafx.scene.Node;
import javafx.scene.layout.Region;

/** Puts charts into as many columns as fit, all of one size, and fills the height that there is. */
final class ChartGrid extends Region {
  private static final double NARROWEST_EMS = 19;
  private static final double LOWEST_EMS = 8.5;
  private static final double GAP = 8;

  private double em = 13;

  ChartGrid(Iterable<? extends Node> charts) {
    getStyleClass().add("insight-grid");
    charts.forEach(getChildren()::add);
  }

  /** The font size in force, which decides how small a chart may be. */
  void setEm(double pixels) {
    em = pixels;
    requestLayout();
  }

  private int columns(double width) {
    int count = getChildren().size();
    int fit = (int) Math.max(1, Math.floor((width - GAP) / (NARROWEST_EMS * em + GAP)));
    int rows = (int) Math.ceil((double) count / Math.min(fit, count));
    return (int) Math.ceil((double) count / rows);
  }

  private int rows(double width) {
    return (int) Math.ceil((double) getChildren().size() / columns(width));
  }

  @Override
  protected double computeMinHeight(double width) {
    int rows = rows(width < 0 ? getWidth() : width);
    return rows * (LOWEST_EMS * em + GAP) + GAP;
  }

  @Override
  protected double computePrefHeight(double width) {
    return computeMinHeight(width);
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected void layoutChildren() {
    int columns = columns(getWidth());
    int rows = rows(getWidth());
    double wide = Math.floor((getWidth() - GAP) / columns) - GAP;
    double high = Math.floor((getHeight() - GAP) / rows) - GAP;
    for (int i = 0; i < getChildren().size(); i++) {
      getChildren()
          .get(i)
          .resizeRelocate(
              GAP + i % columns * (wide + GAP), GAP + i / columns * (high + GAP), wide, high);
    }
  }
}
