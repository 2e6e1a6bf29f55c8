package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.action.ActionRegistry;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.runtime.event.VirtualClock;
import javafx.scene.control.MenuButton;
import org.junit.jupiter.api.Test;

class ClockControlTest extends FxTest {
  private final InMemorySession session = InMemorySession.sample();
  private final VirtualClock clock = session.virtualClock();

  @Test
  void showsTheVirtualTimeOnlyWhenItDiffers() {
    PanelContext context = fxGet(() -> TestContext.of(session, new FakeDialogs()));
    ActionRegistry registry = context.actions();
    ClockControl control =
        fxGet(
            () -> {
              ClockControl made = new ClockControl(context);
              made.register(new ShellActions(registry));
              return made;
            });
    MenuButton button = (MenuButton) control.node();
    assertThat(button.getText()).isEmpty();
    assertThat(button.getAccessibleText()).isEqualTo("Virtual clock");

    fx(() -> registry.fire("clock.pause"));
    assertThat(clock.speed()).isZero();
    assertThat(button.getText()).endsWith(" paused");

    fx(() -> registry.fire("clock.hour"));
    fx(() -> registry.fire("clock.normal"));
    assertThat(button.getText()).endsWith(" ahead").contains("1 h");

    fx(() -> registry.fire("clock.hours"));
    assertThat(button.getText()).endsWith(" × 3,600");
    fx(control::close);
  }

  @Test
  void everyCommandStandsInTheMenuAndInThePalette() {
    PanelContext context = fxGet(() -> TestContext.of(session, new FakeDialogs()));
    fx(
        () -> {
          ClockControl control = new ClockControl(context);
          control.register(new ShellActions(context.actions()));
          assertThat(((MenuButton) control.node()).getItems()).hasSize(8);
          assertThat(context.actions().all())
              .extracting(action -> action.text())
              .contains("Clock: pause", "Clock: go to what is due next");
          control.close();
        });
  }

  @Test
  void aStepDoesWhatIsDueNext() {
    PanelContext context = fxGet(() -> TestContext.of(session, new FakeDialogs()));
    boolean[] done = new boolean[1];
    clock.setSpeed(0);
    clock.schedule(clock.nanos() + 3_600_000_000_000L, () -> done[0] = true);
    fx(
        () -> {
          ClockControl control = new ClockControl(context);
          control.register(new ShellActions(context.actions()));
          context.actions().fire("clock.next");
          control.close();
        });
    assertThat(done[0]).isTrue();
  }
}
