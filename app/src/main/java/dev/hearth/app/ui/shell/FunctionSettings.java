package dev.hearth.app.ui.shell;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ProjectLists;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.function.UnaryOperator;

/** Changes the configuration of the selected function. */
final class FunctionSettings {
  private final PanelContext context;
  private final ProjectLists lists;

  FunctionSettings(PanelContext context) {
    this.context = context;
    this.lists = new ProjectLists(context);
  }

  /** Applies a change in the background; what is refused appears as a notice. */
  void change(UnaryOperator<FunctionConfiguration> change) {
    FunctionDefinition function = context.state().functionProperty().get();
    if (function == null) {
      return;
    }
    lists.changeFunctions(
        "configure " + function.name(),
        () ->
            context
                .session()
                .functions()
                .update(function.withConfiguration(change.apply(function.configuration()))));
  }
}
