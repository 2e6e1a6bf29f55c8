package dev.hearth.app.ui.cost;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the bill of the session into the tool area. */
public final class CostContribution {
  private CostContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "cost",
        Texts.of("cost").get("title"),
        "dollar-sign",
        Region.TOOLS,
        60,
        context ->
            new CostView(new CostViewModel(context.state(), context.session()::provisionedUse)));
  }
}
