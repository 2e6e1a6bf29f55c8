package dev.hearth.app.ui.memory;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.app.ui.kit.time.SelectedCallPanel;
import dev.hearth.resources.Texts;

/** Brings the memory of the selected invocation into the tool area. */
public final class MemoryContribution {
  private MemoryContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "memory",
        Texts.of("memory").get("title"),
        "cpu",
        Region.TOOLS,
        50,
        context -> new SelectedCallPanel(context, "memory", new MemoryView(context.colors())));
  }
}
