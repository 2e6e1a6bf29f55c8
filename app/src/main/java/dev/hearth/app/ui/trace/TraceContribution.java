package dev.hearth.app.ui.trace;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.app.ui.kit.time.SelectedCallPanel;
import dev.hearth.resources.Texts;

/** Brings the trace of the selected invocation into the tool area. */
public final class TraceContribution {
  private TraceContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "trace",
        Texts.of("trace").get("title"),
        "bar-chart-2",
        Region.TOOLS,
        40,
        context -> new SelectedCallPanel(context, "trace", new TraceView(context.colors())));
  }
}
