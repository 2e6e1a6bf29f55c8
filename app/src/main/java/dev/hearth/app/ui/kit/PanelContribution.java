package dev.hearth.app.ui.kit;

import java.util.function.Function;

/**
 * What a panel tells the shell about itself. Registered with one line in the composition root.
 *
 * @param id stable, also the key of remembered sizes
 * @param title sentence case
 * @param icon a name known to {@link Icons}
 * @param region where it stands
 * @param order position among the panels of its region, low first
 * @param factory makes the panel for an open project, on the FX thread
 */
public record PanelContribution(
    String id,
    String title,
    String icon,
    Region region,
    int order,
    Function<PanelContext, Panel> factory) {
  /** The places of the window (DESIGN.md section 4). */
  public enum Region {
    /** Left, workbench view. */
    SIDE,
    /** Centre, workbench view. */
    EDITORS,
    /** Right above: event. */
    EVENT,
    /** Right below: response, logs of the selected invocation. */
    RESPONSE,
    /** Bottom: timeline, invocations, cost ... */
    TOOLS,
    /** A view of its own that fills the window between rail and edge, chosen in the rail. */
    VIEW
  }
}
