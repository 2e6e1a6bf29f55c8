package dev.hearth.app.project.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The lines that two texts share, and those that only one has, in order. */
public final class LineDiff {
  /** Above this many comparisons what lies between equal beginnings and ends counts as replaced. */
  private static final long MOST_CELLS = 4_000_000;

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
    int start = 0;
    int firstEnd = first.size();
    int secondEnd = second.size();
    while (start < firstEnd && start < secondEnd && first.get(start).equals(second.get(start))) {
      start++;
    }
    while (firstEnd > start
        && secondEnd > start
        && first.get(firstEnd - 1).equals(second.get(secondEnd - 1))) {
      firstEnd--;
      secondEnd--;
    }
    List<Line> lines = new ArrayList<>();
    first.subList(0, start).forEach(line -> lines.add(new Line(Side.BOTH, line)));
    middle(first.subList(start, firstEnd), second.subList(start, secondEnd), lines);
    first.subList(firstEnd, first.size()).forEach(line -> lines.add(new Line(Side.BOTH, line)));
    return Collections.unmodifiableList(lines);
  }

  /** The longest common subsequence. */
  private static void middle(List<String> a, List<String> b, List<Line> lines) {
    if ((long) a.size() * b.size() > MOST_CELLS) {
      a.forEach(line -> lines.add(new Line(Side.FIRST, line)));
      b.forEach(line -> lines.add(new Line(Side.SECOND, line)));
      return;
    }
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
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
  }
}
