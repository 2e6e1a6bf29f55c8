package dev.hearth.app.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.InvocationStatus;
import dev.hearth.app.state.EditorDocument;
import dev.hearth.app.state.OpenRequest;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.code.CodeEditor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EditorPanelTest extends FxTest {
  private InMemorySession session;
  private PanelContext context;
  private WorkbenchState state;
  private Panel panel;
  private Scene scene;
  private FunctionDefinition function;

  @BeforeEach
  void open() {
    session = InMemorySession.sample();
    function = session.functions().list().getFirst();
    for (String name : List.of("a.py", "b.py", "c.py")) {
      session.functions().write(function.id(), name, "# " + name + "\n");
    }
    // As if files had been open before, so that none is opened by itself.
    session.settings().put("editor.open", "");
    show();
  }

  private void show() {
    context = fxGet(() -> TestContext.of(session, new FakeDialogs()));
    state = context.state();
    panel = fxGet(() -> EditorContribution.contribution().factory().apply(context));
    scene = show(new BorderPane(panel.node()), 800, 600, true).getScene();
  }

  @Test
  void saysWhatToDoWhenNothingIsOpen() {
    Button open = find(panel.node(), ".empty-state .button", Button.class);
    click(open);
    assertThat(state.documents()).hasSize(1);
    assertThat(scene.getFocusOwner()).isSameAs(editor().input());
  }

  @Test
  void opensOnRequestAtALineOnlyOnce() {
    session.functions().write(function.id(), "a.py", "1\n2\n3\n4\n");
    request("a.py", 3);
    request("a.py", 4);
    assertThat(state.documents()).hasSize(1);
    assertThat(fxGet(() -> editor().caretProperty().get().line())).isEqualTo(3);
  }

  @Test
  void savesOneSecondAfterTheLastKey() {
    request("a.py", 0);
    type(scene, "x = 1");
    assertThat(front().dirtyProperty().get()).isTrue();
    assertThat(stored("a.py")).isEqualTo("# a.py\n");
    waitUntil("saved", () -> !front().dirtyProperty().get());
    assertThat(stored("a.py")).isEqualTo("x = 1# a.py\n");
  }

  @Test
  void savesWhenTheFocusLeaves() {
    request("a.py", 0);
    type(scene, "x");
    fx(
        () -> {
          Button other = new Button();
          ((BorderPane) scene.getRoot()).setBottom(other);
          other.requestFocus();
        });
    assertThat(stored("a.py")).isEqualTo("x# a.py\n");
  }

  @Test
  void nothingCanBeTypedIntoAProjectThatCanNotBeWritten() {
    session.makeReadOnly();
    request("a.py", 0);
    type(scene, "x");
    assertThat(front().dirtyProperty().get()).isFalse();
    assertThat(front().text()).isEqualTo("# a.py\n");
  }

  @Test
  void savesBeforeACall() {
    request("a.py", 0);
    type(scene, "x");
    assertThat(fxGet(() -> state.saveAll().isDone())).isTrue();
    assertThat(stored("a.py")).isEqualTo("x# a.py\n");
  }

  @Test
  void aFailedSaveIsToldOnceKeepsTheTextAndIsTriedAgain() {
    request("a.py", 0);
    type(scene, "x");
    FunctionDefinition gone = function;
    session.functions().delete(gone.id());
    assertThat(fxGet(() -> state.saveAll().isCompletedExceptionally())).isTrue();
    fx(state::saveAll);
    assertThat(state.notices()).hasSize(1);
    assertThat(front().text()).isEqualTo("x# a.py\n");
    assertThat(front().dirtyProperty().get()).isTrue();
  }

  @Test
  void closesWithTheMiddleButtonAndReopens() {
    request("a.py", 0);
    request("b.py", 0);
    type(scene, "x");
    click(tab("b.py"), MouseButton.MIDDLE, 1);
    assertThat(stored("b.py")).isEqualTo("x# b.py\n");
    assertThat(state.documents()).extracting(EditorDocument::name).containsExactly("a.py");
    assertThat(front().name()).isEqualTo("a.py");
    fx(() -> context.actions().fire("file.reopen"));
    assertThat(front().name()).isEqualTo("b.py");
  }

  @Test
  void ctrlTabWalksBackThroughRecentFiles() {
    request("a.py", 0);
    request("b.py", 0);
    request("c.py", 0);
    fire("file.recent");
    assertThat(front().name()).isEqualTo("b.py");
    releaseCtrl();
    fire("file.recent");
    assertThat(front().name()).isEqualTo("c.py");
    fire("file.recent");
    assertThat(front().name()).isEqualTo("a.py");
    releaseCtrl();
    fire("file.recent");
    assertThat(front().name()).isEqualTo("b.py");
  }

  @Test
  void undoSurvivesAChangeOfTabs() {
    request("a.py", 0);
    type(scene, "x");
    request("b.py", 0);
    click(tab("a.py"));
    fx(() -> editor().focus());
    key(scene, "Ctrl+Z");
    assertThat(front().text()).isEqualTo("# a.py\n");
  }

  @Test
  void anOutsideChangeReloadsACleanFile() {
    request("a.py", 0);
    fx(() -> session.functions().changeOutside(function.id(), "a.py", "new\n"));
    assertThat(fxGet(() -> editor().text())).isEqualTo("new\n");
    assertThat(front().dirtyProperty().get()).isFalse();
  }

  @Test
  void anOutsideChangeOfADirtyFileAsks() {
    request("a.py", 0);
    type(scene, "mine");
    fx(() -> session.functions().changeOutside(function.id(), "a.py", "theirs\n"));
    fx(state::saveAll);
    assertThat(stored("a.py")).isEqualTo("theirs\n");
    fx(() -> find(panel.node(), "#conflict-reload", Button.class).fire());
    assertThat(fxGet(() -> editor().text())).isEqualTo("theirs\n");
    assertThat(panel.node().lookup("#conflict-reload")).isNull();

    type(scene, "mine");
    fx(() -> session.functions().changeOutside(function.id(), "a.py", "again\n"));
    fx(() -> find(panel.node(), "#conflict-keep", Button.class).fire());
    assertThat(stored("a.py")).isEqualTo(front().text()).contains("mine");
    assertThat(front().dirtyProperty().get()).isFalse();
  }

  @Test
  void remembersWhatWasOpen() {
    request("a.py", 0);
    request("b.py", 0);
    type(scene, "12");
    click(tab("a.py"));
    fx(panel::close);
    show();
    assertThat(state.documents()).extracting(EditorDocument::name).containsExactly("a.py", "b.py");
    assertThat(front().name()).isEqualTo("a.py");
    click(tab("b.py"));
    assertThat(fxGet(() -> editor().caretProperty().get().column())).isEqualTo(2);
  }

  @Test
  void leavesOutFilesThatAreGone() {
    request("a.py", 0);
    fx(panel::close);
    session.functions().deleteFile(function.id(), "a.py");
    show();
    assertThat(state.documents()).isEmpty();
    assertThat(state.notices()).isEmpty();
  }

  @Test
  void saysThatTheNextCallIsColdOnceTheSourceHasChanged() {
    request("a.py", 0);
    Label live = find(panel.node(), ".editor-status .ember", Label.class);
    assertThat(live.isVisible()).isFalse();
    type(scene, "x");
    assertThat(live.isVisible()).isTrue();
    key(scene, "Ctrl+Z");
    fx(state::saveAll);
    assertThat(live.isVisible()).isFalse();
  }

  @Test
  void marksTheLineAtWhichTheCallFailed() {
    request("a.py", 0);
    fx(() -> editor().setText("1\n2\n3\n"));
    InvocationRecord failed = record("r1", InvocationStatus.ERROR);
    String payload = "{\"stackTrace\": [\"File \\\"/var/task/a.py\\\", line 2, in handler\"]}";
    session
        .history()
        .add(
            new InvocationDetail(
                failed,
                new byte[0],
                payload.getBytes(StandardCharsets.UTF_8),
                List.of(),
                List.of(),
                List.of()));
    fx(() -> state.invocations().selectedProperty().set(failed));
    assertThat(fxGet(() -> editor().markers())).hasSize(1);
    assertThat(fxGet(() -> editor().markers().getFirst().line())).isEqualTo(1);
    fx(() -> state.invocations().selectedProperty().set(record("r2", InvocationStatus.OK)));
    assertThat(fxGet(() -> editor().markers())).isEmpty();
  }

  @Test
  void manyFilesGetAMenu() {
    for (int i = 0; i < 30; i++) {
      session.functions().write(function.id(), "file" + i + ".py", "");
      request("file" + i + ".py", 0);
    }
    settle();
    assertThat(find(panel.node(), ".editor-tabs > .icon-button", Button.class).isVisible())
        .isTrue();
    ToggleButton last = tab("file29.py");
    double right = fxGet(() -> last.localToScene(last.getBoundsInLocal()).getMaxX());
    assertThat(right).isLessThan(800);
  }

  @Test
  void closingThePanelLeavesNothingBehind() {
    request("a.py", 0);
    int actions = context.actions().all().size();
    fx(panel::close);
    assertThat(actions).isPositive();
    assertThat(context.actions().all()).isEmpty();
    assertThat(state.savers()).isEmpty();
    assertThat(session.functions().listeners()).isZero();
  }

  private InvocationRecord record(String id, InvocationStatus status) {
    return new InvocationRecord(
        id,
        function.id(),
        function.name(),
        1,
        "e1",
        status,
        "KeyError",
        false,
        1,
        1,
        0,
        1,
        1,
        128,
        1,
        1,
        1);
  }

  private void request(String path, int line) {
    fx(() -> state.openRequestProperty().set(new OpenRequest(function.id(), path, line)));
    settle();
  }

  private void fire(String action) {
    fx(() -> context.actions().fire(action));
    settle();
  }

  private void releaseCtrl() {
    fx(
        () ->
            scene
                .getFocusOwner()
                .fireEvent(
                    new KeyEvent(
                        KeyEvent.KEY_RELEASED,
                        "",
                        "",
                        KeyCode.CONTROL,
                        false,
                        false,
                        false,
                        false)));
  }

  private EditorDocument front() {
    return fxGet(() -> state.documentProperty().get());
  }

  private String stored(String path) {
    return session.functions().read(function.id(), path);
  }

  private CodeEditor editor() {
    return find(panel.node(), ".code-editor", CodeEditor.class);
  }

  private ToggleButton tab(String name) {
    return fxGet(
        () ->
            panel.node().lookupAll(".editor-tab").stream()
                .map(ToggleButton.class::cast)
                .filter(tab -> tab.getText().equals(name))
                .findFirst()
                .orElseThrow());
  }
}
