package dev.hearth.app.ui.shell;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.FormDialog;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ProjectLists;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.function.InvokeSettings;
import java.util.function.UnaryOperator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Edits the whole configuration of a function. */
final class ConfigureDialog {
  private final PanelContext context;
  private final FunctionDefinition function;
  private final ConfigurationForm form;
  private final AsynchronousForm asynchronous;
  private final FormDialog dialog;

  /**
   * What was read in the background before.
   *
   * @param separatesNetworks whether functions can be kept from the network here
   */
  record Known(InvokeSettings invoking, boolean separatesNetworks) {}

  ConfigureDialog(
      PanelContext context, @Nullable Window owner, FunctionDefinition function, Known settings) {
    this.context = context;
    this.function = function;
    Texts texts = Texts.of("dialogs");
    form = new ConfigurationForm(function.configuration(), settings.separatesNetworks(), texts);
    asynchronous = new AsynchronousForm(settings.invoking(), texts);
    VBox forms = new VBox(form.node(), asynchronous.node());
    forms.getStyleClass().add("form");
    ScrollPane scroll = new ScrollPane(forms);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("form-scroll");
    dialog =
        new FormDialog(
            owner,
            texts.get("configure.title", function.name()),
            scroll,
            texts.get("configure.verb"));
    dialog.fitWhenever(asynchronous.unfolded());
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
            configuration -> asynchronous.read().ifPresent(change -> save(configuration, change)));
  }

  private void save(
      FunctionConfiguration configuration, UnaryOperator<InvokeSettings> settingsChange) {
    context
        .tasks()
        .run(
            "configure " + function.name(),
            () -> {
              var session = context.session();
              session.functions().update(function.withConfiguration(configuration));
              session.queues().change(configuration.functionName(), settingsChange);
              return session.functions().list();
            },
            functions -> {
              new ProjectLists(context).showFunctions(functions, -1);
              dialog.close();
            },
            this::refused);
  }

  /** The name, and what the account's concurrency refuses, can only be told by the project. */
  private void refused(Throwable failure) {
    String message = Failures.message(failure);
    if (failure instanceof InvalidFunctionException e && asynchronous.mark(e.field(), message)) {
      return;
    }
    if (!(failure instanceof HearthException) || !form.mark("functionName", message)) {
      dialog.setProblem(message);
    }
  }
}
