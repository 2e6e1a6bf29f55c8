package dev.hearth.app.ui.versions;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the versions of the selected function into the tool area. */
public final class VersionsContribution {
  private VersionsContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "versions",
        Texts.of("versions").get("title"),
        "git-commit",
        Region.TOOLS,
        80,
        VersionsView::new);
  }
}
