package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.MapSettings;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.util.Map;
import javafx.scene.control.MenuButton;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.Test;

class ApiControlTest extends FxTest {
  private final InMemorySession session = InMemorySession.sample();
  private final MapSettings settings = new MapSettings();

  private ApiControl control(PanelContext context) {
    return fxGet(
        () -> {
          ApiControl made = new ApiControl(context, settings);
          made.register(new ShellActions(context.actions()));
          return made;
        });
  }

  @Test
  void servesWhileTheWindowIsOpenAndShowsWhere() {
    PanelContext context = fxGet(() -> TestContext.of(session, new FakeDialogs()));
    ApiControl control = control(context);
    MenuButton button = (MenuButton) control.node();
    assertThat(session.servedPort()).isEqualTo(9001);
    assertThat(button.getText()).isEqualTo("API 127.0.0.1:9001");
    fx(() -> context.actions().fire("api.copy"));
    assertThat(fxGet(() -> Clipboard.getSystemClipboard().getString()))
        .isEqualTo("http://127.0.0.1:9001");
    fx(control::close);
    assertThat(session.servedPort()).isEqualTo(-1);
  }

  @Test
  void isTurnedOffAndOnAndRemembersIt() {
    PanelContext context = fxGet(() -> TestContext.of(session, new FakeDialogs()));
    ApiControl control = control(context);
    MenuButton button = (MenuButton) control.node();
    fx(() -> context.actions().fire("api.toggle"));
    assertThat(session.servedPort()).isEqualTo(-1);
    assertThat(button.getText()).isEqualTo("API off");
    fx(control::close);
    ApiControl again = control(fxGet(() -> TestContext.of(session, new FakeDialogs())));
    assertThat(session.servedPort()).isEqualTo(-1);
    fx(() -> ((MenuButton) again.node()).getItems().getLast().fire());
    assertThat(session.servedPort()).isEqualTo(9001);
    fx(again::close);
  }

  @Test
  void showsAtOnceWhatTheApiMade() {
    PanelContext context = fxGet(() -> TestContext.of(session, new FakeDialogs()));
    ApiControl control = control(context);
    session
        .functions()
        .create(
            FunctionConfiguration.of("by-api", RuntimeIdentifier.parse("python3.12"), "a.b"),
            new SourceLocation.InProject(),
            Map.of());
    fx(session.functions()::changedElsewhere);
    assertThat(context.state().functions()).anyMatch(f -> f.name().equals("by-api"));
    fx(control::close);
  }
}
