package dev.hearth.app.ui.shell;

import dev.hearth.app.action.Action;
import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.ui.kit.ThemeMode;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.resources.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;

/** The window's own commands, in one place so that their texts and keys can be seen together. */
final class ShellActions {
  static final ObservableBooleanValue ALWAYS =
      new ReadOnlyBooleanWrapper(true).getReadOnlyProperty();

  private final ActionRegistry registry;
  private final Texts texts = Texts.of("actions");

  ShellActions(ActionRegistry registry) {
    this.registry = registry;
  }

  /** Registers a command that can always run; its text stands in {@code actions.properties}. */
  void add(String id, String icon, String key, Runnable handler) {
    add(id, icon, key, ALWAYS, handler);
  }

  /** Registers a command; its text stands in {@code actions.properties}. */
  void add(String id, String icon, String key, ObservableBooleanValue enabled, Runnable handler) {
    registry.register(new Action(id, texts.get(id), icon, key, enabled, handler));
  }

  /** Registers a command with a text of its own. */
  void addNamed(String id, String text, String icon, String key, Runnable handler) {
    registry.register(new Action(id, text, icon, key, ALWAYS, handler));
  }

  /** A text of {@code actions.properties}. */
  String text(String key, Object... arguments) {
    return texts.get(key, arguments);
  }

  /** Commands that need no project. */
  void addGlobal(ProjectFlow projects, Themes themes, Runnable quit) {
    add("project.new", "file-plus", "", projects::askAndCreate);
    add("project.open", "folder", "Ctrl+O", projects::askAndOpen);
    add("project.sample", "gift", "", projects::openSample);
    add("theme.system", "monitor", "", () -> themes.modeProperty().set(ThemeMode.SYSTEM));
    add("theme.light", "sun", "", () -> themes.modeProperty().set(ThemeMode.LIGHT));
    add("theme.dark", "moon", "", () -> themes.modeProperty().set(ThemeMode.DARK));
    add(
        "font.larger",
        "zoom-in",
        "Ctrl+Equals",
        Bindings.lessThan(themes.fontSizeProperty(), Themes.MAX_FONT_SIZE),
        () -> themes.fontSizeProperty().set(themes.fontSizeProperty().get() + 1));
    add(
        "font.smaller",
        "zoom-out",
        "Ctrl+Minus",
        Bindings.greaterThan(themes.fontSizeProperty(), Themes.MIN_FONT_SIZE),
        () -> themes.fontSizeProperty().set(themes.fontSizeProperty().get() - 1));
    add(
        "font.reset",
        "type",
        "Ctrl+0",
        () -> themes.fontSizeProperty().set(Themes.DEFAULT_FONT_SIZE));
    add("quit", "log-out", "Ctrl+Q", quit);
  }
}
