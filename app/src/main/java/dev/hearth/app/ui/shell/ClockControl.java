package dev.hearth.app.ui.shell;

import dev.hearth.app.task.Pacer;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.event.VirtualClock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;

/**
 * The virtual clock in the status bar: it pauses, steps and fast-forwards what waits for time, and
 * shows that time as soon as it is not the machine's.
 */
final class ClockControl implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Below this the clocks count as the same. */
  private static final long SAME_NANOS = 500_000_000L;

  private final VirtualClock clock;
  private final PanelContext context;
  private final Texts texts = Texts.of("shell");
  private final MenuButton button = new MenuButton();
  private final Subscriptions subscriptions = new Subscriptions();
  private final Pacer refresh = new Pacer(PERIOD, this::show);
  private final Map<String, Runnable> commands = new LinkedHashMap<>();

  ClockControl(PanelContext context) {
    this.context = context;
    clock = context.session().virtualClock();
    commands.put("clock.pause", () -> clock.setSpeed(0));
    commands.put("clock.normal", () -> clock.setSpeed(1));
    commands.put("clock.minutes", () -> clock.setSpeed(60));
    commands.put("clock.hours", () -> clock.setSpeed(3_600));
    commands.put("clock.next", () -> inBackground(clock::advanceToNext));
    commands.put("clock.minute", () -> advance(Duration.ofMinutes(1)));
    commands.put("clock.hour", () -> advance(Duration.ofHours(1)));
    button.getStyleClass().add("clock-control");
    button.setGraphic(Icons.of("clock"));
    button.setAccessibleText(texts.get("clock"));
    var changes = clock.onChange(() -> context.tasks().onFx(this::show));
    subscriptions.onClose(changes::close);
    show();
  }

  /** Makes each command known to the palette and puts it into the menu. */
  void register(ShellActions actions) {
    commands.forEach(
        (id, command) -> {
          actions.add(id, "clock", "", command);
          MenuItem item = new MenuItem(actions.text(id));
          item.setOnAction(event -> command.run());
          if (id.equals("clock.next")) {
            button.getItems().add(new SeparatorMenuItem());
          }
          button.getItems().add(item);
        });
  }

  private void advance(Duration by) {
    inBackground(
        () -> {
          clock.advance(by);
          return true;
        });
  }

  /** What becomes due may write to the project. */
  private void inBackground(java.util.concurrent.Callable<Boolean> move) {
    context.tasks().run("move the clock", move, moved -> show(), failure -> show());
  }

  Node node() {
    return button;
  }

  private void show() {
    long ahead = clock.aheadNanos();
    int speed = clock.speed();
    boolean same = Math.abs(ahead) < SAME_NANOS;
    String time = TIME.format(clock.now().atZone(ZoneId.systemDefault()));
    String text = "";
    if (speed == 0) {
      text = texts.get("clock.paused", time);
    } else if (speed > 1) {
      text = texts.get("clock.fast", time, Units.count(speed));
    } else if (!same) {
      text = texts.get(ahead > 0 ? "clock.ahead" : "clock.behind", time, distance(ahead));
    }
    if (!text.equals(button.getText())) {
      button.setText(text);
      button.setAccessibleText(text.isEmpty() ? texts.get("clock") : text);
      button.setTooltip(new Tooltip(texts.get(text.isEmpty() ? "clock.note" : "clock.differs")));
    }
    if (speed > 0 && !text.isEmpty()) {
      refresh.trigger();
    }
  }

  private static String distance(long nanos) {
    return Units.duration(Math.round(Math.abs(nanos) / 1e9) * 1_000_000_000L);
  }

  @Override
  public void close() {
    subscriptions.close();
    refresh.close();
  }
}
