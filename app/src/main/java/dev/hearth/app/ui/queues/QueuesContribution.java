package dev.hearth.app.ui.queues;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the queues into the tool area. */
public final class QueuesContribution {
  private QueuesContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "queues",
        Texts.of("queues").get("title"),
        "inbox",
        Region.TOOLS,
        70,
        context -> new QueuesView(context, new QueuesViewModel(context)));
  }
}
