package dev.hearth.app.ui.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.action.Action;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.state.OpenRequest;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.explorer.ExplorerRow.EventRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FileRow;
import dev.hearth.app.ui.explorer.ExplorerRow.FunctionRow;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.function.SnapStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Scene;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.BorderPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplorerTest extends FxTest {
  private final FakeDialogs dialogs = new FakeDialogs();
  private final List<String> fired = new ArrayList<>();
  private InMemorySession session;
  private WorkbenchState state;
  private Panel panel;
  private ListView<ExplorerRow> list;
  private Scene scene;

  @BeforeEach
  void open() {
    session = InMemorySession.sample();
    show();
  }

  @AfterEach
  void close() {
    fx(panel::close);
  }

  private void show() {
    PanelContext context = fxGet(() -> TestContext.of(session, dialogs));
    state = context.state();
    for (String id :
        List.of("function.new", "event.new", "invoke", "function.configure", "function.stop")) {
      fx(
          () ->
              context
                  .actions()
                  .register(
                      new Action(
                          id,
                          id,
                          "plus",
                          "",
                          new SimpleBooleanProperty(true),
                          () -> fired.add(id))));
    }
    panel = fxGet(() -> ExplorerPanel.contribution().factory().apply(context));
    scene = show(new BorderPane(panel.node()), 300, 700, true).getScene();
    @SuppressWarnings("unchecked")
    ListView<ExplorerRow> found = (ListView<ExplorerRow>) panel.node();
    list = found;
    select(function("orders-api"));
    fx(list::requestFocus);
  }

  private ExplorerRow function(String name) {
    return row(r -> r instanceof FunctionRow f && f.function().name().equals(name));
  }

  private ExplorerRow file(String path) {
    return row(r -> r instanceof FileRow f && f.path().equals(path));
  }

  private ExplorerRow event(String name) {
    return row(r -> r instanceof EventRow e && e.event().name().equals(name));
  }

  private ExplorerRow row(java.util.function.Predicate<ExplorerRow> wanted) {
    return fxGet(
        () -> list.getItems().stream().filter(wanted).findFirst().orElseThrow(AssertionError::new));
  }

  private List<String> paths() {
    return fxGet(
        () ->
            list.getItems().stream()
                .filter(FileRow.class::isInstance)
                .map(r -> ((FileRow) r).path())
                .toList());
  }

  private void select(ExplorerRow row) {
    fx(() -> list.getSelectionModel().select(row));
    settle();
  }

  private void press(String key) {
    key(scene, key);
  }

  private FunctionDefinition chosen() {
    return state.functionProperty().get();
  }

  @Test
  void enterChoosesAFunctionAndShowsItsFiles() {
    press("Enter");
    assertThat(chosen().name()).isEqualTo("orders-api");
    assertThat(paths()).contains("handler.py", "pricing.py");
    press("LEFT");
    assertThat(paths()).doesNotContain("handler.py");
    press("RIGHT");
    assertThat(paths()).contains("handler.py");
  }

  @Test
  void aClickOpensAFileAndChoosesAnEvent() {
    press("Enter");
    click(cell(file("pricing.py")));
    OpenRequest request = state.openRequestProperty().get();
    assertThat(request.path()).isEqualTo("pricing.py");
    click(cell(event("sqs")));
    assertThat(state.eventProperty().get().name()).isEqualTo("sqs");
  }

  private ListCell<?> cell(ExplorerRow row) {
    settle();
    return fxGet(
        () ->
            list.lookupAll(".list-cell").stream()
                .map(n -> (ListCell<?>) n)
                .filter(c -> row.equals(c.getItem()))
                .findFirst()
                .orElseThrow());
  }

  @Test
  void aFunctionIsRenamedAndKeepsTheRestOfItsConfiguration() {
    FunctionDefinition before = session.function("orders-api");
    session
        .functions()
        .update(
            before.withConfiguration(
                before.configuration().withSnapStart(SnapStart.PUBLISHED_VERSIONS)));
    fx(() -> state.functions().setAll(session.functions().list()));
    select(function("orders-api"));
    dialogs.answerNext("orders");
    press("F2");
    assertThat(session.function("orders").configuration().snapStart())
        .isEqualTo(SnapStart.PUBLISHED_VERSIONS);
    assertThat(dialogs.asked()).containsExactly("Rename function: Name (orders-api) [Rename]");
  }

  @Test
  void aNameThatIsTakenIsRefusedWithANotice() {
    dialogs.answerNext("resize-image");
    press("F2");
    assertThat(session.function("orders-api")).isNotNull();
    assertThat(state.notices()).singleElement().asString().contains("resize-image");
  }

  @Test
  void cancellingARenameOrADeleteChangesNothing() {
    press("F2");
    press("Delete");
    assertThat(dialogs.asked()).hasSize(2);
    assertThat(session.functions().list()).hasSize(4);
  }

  @Test
  void aFunctionIsDeletedAfterAsking() {
    dialogs.confirmNext(true);
    press("Delete");
    assertThat(session.functions().list())
        .extracting(FunctionDefinition::name)
        .doesNotContain("orders-api");
    assertThat(dialogs.asked().getFirst()).startsWith("Delete orders-api?");
  }

  @Test
  void filesAreMadeRenamedAndDeleted() {
    press("Enter");
    dialogs.answerNext("lib/util.py");
    menu(function("orders-api"), "New file…");
    assertThat(session.functions().read(chosen().id(), "lib/util.py")).isEmpty();
    assertThat(state.openRequestProperty().get().path()).isEqualTo("lib/util.py");

    select(file("pricing.py"));
    dialogs.answerNext("prices.py");
    press("F2");
    assertThat(paths()).contains("prices.py").doesNotContain("pricing.py");

    select(file("prices.py"));
    dialogs.confirmNext(true);
    press("Delete");
    assertThat(paths()).doesNotContain("prices.py");
  }

  private void menu(ExplorerRow row, String text) {
    fx(
        () -> {
          MenuItem item =
              ((ExplorerPanel) panel)
                  .items(row).stream()
                      .filter(i -> text.equals(i.getText()))
                      .findFirst()
                      .orElseThrow();
          item.fire();
        });
    settle();
  }

  @Test
  void eventsAreDuplicatedRenamedAndDeleted() {
    select(event("sqs"));
    dialogs.answerNext("queue");
    press("F2");
    assertThat(event("queue")).isNotNull();
    menu(event("queue"), "Duplicate");
    assertThat(state.events()).hasSize(5);
    select(event("queue"));
    dialogs.confirmNext(true);
    press("Delete");
    assertThat(state.events()).hasSize(4);
  }

  @Test
  void deletingALinkedFunctionSaysThatTheFolderStays() {
    session
        .functions()
        .create(
            FunctionConfiguration.of(
                "linked", RuntimeIdentifier.parse("python3.12"), "app.handler"),
            new SourceLocation.LinkedFolder(Path.of("/home/me/code")),
            Map.of("app.py", new byte[0]));
    fx(() -> state.functions().setAll(session.functions().list()));
    select(function("linked"));
    press("Enter");
    assertThat(paths()).contains("app.py");
    press("Delete");
    assertThat(dialogs.asked().getLast()).contains("folder on disk is not touched");
  }

  @Test
  void anEmptyProjectOffersToMakeSomething() {
    fx(panel::close);
    session = InMemorySession.empty();
    PanelContext context = fxGet(() -> TestContext.of(session, dialogs));
    fx(
        () -> {
          context.state().functions().clear();
          for (String id : List.of("function.new", "event.new")) {
            context
                .actions()
                .register(
                    new Action(
                        id, id, "plus", "", new SimpleBooleanProperty(true), () -> fired.add(id)));
          }
        });
    panel = fxGet(() -> ExplorerPanel.contribution().factory().apply(context));
    scene = show(new BorderPane(panel.node()), 300, 700, true).getScene();
    @SuppressWarnings("unchecked")
    ListView<ExplorerRow> found = (ListView<ExplorerRow>) panel.node();
    list = found;
    select(row(r -> r instanceof ExplorerRow.EmptyRow));
    fx(list::requestFocus);
    press("Enter");
    assertThat(fired).containsExactly("function.new");
  }
}
