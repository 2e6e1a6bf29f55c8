package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.testing.FxTest;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PanelStackTest extends FxTest {
  private final List<String> made = new ArrayList<>();
  private PanelStack stack;
  private Stage stage;

  @BeforeEach
  void make() {
    stack = fxGet(() -> new PanelStack(null, List.of(panel("a"), panel("b"), panel("c"))));
    stage = show((Parent) stack.node(), 400, 200, true);
  }

  @AfterEach
  void close() {
    fx(stage::hide);
    fx(stack::close);
  }

  private PanelContribution panel(String id) {
    return new PanelContribution(
        id,
        id.toUpperCase(),
        "code",
        PanelContribution.Region.TOOLS,
        0,
        context -> {
          made.add(id);
          return new Text(id);
        });
  }

  private List<String> shown() {
    return fxGet(
        () ->
            stack.node().lookupAll(".label").stream()
                .filter(Labeled.class::isInstance)
                .map(label -> ((Labeled) label).getText())
                .filter(text -> text.startsWith("panel"))
                .toList());
  }

  @Test
  void atFirstThereAreTheTabsOnly() {
    fx(() -> stack.select("b"));
    assertThat(made).isEmpty();
    assertThat(stack.node().lookupAll(".tab-button")).hasSize(3);
  }

  @Test
  void theOneInFrontIsMadeFirstThenTheOthers() {
    fx(() -> stack.select("b"));
    fx(stack::open);
    assertThat(made).containsExactly("b");
    assertThat(shown()).containsExactly("panel b");
    fx(() -> stack.others().forEach(Runnable::run));
    assertThat(made).containsExactly("b", "a", "c");
    assertThat(fxGet(() -> stack.node().lookupAll(".badge").size())).isEqualTo(3);
  }

  @Test
  void whoGoesThereDoesNotHaveToWait() {
    fx(
        () -> {
          stack.select("c");
          stack.focus();
        });
    assertThat(made).containsExactly("c");
    assertThat(shown()).containsExactly("panel c");
  }

  private record Text(Label label) implements Panel {
    Text(String id) {
      this(new Label("panel " + id));
    }

    @Override
    public Node node() {
      return label;
    }

    @Override
    public Optional<ObservableValue<String>> badge() {
      return Optional.of(new ReadOnlyStringWrapper("1").getReadOnlyProperty());
    }

    @Override
    public void close() {}
  }
}
