package dev.hearth.app.ui.pins;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the pinned invocations into the tool area. */
public final class PinsContribution {
  private PinsContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "pins",
        Texts.of("pins").get("title"),
        "check-square",
        Region.TOOLS,
        67,
        context -> new PinsView(context, new PinsViewModel(context)));
  }
}
