package dev.hearth.app.ui.shell;

import dev.hearth.app.action.Action;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.state.WorkbenchState;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.Failures;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.PanelContext;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Says above every view that the project is restricted, what would run, and lifts the restriction.
 * It can't be dismissed: it is why Invoke is disabled.
 */
final class TrustBanner implements AutoCloseable {
  static final String ACTION = "project.trust";

  private final PanelContext context;
  private final WorkbenchState state;
  private final Texts texts = Texts.of("shell");
  private final Subscriptions subscriptions = new Subscriptions();
  private final HBox box = new HBox();
  private final Label details = label("muted");

  TrustBanner(PanelContext context, ShellActions actions) {
    this.context = context;
    this.state = context.state();
    actions.add(ACTION, "shield", "", Bindings.not(state.trustedProperty()), this::trust);
    Action action = context.actions().get(ACTION);
    Label text = label("strong");
    text.setText(texts.get("restricted"));
    VBox words = new VBox(text, details);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button trust = Buttons.of(action);
    trust.getStyleClass().add("primary");
    trust.setMinWidth(Region.USE_PREF_SIZE);
    box.getChildren().addAll(Icons.of("shield"), words, trust);
    // On the box, not on the labels: their least height is asked for at their least width.
    box.setMinHeight(Region.USE_PREF_SIZE);
    box.setAlignment(Pos.CENTER_LEFT);
    box.getStyleClass().addAll("banner", "warning", "trust-banner");
    box.managedProperty().bind(box.visibleProperty());
    box.visibleProperty().bind(Bindings.not(state.trustedProperty()));
    subscriptions.now(state.functions(), this::describe);
  }

  private static Label label(String styleClass) {
    Label label = new Label();
    label.setWrapText(true);
    label.getStyleClass().add(styleClass);
    return label;
  }

  Node node() {
    return box;
  }

  /** What would run, so that nobody has to look for it. */
  private void describe() {
    List<FunctionDefinition> functions = state.functions();
    String families =
        functions.stream()
            .map(function -> function.configuration().runtime().id())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    String folders =
        functions.stream()
            .flatMap(
                function ->
                    function.source() instanceof SourceLocation.LinkedFolder(var folder)
                        ? Stream.of(folder.toString())
                        : Stream.empty())
            .distinct()
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder(texts.get("restricted.file", file()));
    if (!functions.isEmpty()) {
      text.append(' ').append(texts.get("restricted.functions", count(functions.size()), families));
    }
    if (!folders.isEmpty()) {
      text.append(' ').append(texts.get("restricted.folders", folders));
    }
    details.setText(text.toString());
  }

  private String count(int functions) {
    return Units.count(functions, texts.get("restricted.one"), texts.get("restricted.many"));
  }

  private String file() {
    return context.session().project().file().toString();
  }

  private void trust() {
    context
        .tasks()
        .run(
            "trust the project",
            () -> {
              context.session().trust();
              return true;
            },
            done -> state.trustedProperty().set(true),
            failure -> state.notices().add(Failures.notice(failure)));
  }

  @Override
  public void close() {
    subscriptions.close();
    box.visibleProperty().unbind();
  }
}
