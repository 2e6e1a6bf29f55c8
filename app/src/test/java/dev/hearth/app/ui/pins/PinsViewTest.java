package dev.hearth.app.ui.pins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.Pin;
import dev.hearth.app.state.Notice;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.SyntheticHistory;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.PanelContext;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinsViewTest extends FxTest {
  private final InMemorySession session = InMemorySession.sample();
  private final FakeDialogs dialogs = new FakeDialogs();
  private PanelContext context;
  private PinsViewModel viewModel;
  private PinsView view;

  @BeforeEach
  void fill() {
    new SyntheticHistory().fill(session);
  }

  private void open(boolean dark) {
    fx(
        () -> {
          context = TestContext.of(session, dialogs, dark);
          viewModel = new PinsViewModel(context);
          view = new PinsView(context, viewModel);
        });
  }

  private void pin(String... names) {
    List<InvocationRecord> calls = session.history().recent(50);
    for (int i = 0; i < names.length; i++) {
      session.pins().pin(calls.get(i).requestId(), names[i]);
    }
  }

  private void show() {
    Parent root = fxGet(() -> new BorderPane(view.node()));
    show(root, 1000, 260, true);
  }

  @AfterEach
  void close() {
    fx(view::close);
  }

  private Button button(String text) {
    return view.node().lookupAll(".button").stream()
        .filter(Button.class::isInstance)
        .map(Button.class::cast)
        .filter(b -> text.equals(b.getText()))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private TableView<PinsViewModel.Row> table() {
    return (TableView<PinsViewModel.Row>) view.node().lookup(".table-view");
  }

  @Test
  void saysHowToPinWhenThereIsNone() {
    open(true);
    show();
    assertThat(find(view.node(), ".empty-state .label", Label.class).getText())
        .contains("Pin as test");
    assertThat(fxGet(() -> button("Run all").isDisabled())).isTrue();
  }

  @Test
  void runsAllAndSaysWhichFailed() {
    pin("first", "second", "third");
    session.pins().failing("second");
    open(true);
    show();
    fx(() -> button("Run all").fire());
    settle();
    assertThat(fxGet(() -> List.copyOf(viewModel.rows())))
        .extracting(row -> row.pin().name(), PinsViewModel.Row::failed, PinsViewModel.Row::isDue)
        .containsExactly(
            tuple("first", false, false),
            tuple("second", true, false),
            tuple("third", false, false));
    assertThat(fxGet(() -> view.badge().orElseThrow().getValue())).isEqualTo("1");
  }

  @Test
  void aBudgetIsChangedAndDeletedPinsAreAskedFor() {
    pin("first", "second");
    open(true);
    show();
    fx(() -> viewModel.change(viewModel.rows().getFirst().pin(), Budget.DURATION, "1.5 s"));
    assertThat(session.pins().list())
        .filteredOn(pin -> pin.name().equals("first"))
        .extracting(Pin::mostNanos)
        .containsExactly(1_500_000_000L);
    fx(() -> viewModel.change(viewModel.rows().getFirst().pin(), Budget.MEMORY, "much"));
    assertThat(context.state().notices())
        .extracting(Notice::text)
        .containsExactly(
            "Memory \"much\" can't be read. Write e.g. 128 MB, or nothing for no limit.");
    dialogs.confirmNext(true);
    fx(
        () -> {
          table().getSelectionModel().clearAndSelect(0);
          button("Delete").fire();
        });
    assertThat(session.pins().list()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "DURATION, 250, 250000000",
    "DURATION, 1.5 s, 1500000000",
    "DURATION, '2,000 ms', 2000000000",
    "DURATION, '', 0",
    "DURATION, -1 ms, -1",
    "DURATION, 5 MB, -1",
    "MEMORY, 128 mb, 134217728",
    "MEMORY, 1GB, 1073741824",
    "COST, $0.0000005, 500000",
    "COST, 99999999999999, -1"
  })
  void budgetsAreReadAsPeopleWriteThem(Budget budget, String text, long limit) {
    open(true);
    assertThat(budget.parse(text)).isEqualTo(limit);
  }

  @Test
  void hasAPictureInBothThemes() {
    pin("first order of the day", "second", "third");
    session.pins().failing("second");
    String folder = System.getProperty("hearth.pictures");
    for (boolean dark : new boolean[] {true, false}) {
      open(dark);
      fx(() -> viewModel.run(session.pins().list()));
      var picture = Screenshots.render((Parent) view.node(), 1000, 220, dark);
      assertThat(picture.getWidth()).isEqualTo(1000);
      if (folder != null) {
        Screenshots.write(picture, Path.of(folder, "pins-" + (dark ? "dark" : "light") + ".png"));
      }
    }
  }
}
