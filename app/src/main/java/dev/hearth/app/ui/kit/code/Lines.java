package dev.hearth.app.ui.kit.code;

/** A text as lines, without a copy of all of it: what editing commands look at. */
public interface Lines {
  /** At least 1. */
  int count();

  /**
   * @param index from 0
   * @return without its line break
   */
  String line(int index);
}
