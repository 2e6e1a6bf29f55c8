package dev.hearth.app.ui.event;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the editor of the test event to the right side. */
public final class EventContribution {
  private EventContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "event",
        Texts.of("event").get("title"),
        "code",
        Region.EVENT,
        10,
        context -> new EventView(new EventViewModel(context)));
  }
}
