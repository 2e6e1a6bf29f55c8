package dev.hearth.app.ui.guide;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the guide into the rail, above the settings. */
public final class GuideContribution {
  private GuideContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "guide",
        Texts.of("guide").get("title"),
        "help-circle",
        Region.VIEW,
        1000,
        context -> new GuideView(context, new GuideViewModel(context.state().invocations())));
  }
}
