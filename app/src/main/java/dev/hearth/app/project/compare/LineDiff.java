package dev.hearth.app.project.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The lines that two texts share, and those that only one has, in order. */
public final class LineDiff {
  /** Longer texts are cut: comparing takes time by the product of the lengths. */
  private static final int MOST_LINES = 1_500;

  private LineDiff() {}

  /** Where a line stands. */
  public enum Side {
    BOTH,
    FIRST,
    SECOND
  }

  public record Line(Side side, String text) {}

  /** Compares two texts line by line; as many lines as possible are shared. */
  public static List<Line> of(List<String> first, List<String> second) {
    List<String> a = first.subList(0, Math.min(MOST_LINES, first.size()));
    List<String> b = second.subList(0, Math.min(MOST_LINES, second.size()));
    short[][] common = new short[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? (short) (common[i + 1][j + 1] + 1)
                : (short) Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        lines.add(new Line(Side.BOTH, a.get(i++)));
        j++;
      } else if (j == b.size() || i < a.size() && common[i + 1][j] >= common[i][j + 1]) {
        lines.add(new Line(Side.FIRST, a.get(i++)));
      } else {
        lines.add(new Line(Side.SECOND, b.get(j++)));
      }
    }
    return Collections.unmodifiableList(lines);
  }
}
