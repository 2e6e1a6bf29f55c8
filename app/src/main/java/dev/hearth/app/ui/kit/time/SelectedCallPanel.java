package dev.hearth.app.ui.kit.time;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * A panel that shows one thing of the selected invocation, or the sentence that says why it can't.
 * It reads while it is shown only.
 */
public final class SelectedCallPanel implements Panel {
  /** What such a panel consists of. */
  public interface Content {
    Node node();

    /**
     * Shows a call; both null when none is selected, the detail null while it is read.
     *
     * @return what to say instead of showing it; empty when there is something to see
     */
    String show(
        @Nullable InvocationRecord record, @Nullable InvocationDetail detail, String problem);
  }

  private final SelectedDetail detail;
  private final Content content;
  private final StackPane root = new StackPane();
  private final EmptyState empty = new EmptyState("");
  private final Subscriptions subscriptions = new Subscriptions();

  /**
   * @param styleClass of the whole panel
   */
  public SelectedCallPanel(PanelContext context, String styleClass, Content content) {
    this.content = content;
    detail = new SelectedDetail(context.state(), context.session().history(), context.tasks());
    root.getStyleClass().add(styleClass);
    root.setMinSize(0, 0);
    root.getChildren().addAll(content.node(), empty);
    subscriptions.now(root.sceneProperty(), () -> detail.setActive(root.getScene() != null));
    subscriptions.later(detail.recordProperty(), this::show);
    subscriptions.later(detail.problemProperty(), this::show);
    subscriptions.now(detail.detailProperty(), this::show);
  }

  private void show() {
    InvocationRecord record = detail.recordProperty().get();
    String sentence =
        content.show(record, detail.detailProperty().get(), detail.problemProperty().get());
    content.node().setVisible(sentence.isEmpty());
    empty.setText(sentence);
    empty.setVisible(!sentence.isEmpty());
  }

  @Override
  public Node node() {
    return root;
  }

  @Override
  public void close() {
    subscriptions.close();
    detail.close();
  }
}
