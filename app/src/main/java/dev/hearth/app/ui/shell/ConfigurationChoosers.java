package dev.hearth.app.ui.shell;

import dev.hearth.app.action.Action;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.Architecture;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.jspecify.annotations.Nullable;

/** Memory, timeout and architecture of the selected function, in the top bar. */
final class ConfigurationChoosers {
  private static final int[] MEMORY = {128, 256, 512, 1024, 1769, 3008, 10_240};
  private static final int[] TIMEOUTS = {3, 10, 30, 60, 300, 900};

  private final PanelContext context;
  private final FunctionSettings settings;
  private final Texts texts;
  final Chooser memory;
  final Chooser timeout;
  final Chooser architecture;

  ConfigurationChoosers(PanelContext context, Texts texts, Subscriptions subscriptions) {
    this.context = context;
    this.texts = texts;
    settings = new FunctionSettings(context);
    memory = new Chooser(texts.get("memory"), this::memoryItems);
    timeout = new Chooser(texts.get("timeout"), this::timeoutItems);
    architecture = new Chooser(texts.get("architecture"), this::architectureItems);
    subscriptions.now(context.state().functionProperty(), this::show);
  }

  private void show() {
    FunctionConfiguration current = configuration();
    for (Chooser chooser : List.of(memory, timeout, architecture)) {
      chooser.setDisable(current == null);
    }
    if (current != null) {
      memory.setValue(Units.megabytes(current.memorySize()));
      timeout.setValue(current.timeout() + " s");
      architecture.setValue(current.architecture().id());
    } else {
      memory.setValue("–");
      timeout.setValue("–");
      architecture.setValue("–");
    }
  }

  private @Nullable FunctionConfiguration configuration() {
    FunctionDefinition function = context.state().functionProperty().get();
    return function == null ? null : function.configuration();
  }

  private List<MenuItem> memoryItems() {
    FunctionConfiguration current = configuration();
    if (current == null) {
      return List.of();
    }
    List<MenuItem> items = new ArrayList<>();
    numbers(MEMORY, current.memorySize())
        .forEach(
            mb ->
                items.add(
                    item(
                        Units.megabytes(mb),
                        mb == current.memorySize(),
                        c -> c.withMemorySize(mb))));
    return withOther(items);
  }

  private List<MenuItem> timeoutItems() {
    FunctionConfiguration current = configuration();
    if (current == null) {
      return List.of();
    }
    List<MenuItem> items = new ArrayList<>();
    numbers(TIMEOUTS, current.timeout())
        .forEach(s -> items.add(item(s + " s", s == current.timeout(), c -> c.withTimeout(s))));
    return withOther(items);
  }

  private List<MenuItem> architectureItems() {
    FunctionConfiguration current = configuration();
    if (current == null) {
      return List.of();
    }
    List<MenuItem> items = new ArrayList<>();
    for (Architecture one : Architecture.values()) {
      items.add(item(one.id(), one == current.architecture(), c -> c.withArchitecture(one)));
    }
    MenuItem note = new MenuItem(texts.get("architecture.note"));
    note.setDisable(true);
    items.add(new SeparatorMenuItem());
    items.add(note);
    return items;
  }

  /** The usual values and the one in force, in order. */
  private static IntStream numbers(int[] usual, int current) {
    return IntStream.concat(IntStream.of(usual), IntStream.of(current)).distinct().sorted();
  }

  private MenuItem item(String text, boolean chosen, UnaryOperator<FunctionConfiguration> change) {
    RadioMenuItem item = new RadioMenuItem(text);
    item.setSelected(chosen);
    item.setOnAction(event -> settings.change(change));
    return item;
  }

  private List<MenuItem> withOther(List<MenuItem> items) {
    Action configure = context.actions().get("function.configure");
    MenuItem other = Buttons.menuItem(configure);
    other.setText(texts.get("other.value"));
    items.add(new SeparatorMenuItem());
    items.add(other);
    return items;
  }
}
