package dev.hearth.app.ui.invocations;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the table of invocations into the tool area. */
public final class InvocationsContribution {
  private InvocationsContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "invocation-table",
        Texts.of("invocations").get("title"),
        "list",
        Region.TOOLS,
        20,
        context -> new InvocationsView(context, new InvocationsViewModel(context)));
  }
}
