package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.testing.FakeProjects;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustBannerTest extends FxTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingRunsUntilTheProjectIsTrusted(boolean dark) {
    FakeProjects projects = new FakeProjects();
    InMemorySession session = projects.sample();
    FunctionDefinition first = session.functions().list().getFirst();
    session
        .functions()
        .update(
            new FunctionDefinition(
                first.id(),
                first.configuration(),
                new SourceLocation.LinkedFolder(Path.of("/home/me/checkouts/shop"))));
    session.revokeTrust();
    try (AssembledWindow window = new AssembledWindow(projects, dark).open(Optional.empty())) {
      Node banner = find(window.window().root(), ".trust-banner", Node.class);
      assertThat(banner.isVisible()).isTrue();
      assertThat(fxGet(() -> banner.getLayoutBounds().getHeight())).isBetween(30.0, 120.0);
      assertThat(find(banner, ".muted", Label.class).getText())
          .contains(session.project().file().toString())
          .contains("functions (")
          .contains("/home/me/checkouts/shop");
      for (String id : new String[] {"invoke", "invoke.async", "burst", "api.toggle"}) {
        assertThat(window.window().actions().get(id).enabled().get()).as(id).isFalse();
      }
      Button invoke = find(window.window().root(), ".invoke-button", Button.class);
      assertThat(invoke.getAccessibleHelp()).contains("trust the project");
      window.fire("invoke");
      assertThat(window.state().invocations().rows()).isEmpty();
      assertThat(session.servedPort()).isEqualTo(-1);
      String pictures = System.getProperty("hearth.pictures");
      if (pictures != null) {
        Screenshots.write(
            Screenshots.snapshot(window.scene()),
            Path.of(pictures, "restricted-" + (dark ? "dark" : "light") + ".png"));
      }

      click(find(banner, ".button", Button.class));
      waitUntil("trusted", () -> window.state().trustedProperty().get());
      assertThat(session.trusted()).isTrue();
      assertThat(banner.isVisible()).isFalse();
      assertThat(invoke.getAccessibleHelp()).isNull();
      waitUntil("the API is served", () -> session.servedPort() > 0);
      window.fire("invoke");
      waitUntil("invoked", () -> window.state().totals().invocations() == 1);
    }
  }
}
