package dev.hearth.app.ui.timeline;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the timeline into the tool area. */
public final class TimelineContribution {
  private TimelineContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "timeline",
        Texts.of("timeline").get("title"),
        "activity",
        Region.TOOLS,
        10,
        context -> new TimelineView(context, new TimelineViewModel(context.state())));
  }
}
