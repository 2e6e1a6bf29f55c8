package dev.hearth.app.ui.shell;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.FormDialog;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ProjectLists;
import dev.hearth.resources.Texts;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Edits the whole configuration of a function. */
final class ConfigureDialog {
  private final PanelContext context;
  private final FunctionDefinition function;
  private final ConfigurationForm form;
  private final FormDialog dialog;

  ConfigureDialog(PanelContext context, @Nullable Window owner, FunctionDefinition function) {
    this.context = context;
    this.function = function;
    Texts texts = Texts.of("dialogs");
    form = new ConfigurationForm(function.configuration(), texts);
    dialog =
        new FormDialog(
            owner,
            texts.get("configure.title", function.name()),
            form.node(),
            texts.get("configure.verb"));
    dialog.onSubmit(this::submit);
    dialog.focusFirst(() -> form.focus("functionName"));
  }

  void show() {
    dialog.show();
  }

  private void submit() {
    dialog.setProblem("");
    form.read()
        .ifPresent(
            configuration ->
                context
                    .tasks()
                    .run(
                        "configure " + function.name(),
                        () -> {
                          context
                              .session()
                              .functions()
                              .update(function.withConfiguration(configuration));
                          return context.session().functions().list();
                        },
                        functions -> {
                          new ProjectLists(context).showFunctions(functions, -1);
                          dialog.close();
                        },
                        this::refused));
  }

  /** The name is the one thing that only the project can refuse. */
  private void refused(Throwable failure) {
    String message = Failures.message(failure);
    if (!(failure instanceof HearthException) || !form.mark("functionName", message)) {
      dialog.setProblem(message);
    }
  }
}
