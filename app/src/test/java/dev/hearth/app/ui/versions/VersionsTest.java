package dev.hearth.app.ui.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.PublishedVersion;
import dev.hearth.app.testing.FakeDialogs;
import dev.hearth.app.testing.FxTest;
import dev.hearth.app.testing.InMemorySession;
import dev.hearth.app.testing.Screenshots;
import dev.hearth.app.testing.TestContext;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Themes;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Parent;
import javafx.scene.control.ListCell;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

class VersionsTest extends FxTest {
  private final InMemorySession session = InMemorySession.sample();

  private PanelContext context() {
    return fxGet(() -> TestContext.of(session, new FakeDialogs()));
  }

  private VersionsViewModel model(PanelContext context) {
    return fxGet(() -> new VersionsViewModel(context, Texts.of("versions")));
  }

  private void edit(PanelContext context, String text) {
    FunctionDefinition function = context.state().functionProperty().get();
    String path = session.functions().files(function.id()).getFirst().path();
    session.functions().write(function.id(), path, text);
  }

  @Test
  void publishesComparesAndRollsBack() {
    PanelContext context = context();
    VersionsViewModel model = model(context);
    edit(context, "one\ntwo\nthree\n");
    fx(() -> model.publish("first"));
    edit(context, "one\n2\nthree\n");
    fx(() -> model.publish(""));
    assertThat(model.versions())
        .extracting(PublishedVersion::number)
        .containsExactly("$LATEST", "2", "1");
    fx(
        () -> {
          model.selectedProperty().set(model.versions().get(1));
          model.baseProperty().set(model.versions().get(2));
        });
    assertThat(model.diff())
        .extracting(DiffLine::shown)
        .endsWith("  one", "− two", "+ 2", "  three");
    assertThat(model.summaryProperty().get()).isEqualTo("From 1 to 2");
    fx(() -> model.point("live", "2"));
    assertThat(model.aliasesOf(model.versions().get(1))).isEqualTo("live");
    fx(() -> model.split(model.aliases().getFirst(), "1", 25));
    assertThat(model.aliasesOf(model.versions().get(1))).isEqualTo("live 75 %");
    assertThat(model.aliasesOf(model.versions().get(2))).isEqualTo("live 25 %");
    fx(model::rollBack);
    assertThat(model.aliases().getFirst().version()).isEqualTo("1");
    assertThat(model.aliases().getFirst().weights()).isEmpty();
    fx(model::rollBack);
    assertThat(model.aliases().getFirst().version()).isEqualTo("1");
    fx(model::close);
  }

  @Test
  void saysWhatIsWrongAndRecovers() {
    PanelContext context = context();
    session.versions().fail("The project is closed.");
    VersionsViewModel model = model(context);
    assertThat(model.problemProperty().get()).isEqualTo("The project is closed.");
    session.versions().fail(null);
    fx(model::refresh);
    assertThat(model.problemProperty().get()).isEmpty();
    session.versions().fail("An alias points to it.");
    fx(() -> model.delete(model.versions().getFirst()));
    assertThat(context.state().notices()).hasSize(1);
    assertThat(model.versions()).isNotEmpty();
    fx(model::close);
  }

  @Test
  void comparesLinesBetweenEqualEnds() {
    List<DiffLine> lines =
        VersionDiff.compare(List.of("a", "b", "c", "d"), List.of("a", "c", "x", "d"));
    assertThat(lines)
        .extracting(DiffLine::shown)
        .containsExactly("  a", "− b", "  c", "+ x", "  d");
    assertThat(VersionDiff.compare(List.of(), List.of("n")))
        .extracting(DiffLine::shown)
        .containsExactly("+ n");
  }

  @Test
  void aSecretThatChangedIsToldWithoutItsValues() {
    List<DiffLine> lines =
        VersionDiff.of(
            Texts.of("versions"), secret("old-key-1"), Map.of(), secret("new-key-2"), Map.of());

    assertThat(lines)
        .extracting(DiffLine::shown)
        .anyMatch(line -> line.contains("Secret API_KEY") && line.contains("another value"))
        .noneMatch(line -> line.contains("key-"));
    assertThat(
            VersionDiff.of(
                Texts.of("versions"), secret("same-key"), Map.of(), secret("same-key"), Map.of()))
        .isEmpty();
  }

