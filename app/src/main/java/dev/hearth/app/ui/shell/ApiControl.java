package dev.hearth.app.ui.shell;

import dev.hearth.app.service.ApiSettings;
import dev.hearth.app.service.ServedApi;
import dev.hearth.app.service.SettingsService;
import dev.hearth.app.state.Notice;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.ProjectLists;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.event.Subscription;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;

/**
 * Serves the project's functions over the Lambda API while the window is open: the status bar shows
 * the address, copies it, and turns it off and on. What the API changes is shown at once.
 */
final class ApiControl implements AutoCloseable {
  private final PanelContext context;
  private final SettingsService settings;
  private final Texts texts = Texts.of("shell");
  private final MenuButton button = new MenuButton();
  private final MenuItem copy = new MenuItem();
  private final MenuItem toggle = new MenuItem();
  private final Subscription changes;
  private final Subscriptions subscriptions = new Subscriptions();
  private @Nullable ServedApi served;
  private boolean starting;
  private boolean closed;

  /**
   * @param settings the user's, where the choice is kept
   */
  ApiControl(PanelContext context, SettingsService settings) {
    this.context = context;
    this.settings = settings;
    button.getStyleClass().add("clock-control");
    button.setGraphic(Icons.of("server"));
    button.getItems().addAll(copy, toggle);
    copy.setText(texts.get("api.copy"));
    copy.setOnAction(event -> copy());
    toggle.setOnAction(event -> toggle());
    ProjectLists lists = new ProjectLists(context);
    changes =
        context
            .session()
            .functions()
            .onChange(
                () -> context.tasks().onFx(() -> lists.changeFunctions("read them", () -> {})));
    subscriptions.now(context.state().trustedProperty(), this::startIfWanted);
    show();
  }

  /** Nothing of a restricted project is served. */
  private void startIfWanted() {
    if (ApiSettings.enabled(settings) && trusted() && served == null && !starting) {
      start();
      show();
    }
  }

  private boolean trusted() {
    return context.state().trustedProperty().get();
  }

  /** Makes its commands known to the palette. */
  void register(ShellActions actions) {
    actions.add("api.copy", "copy", "", this::copy);
    actions.add("api.toggle", "server", "", context.state().trustedProperty(), this::toggle);
  }

  Node node() {
    return button;
  }

  private void start() {
    starting = true;
    context
        .tasks()
        .run(
            "serve the Lambda API",
            () -> ApiSettings.serve(context.session(), settings, this::warn),
            this::started,
            failure -> {
              starting = false;
              show();
              context.state().notices().add(Failures.notice(failure));
            });
  }

  private void warn(String text) {
    context
        .tasks()
        .onFx(() -> context.state().notices().add(new Notice(Notice.Severity.WARNING, text)));
  }

  private void started(ServedApi api) {
    starting = false;
    if (closed || !ApiSettings.enabled(settings)) {
      stop(api);
    } else {
      served = api;
    }
    show();
  }

  private void stop(ServedApi api) {
    context
        .tasks()
        .run(
            "stop the Lambda API",
            () -> {
              api.close();
              return true;
            },
            done -> {},
            failure -> context.state().notices().add(Failures.notice(failure)));
  }

  private void toggle() {
    ServedApi running = served;
    boolean on = running == null && !starting;
    ApiSettings.setEnabled(settings, on);
    if (on && trusted()) {
      start();
    } else if (running != null) {
      served = null;
      stop(running);
    }
    show();
  }

  private void copy() {
    ServedApi running = served;
    if (running != null) {
      ClipboardContent content = new ClipboardContent();
      content.putString(running.url());
      Clipboard.getSystemClipboard().setContent(content);
    }
  }

  private void show() {
    ServedApi running = served;
    String text =
        running == null
            ? texts.get(starting ? "api.starting" : "api.off")
            : texts.get("api.on", running.url().substring("http://".length()));
    button.setText(text);
    button.setAccessibleText(text);
    button.setTooltip(new Tooltip(note(running)));
    copy.setDisable(running == null);
    toggle.setDisable(!trusted());
    toggle.setText(texts.get(running == null && !starting ? "api.turn.on" : "api.turn.off"));
  }

  private String note(@Nullable ServedApi running) {
    if (!trusted()) {
      return texts.get("api.note.restricted");
    }
    return texts.get(running == null ? "api.note.off" : "api.note");
  }

  @Override
  public void close() {
    closed = true;
    subscriptions.close();
    changes.close();
    ServedApi running = served;
    if (running != null) {
      served = null;
      running.close();
    }
  }
}
