package dev.hearth.app.ui.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.TestEvent;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.PanelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventViewModelTest extends FxTest {
  private final InMemorySession session = InMemorySession.sample();
  private PanelContext context;
  private EventViewModel viewModel;

  @BeforeEach
  void open() {
    fx(
        () -> {
          context = TestContext.of(session, new FakeDialogs());
          viewModel = new EventViewModel(context);
        });
  }

  @AfterEach
  void close() {
    fx(() -> viewModel.close());
  }

  private String storedText(TestEvent event) {
    return session.events().get(event.name()).json();
  }

  @Test
  void sendsWhatWasTypedAndStoresItBeforeAnInvocation() {
    TestEvent first = fxGet(() -> context.state().eventProperty().get());

    fx(() -> viewModel.edited("{\"typed\": 1}"));
    assertThat(fxGet(() -> context.state().eventProperty().get().json()))
        .isEqualTo("{\"typed\": 1}");
    assertThat(storedText(first)).isEqualTo(first.json());

    fx(() -> context.state().saveAll().join());
    assertThat(storedText(first)).isEqualTo("{\"typed\": 1}");
  }

  @Test
  void storesTheTextWhenAnotherEventIsChosen() {
    TestEvent first = fxGet(() -> context.state().eventProperty().get());
    fx(() -> viewModel.edited("{\"typed\": 2}"));

    fx(() -> context.state().eventProperty().set(context.state().events().getLast()));

    assertThat(storedText(first)).isEqualTo("{\"typed\": 2}");
  }

  @Test
  void saysWhereTheTextIsNoJson() {
    fx(() -> viewModel.edited("{\n  \"a\": x\n}"));
    assertThat(fxGet(() -> viewModel.problemProperty().get().line())).isEqualTo(2);
    assertThat(fxGet(() -> viewModel.formatted("{\"a\": x}"))).isEmpty();

    fx(() -> viewModel.edited("{}"));
    assertThat(fxGet(() -> viewModel.problemProperty().get())).isNull();
  }

  @Test
  void makesAnEventFromATemplate() {
    fx(() -> viewModel.create(viewModel.templates().getFirst()));

    assertThat(fxGet(() -> viewModel.shownProperty().get().json()))
        .isEqualTo(viewModel.templates().getFirst().json());
  }
}