  private static PublishedVersion secret(String value) {
    FunctionConfiguration configuration =
        FunctionConfiguration.of("fn", RuntimeIdentifier.parse("python3.12"), "app.handler")
            .withEnvironment(Map.of("API_KEY", value))
            .withSecrets(Set.of("API_KEY"));
    return new PublishedVersion("1", "", "", configuration, "", 0, List.of());
  }

  @Test
  void theViewOffersItsCommandsAndTheUrl() {
    PanelContext context = context();
    VersionsView view = fxGet(() -> new VersionsView(context));
    fx(() -> ((FakeDialogs) context.dialogs()).answerNext("first"));
    fx(() -> context.actions().fire("version.publish"));
    assertThat(session.versions().overview(name(context)).published()).hasSize(1);
    edit(context, "other\n");
    fx(() -> ((FakeDialogs) context.dialogs()).answerNext("second"));
    fx(() -> context.actions().fire("version.publish"));
    session.versions().putAlias(name(context), "live", "2", Map.of());
    session.versions().createUrl(name(context));
    fx(session.functions()::changedElsewhere);
    // $LATEST is chosen, which can't share calls with a version.
    assertThat(enabled(context, "version.alias.split")).isFalse();
    assertThat(enabled(context, "version.alias.move")).isTrue();
    fx(() -> choose(view, 1));
    assertThat(enabled(context, "version.alias.move")).isFalse();
    fx(() -> choose(view, 2));
    fx(() -> ((FakeDialogs) context.dialogs()).answerNext("25"));
    fx(() -> context.actions().fire("version.alias.split"));
    assertThat(session.versions().overview(name(context)).aliases().getFirst().weights())
        .containsEntry("1", 0.25);
    fx(() -> context.actions().fire("version.rollback"));
    assertThat(session.versions().overview(name(context)).aliases().getFirst().version())
        .isEqualTo("1");
    String pictures = System.getProperty("hearth.pictures");
    if (pictures != null) {
      for (boolean dark : new boolean[] {true, false}) {
        Parent root = fxGet(() -> new StackPane(view.node()));
        Screenshots.write(
            Screenshots.render(root, 1280, 320, dark),
            Path.of(pictures, dark ? "versions-dark.png" : "versions-light.png"));
      }
    }
    fx(view::close);
    assertThat(context.actions().find("version.publish")).isEmpty();
  }

  @Test
  void linesAreAsHighAsTheirTextAndLongNamesAreCut() {
    PanelContext context = context();
    VersionsViewModel model = model(context);
    fx(() -> model.publish("first"));
    fx(model::close);
    String name = "an-alias-with-a-name-that-is-longer-than-any-panel-for-aliases-can-be-wide";
    session.versions().putAlias(name(context), name, "1", Map.of());
    VersionsView view = fxGet(() -> new VersionsView(context));
    int size = Themes.MAX_FONT_SIZE;
    Screenshots.render(fxGet(() -> new StackPane(view.node())), 1024, 400, true, size);
    List<ListCell<?>> cells =
        fxGet(
            () ->
                view.node().lookupAll(".list-cell").stream()
                    .filter(node -> node instanceof ListCell<?> cell && !cell.isEmpty())
                    .<ListCell<?>>map(ListCell.class::cast)
                    .toList());
    assertThat(cells)
        .isNotEmpty()
        .allSatisfy(cell -> assertThat(cell.getHeight()).isGreaterThan(1.4 * size));
    ListCell<?> alias =
        cells.stream().filter(cell -> cell.getText().startsWith(name)).findFirst().orElseThrow();
    assertThat(alias.getWidth()).isLessThanOrEqualTo(alias.getListView().getWidth());
    assertThat(alias.getTooltip().getText()).isEqualTo(alias.getText());
    TableView<?> table = (TableView<?>) fxGet(() -> view.node().lookup(".table-view"));
    assertThat(table.getColumns().getFirst().getMinWidth()).isGreaterThan(5 * size);
    fx(view::close);
  }

  private boolean enabled(PanelContext context, String id) {
    return fxGet(() -> context.actions().get(id).enabled().get());
  }

  private static void choose(VersionsView view, int row) {
    SplitPane split = (SplitPane) ((BorderPane) view.node()).getCenter();
    ((TableView<?>) split.getItems().getFirst()).getSelectionModel().select(row);
  }

  private static String name(PanelContext context) {
    return context.state().functionProperty().get().name();
  }
}
