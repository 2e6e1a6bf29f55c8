package dev.hearth.app.ui.logs;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the log of everything into the tool area, and the log of one call beside its response. */
public final class LogsContribution {
  private LogsContribution() {}

  /** All lines of all environments. */
  public static PanelContribution all() {
    return contribution("logs", Region.TOOLS, 30, false);
  }

  /** The lines of the selected invocation, beside its response. */
  public static PanelContribution ofInvocation() {
    return contribution("invocation-log", Region.RESPONSE, 20, true);
  }

  private static PanelContribution contribution(
      String id, Region region, int order, boolean onlySelected) {
    return new PanelContribution(
        id,
        Texts.of("logs").get("title"),
        "align-left",
        region,
        order,
        context -> new LogsView(new LogsViewModel(context, onlySelected), !onlySelected));
  }
}
