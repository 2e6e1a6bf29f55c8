package dev.hearth.app.ui.response;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the response of the selected invocation to the right side. */
public final class ResponseContribution {
  private ResponseContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "response",
        Texts.of("response").get("title"),
        "corner-down-left",
        Region.RESPONSE,
        10,
        context -> new ResponseView(new ResponseViewModel(context)));
  }
}
