package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.SelectedCallPanel;
import dev.hearth.app.ui.kit.time.Waterfall;
import dev.hearth.resources.Texts;
import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The small trace panel: the waterfall of the selected invocation. */
final class TraceView implements SelectedCallPanel.Content {
  private final Texts texts = Texts.of("trace");
  private final Waterfall waterfall;

  TraceView(ThemeColors colors) {
    waterfall = new Waterfall(colors);
  }

  @Override
  public Node node() {
    return waterfall.scrolled();
  }

  @Override
  public String show(
      @Nullable InvocationRecord record, @Nullable InvocationDetail detail, String problem) {
    boolean drawn = record != null && detail != null && !detail.spans().isEmpty();
    waterfall.setSpans(drawn ? detail.waterfall() : List.of());
    if (drawn) {
      return "";
    }
    if (record == null) {
      return texts.get("empty");
    }
    return record.status().ended() ? problem : texts.get("running");
  }
}
