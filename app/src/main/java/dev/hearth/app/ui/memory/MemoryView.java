package dev.hearth.app.ui.memory;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.MemoryChart;
import dev.hearth.app.ui.kit.time.SelectedCallPanel;
import dev.hearth.resources.Texts;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The small memory panel: the curve of the selected invocation against its limit. */
final class MemoryView implements SelectedCallPanel.Content {
  private final MemoryChart chart;

  MemoryView(ThemeColors colors) {
    chart = new MemoryChart(colors);
  }

  @Override
  public Node node() {
    return chart;
  }

  @Override
  public String show(
      @Nullable InvocationRecord record, @Nullable InvocationDetail detail, String problem) {
    chart.show(record, detail);
    return record == null ? Texts.of("memory").get("empty") : "";
  }
}
