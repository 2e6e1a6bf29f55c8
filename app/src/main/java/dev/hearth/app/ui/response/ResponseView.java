package dev.hearth.app.ui.response;

import dev.hearth.app.task.Pacer;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.EmptyState;
import dev.hearth.app.ui.kit.Panel;
import dev.hearth.app.ui.kit.TabStrip;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.app.ui.kit.code.CodeEditor;
import dev.hearth.app.ui.kit.code.lex.Language;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.language.SdkFetch;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.Subscription;

/** The response's nodes. */
final class ResponseView implements Panel {
  /** While somebody drags a splitter the answer is not laid out for every pixel. */
  private static final java.time.Duration RESIZED = java.time.Duration.ofMillis(150);

  private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

  private final ResponseViewModel viewModel;
  private final Texts texts = Texts.of("response");
  private final Texts sdkTexts = Texts.of("sdk");
  private final CodeEditor code = new CodeEditor(Language.JSON);
  private final Label status = new Label();
  private final HBox tools = new HBox();
  private final HBox cut = new HBox();
  private final Label cutText = new Label();
  private final Button showAll = new Button();
  private final ProgressBar busy = new ProgressBar();
  private final PauseTransition patience = new PauseTransition(Duration.seconds(1));
  private final StackPane root;
  private final EmptyState empty;
  private final BorderPane content = new BorderPane(code);
  private final Pacer resized = new Pacer(RESIZED, this::columnsChanged);
  private final Subscription subscription;

  ResponseView(ResponseViewModel viewModel) {
    this.viewModel = viewModel;
    code.setEditable(false);
    code.setLineNumbers(false);
    code.setWrapText(true);
    empty = new EmptyState(texts.get("empty"));
    busy.setMaxWidth(Double.MAX_VALUE);
    busy.getStyleClass().add("slim");
    busy.setVisible(false);
    busy.setAccessibleText(texts.get("waiting"));
    StackPane.setAlignment(busy, Pos.TOP_CENTER);
    cut.getStyleClass().add("cut-bar");
    showAll.setOnAction(e -> viewModel.showAll());
    cut.getChildren().addAll(cutText, showAll);
    root = new StackPane(content, empty, busy);
    root.getStyleClass().add("response");
    root.setMinSize(0, 0);
    patience.setOnFinished(e -> busy.setVisible(viewModel.shownProperty().get().waiting()));
    fillTools();
    code.columnsProperty().addListener((source, old, now) -> resized.trigger());
    subscription = viewModel.shownProperty().subscribe(this::show);
  }

  private void columnsChanged() {
    viewModel.setColumns(code.columnsProperty().get());
  }

  private void fillTools() {
    status.getStyleClass().add("response-status");
    status.setMinWidth(Region.USE_PREF_SIZE);
    ToggleButton raw = new ToggleButton(texts.get("raw"));
    raw.getStyleClass().addAll("flat", "small");
    raw.getStyleClass().add(TabStrip.OPTIONAL);
    raw.setTooltip(new Tooltip(texts.get("raw.tip")));
    raw.selectedProperty().bindBidirectional(viewModel.rawProperty());
    Button copy = Buttons.icon("copy", texts.get("copy"));
    copy.getStyleClass().add(TabStrip.OPTIONAL);
    copy.setOnAction(e -> copy());
    tools.setAlignment(Pos.CENTER_RIGHT);
    tools.setSpacing(4);
    tools.getChildren().addAll(status, raw, copy);
  }

  private void copy() {
    ClipboardContent clip = new ClipboardContent();
    clip.putString(viewModel.text());
    Clipboard.getSystemClipboard().setContent(clip);
  }

  private void show(ResponseViewModel.Shown shown) {
    boolean nothing = shown.equals(ResponseViewModel.Shown.NOTHING);
    empty.setVisible(nothing);
    content.setVisible(!nothing);
    tools.setVisible(!nothing);
    status.setText(shown.status());
    status.pseudoClassStateChanged(FAILED, shown.failed());
    code.setText(shown.text());
    content.setBottom(
        shown.missingSdk().<Node>map(this::sdkBar).orElse(shown.cutFrom() > 0 ? cut : null));
    cutText.setText(
        texts.get("shown", Units.bytes(shown.text().length()), Units.bytes(shown.cutFrom())));
    showAll.setText(texts.get("all", Units.bytes(shown.cutFrom())));
    if (shown.waiting()) {
      patience.playFromStart();
    } else {
      patience.stop();
      busy.setVisible(false);
    }
  }

  /** Says what is missing and offers to fetch it. */
  private Node sdkBar(SdkFetch.Missing missing) {
    Label what = new Label(sdkTexts.get("missing", missing.name()));
    what.setWrapText(true);
    Button fetch = new Button(sdkTexts.get("fetch"));
    fetch.setMinWidth(Region.USE_PREF_SIZE);
    fetch.setOnAction(
        event -> {
          fetch.setDisable(true);
          fetch.setText(sdkTexts.get("fetching"));
          viewModel.fetchSdk(
              () -> {
                fetch.setDisable(false);
                fetch.setText(sdkTexts.get("fetch"));
              });
        });
    VBox bar = new VBox(what, fetch);
    bar.getStyleClass().addAll("cut-bar", "sdk-bar");
    return bar;
  }

  @Override
  public Node node() {
    return root;
  }

  @Override
  public Optional<Node> tools() {
    return Optional.of(tools);
  }

  @Override
  public void focus() {
    code.focus();
  }

  @Override
  public void close() {
    patience.stop();
    resized.close();
    subscription.unsubscribe();
    viewModel.close();
    code.close();
  }
}
