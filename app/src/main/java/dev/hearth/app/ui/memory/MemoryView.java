package dev.hearth.app.ui.memory;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.time.MemoryChart;
import dev.hearth.app.ui.kit.time.SelectedDetail;
import dev.hearth.resources.Texts;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/** The small memory panel: the curve of the selected invocation against its limit. */
final class MemoryView implements Panel {
  private final SelectedDetail detail;
  private final StackPane root = new StackPane();
  private final MemoryChart chart;
  private final EmptyState empty;
  private final Subscriptions subscriptions = new Subscriptions();

  MemoryView(PanelContext context, SelectedDetail detail) {
    this.detail = detail;
    chart = new MemoryChart(context.colors());
    empty = new EmptyState(Texts.of("memory").get("empty"));
    root.getStyleClass().add("memory");
    root.setMinSize(0, 0);
    root.getChildren().addAll(chart, empty);
    subscriptions.now(root.sceneProperty(), () -> detail.setActive(root.getScene() != null));
    subscriptions.later(detail.recordProperty(), this::show);
    subscriptions.later(detail.problemProperty(), this::show);
    subscriptions.now(detail.detailProperty(), this::show);
  }

  private void show() {
    InvocationRecord record = detail.recordProperty().get();
    InvocationDetail known = detail.detailProperty().get();
    empty.setVisible(record == null);
    chart.setVisible(record != null);
    chart.show(record, known == null ? List.of() : known.memory());
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
