package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.time.SelectedDetail;
import dev.hearth.app.ui.kit.time.Waterfall;
import dev.hearth.resources.Texts;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** The small trace panel: the waterfall of the selected invocation. */
final class TraceView implements Panel {
  private final SelectedDetail detail;
  private final Texts texts = Texts.of("trace");
  private final StackPane root = new StackPane();
  private final Waterfall waterfall;
  private final ScrollPane scroll;
  private final EmptyState empty;
  private final Subscriptions subscriptions = new Subscriptions();

  TraceView(PanelContext context, SelectedDetail detail) {
    this.detail = detail;
    waterfall = new Waterfall(context.colors());
    scroll = new ScrollPane(waterfall);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("trace-scroll");
    empty = new EmptyState(texts.get("empty"));
    root.getStyleClass().add("trace");
    root.setMinSize(0, 0);
    root.getChildren().addAll(scroll, empty);
    subscriptions.now(root.sceneProperty(), () -> detail.setActive(root.getScene() != null));
    subscriptions.later(detail.recordProperty(), this::show);
    subscriptions.later(detail.problemProperty(), this::show);
    subscriptions.now(detail.detailProperty(), this::show);
  }

  private void show() {
    InvocationRecord record = detail.recordProperty().get();
    InvocationDetail known = detail.detailProperty().get();
    boolean drawn = known != null && !known.spans().isEmpty() && record != null;
    waterfall.setSpans(drawn ? known.spans() : List.of());
    scroll.setVisible(drawn);
    String sentence = drawn ? "" : sentence(record);
    empty.setText(sentence);
    empty.setVisible(!sentence.isEmpty());
  }

  private String sentence(@Nullable InvocationRecord record) {
    if (record == null) {
      return texts.get("empty");
    }
    return record.status().ended() ? detail.problemProperty().get() : texts.get("running");
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
