package dev.hearth.app.project;

import dev.hearth.runtime.event.ClockAnchor;
import dev.hearth.runtime.event.FunctionSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what a handler's instrumentation reported into the waterfall of its call: below the
 * invocation, or below the init when it began there, children below their parents. Spans come in
 * any order and in several parts, so the tree is made anew whenever some arrive.
 */
public final class ReportedSpans {
  /** Deeper nesting is drawn at this depth. */
  private static final int DEEPEST = 60;

  private ReportedSpans() {}

  /** In the form of the waterfall, without a place in it yet. */
  static List<TraceSpan> of(List<FunctionSpan> spans, ClockAnchor clock) {
    return spans.stream()
        .map(
            span ->
                new TraceSpan(
                    span.isRemote() ? TraceSpan.Kind.REMOTE : TraceSpan.Kind.SEGMENT,
                    span.name(),
                    span.detail(),
                    0,
                    clock.toEpochNanos(span.startNanos()),
                    clock.toEpochNanos(span.endNanos()),
                    new TraceSpan.Reported(span.id(), span.parentId(), span.error())))
        .toList();
  }

  /**
   * The waterfall with more reported spans in it; one with an id that it has replaces that.
   *
   * @param spans what was measured and what was reported before, parents before children
   */
  public static List<TraceSpan> merge(List<TraceSpan> spans, List<TraceSpan> more) {
    List<TraceSpan> measured = new ArrayList<>();
    Map<String, TraceSpan> reported = new LinkedHashMap<>();
    for (List<TraceSpan> part : List.of(spans, more)) {
      for (TraceSpan span : part) {
        if (span.reported() == null) {
          measured.add(span);
        } else {
          reported.put(span.reported().id(), span);
        }
      }
    }
    return reported.isEmpty() ? List.copyOf(measured) : new Tree(reported).into(measured);
  }

  /** The reported spans by their parents. */
  private static final class Tree {
    private final Map<String, List<TraceSpan>> children = new HashMap<>();
    private final List<TraceSpan> roots = new ArrayList<>();

    Tree(Map<String, TraceSpan> reported) {
      List<TraceSpan> inOrder = new ArrayList<>(reported.values());
      inOrder.sort(Comparator.comparingLong(TraceSpan::startAt));
      for (TraceSpan span : inOrder) {
        String parent = parent(span);
        boolean known = reported.containsKey(parent) && !isItsOwnAncestor(span, reported);
        (known ? children.computeIfAbsent(parent, _ -> new ArrayList<>()) : roots).add(span);
      }
    }

    private static String parent(TraceSpan span) {
      TraceSpan.Reported reported = span.reported();
      return reported == null || reported.parentId() == null ? "" : reported.parentId();
    }

    private static boolean isItsOwnAncestor(TraceSpan span, Map<String, TraceSpan> reported) {
      TraceSpan at = reported.get(parent(span));
      for (int i = 0; at != null; i++) {
        if (at == span || i > reported.size()) {
          return true;
        }
        at = reported.get(parent(at));
      }
      return false;
    }

    List<TraceSpan> into(List<TraceSpan> measured) {
      int invoke = indexOfInvoke(measured);
      long invoked = invoke < 0 ? Long.MIN_VALUE : measured.get(invoke).startAt();
      boolean hasInit = measured.stream().anyMatch(span -> span.kind() == TraceSpan.Kind.INIT);
      List<TraceSpan> all = new ArrayList<>(measured.subList(0, Math.max(invoke, 0)));
      if (hasInit) {
        addRoots(all, roots.stream().filter(root -> root.startAt() < invoked).toList());
      }
      all.addAll(invoke < 0 ? measured : measured.subList(invoke, invoke + 1));
      addRoots(all, roots.stream().filter(r -> !hasInit || r.startAt() >= invoked).toList());
      if (invoke >= 0) {
        all.addAll(measured.subList(invoke + 1, measured.size()));
      }
      return List.copyOf(all);
    }

    private static int indexOfInvoke(List<TraceSpan> measured) {
      for (int i = 0; i < measured.size(); i++) {
        if (measured.get(i).kind() == TraceSpan.Kind.INVOKE) {
          return i;
        }
      }
      return -1;
    }

    private void addRoots(List<TraceSpan> all, List<TraceSpan> chosen) {
      chosen.forEach(root -> add(all, root, 1));
    }

    private void add(List<TraceSpan> all, TraceSpan span, int depth) {
      all.add(span.at(Math.min(depth, DEEPEST)));
      TraceSpan.Reported reported = span.reported();
      if (reported != null) {
        children
            .getOrDefault(reported.id(), List.of())
            .forEach(child -> add(all, child, depth + 1));
      }
    }
  }
}
