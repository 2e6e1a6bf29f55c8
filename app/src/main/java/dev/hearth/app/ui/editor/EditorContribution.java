package dev.hearth.app.ui.editor;

import dev.hearth.app.ui.kit.PanelContribution;
import dev.hearth.app.ui.kit.PanelContribution.Region;
import dev.hearth.resources.Texts;

/** Brings the editor into the middle of the window. */
public final class EditorContribution {
  private EditorContribution() {}

  public static PanelContribution contribution() {
    return new PanelContribution(
        "editor", Texts.of("editor").get("title"), "code", Region.EDITORS, 10, EditorView::new);
  }
}
