package dev.hearth.app.ui.editor;

import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.state.OpenRequest;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Subscriptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The order in which documents were used. Walking through it with Ctrl held down changes the order
 * only once, when Ctrl is let go, so that each further Tab goes one file further back.
 */
final class RecentFiles implements AutoCloseable {
  private static final int MAX_CLOSED = 20;

  private final WorkbenchState state;
  private final Subscriptions subscriptions = new Subscriptions();
  private final List<EditorDocument> order = new ArrayList<>();
  private final Deque<OpenRequest> closed = new ArrayDeque<>();
  private int walk;

  RecentFiles(WorkbenchState state) {
    this.state = state;
    subscriptions.now(state.documents(), this::prune);
    subscriptions.now(state.documentProperty(), this::used);
  }

  private void prune() {
    order.removeIf(document -> !state.documents().contains(document));
    for (EditorDocument document : state.documents()) {
      if (!order.contains(document)) {
        order.add(document);
      }
    }
  }

  private void used() {
    EditorDocument front = state.documentProperty().get();
    if (front != null && walk == 0) {
      order.remove(front);
      order.addFirst(front);
    }
  }

  /** The document used last that is still open. */
  Optional<EditorDocument> newest() {
    prune();
    return order.stream().findFirst();
  }

  /**
   * Goes to the file used before the one in front; repeated, further back.
   *
   * @param step 1 back, -1 forth
   */
  void walk(int step) {
    if (order.size() > 1) {
      int next = Math.floorMod(walk + step, order.size());
      // 0 means that no walk is under way, so the start of the order is its end here.
      walk = next == 0 ? order.size() : next;
      state.documentProperty().set(order.get(next));
    }
  }

  /** The walk is over: where it stopped is now the newest. */
  void endWalk() {
    if (walk != 0) {
      walk = 0;
      used();
    }
  }

  void closed(EditorDocument document) {
    closed.push(new OpenRequest(document.functionId(), document.path(), 0));
    if (closed.size() > MAX_CLOSED) {
      closed.removeLast();
    }
  }

  Optional<OpenRequest> takeClosed() {
    return Optional.ofNullable(closed.poll());
  }

  @Override
  public void close() {
    subscriptions.close();
  }
}
