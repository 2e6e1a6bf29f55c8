package dev.hearth.app.ui.trace;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the inspector into the window as a view of its own. */
public final class InspectorContribution {
  /** The view's id: setting it in the workbench state brings the inspector to the front. */
  public static final String ID = "invocations";

  private InspectorContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        ID,
        Texts.of("trace").get("inspector.title"),
        "clock",
        Region.VIEW,
        10,
        context -> new InspectorView(context, new InspectorViewModel(context)));
  }
}
