package dev.hearth.app.ui.kit;

import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.task.TaskRunner;

/** What every panel is given: narrow, the same for all. */
public record PanelContext(
    ProjectSession session,
    WorkbenchState state,
    ActionRegistry actions,
    TaskRunner tasks,
    Dialogs dialogs,
    ThemeColors colors) {}
