package dev.hearth.app.ui.insights;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the charts of the session into the tool area. */
public final class InsightsContribution {
  private InsightsContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "insights",
        Texts.of("insights").get("title"),
        "activity",
        Region.TOOLS,
        65,
        context -> new InsightsView(context, new InsightsViewModel(context)));
  }
}
