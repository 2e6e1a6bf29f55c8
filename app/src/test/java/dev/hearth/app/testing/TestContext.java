package dev.hearth.app.testing;

import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Palette;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ThemeColors;

/** Makes the context that a panel needs around an in-memory project. */
public final class TestContext {
  private TestContext() {}

  /** Functions and events are loaded, the first of each is selected, the theme is dark. */
  public static PanelContext of(InMemorySession session, FakeDialogs dialogs) {
    return of(session, dialogs, true);
  }

  /** The same in a theme. */
  public static PanelContext of(InMemorySession session, FakeDialogs dialogs, boolean dark) {
    WorkbenchState state = new WorkbenchState();
    state.functions().setAll(session.functions().list());
    state.events().setAll(session.events().list());
    if (!state.functions().isEmpty()) {
      state.functionProperty().set(state.functions().getFirst());
    }
    if (!state.events().isEmpty()) {
      state.eventProperty().set(state.events().getFirst());
    }
    return new PanelContext(
        session,
        state,
        new ActionRegistry(),
        new DirectTasks(),
        dialogs,
        new ThemeColors(Palette.load(dark)));
  }
}
