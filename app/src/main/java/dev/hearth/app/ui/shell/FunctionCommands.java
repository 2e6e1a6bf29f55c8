package dev.hearth.app.ui.shell;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.service.ProjectService.FunctionTemplate;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.SdkFetching;
import dev.hearth.runtime.function.RuntimeFamily;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.value.ObservableBooleanValue;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The commands that make and configure functions and events with a dialog. */
final class FunctionCommands {
  private final PanelContext context;
  private final Supplier<@Nullable Window> owner;
  private final Supplier<List<FunctionTemplate>> templates;

  FunctionCommands(
      PanelContext context,
      Supplier<@Nullable Window> owner,
      Supplier<List<FunctionTemplate>> templates) {
    this.context = context;
    this.owner = owner;
    this.templates = templates;
  }

  void register(ShellActions actions, ObservableBooleanValue hasFunction) {
    actions.add("function.new", "plus", "Ctrl+Shift+N", () -> create(false));
    actions.add("function.link", "link", "", () -> create(true));
    actions.add("function.configure", "sliders", "Ctrl+Shift+C", hasFunction, this::configure);
    actions.add("function.stop", "power", "", hasFunction, this::stopEnvironments);
    SdkFetching sdk = new SdkFetching(context);
    actions.add(
        "sdk.python", "download", "", () -> sdk.fetch(RuntimeFamily.PYTHON, List.of(), () -> {}));
    actions.add(
        "sdk.node", "download", "", () -> sdk.fetch(RuntimeFamily.NODEJS, List.of(), () -> {}));
    actions.add("event.new", "plus", "", () -> new NewEventDialog(context, owner.get()).show());
  }

  private void create(boolean linked) {
    new NewFunctionDialog(context, owner.get(), templates.get(), linked).show();
  }

  private void configure() {
    FunctionDefinition function = context.state().functionProperty().get();
    if (function != null) {
      context
          .tasks()
          .run(
              "read settings",
              () ->
                  new ConfigureDialog.Known(
                      context.session().queues().settings(function.name()),
                      context.session().separatesNetworks()),
              settings -> new ConfigureDialog(context, owner.get(), function, settings).show(),
              failure -> context.state().notices().add(Failures.notice(failure)));
    }
  }

  private void stopEnvironments() {
    FunctionDefinition function = context.state().functionProperty().get();
    if (function != null) {
      context.session().invocations().stopEnvironments(function.name());
    }
  }
}
