package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.compare.LineDiff;
import dev.hearth.app.project.json.JsonText;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.Units;
import dev.hearth.app.ui.kit.time.Waterfall;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.event.LogStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The shown invocation beside another one: figures, response and log. */
final class ComparePane extends BorderPane {
  private final Texts texts;
  private final InspectorViewModel viewModel;
  private final GridPane figures = new GridPane();
  private final Label versions = new Label();
  private final Label none = new Label();
  private final ListView<LineDiff.Line> lines = new ListView<>();

  private final Waterfall otherSpans;
  private final Waterfall shownSpans;
  private final Label otherTitle = new Label();
  private final Label shownTitle = new Label();
  private final DistributionChart distribution;
  private final HBox top;
  private final SplitPane middle;
  private final Subscriptions subscriptions = new Subscriptions();
  private @Nullable InvocationDetail shown;

  ComparePane(InspectorViewModel viewModel, ThemeColors colors) {
    this.viewModel = viewModel;
    texts = viewModel.texts();
    otherSpans = new Waterfall(colors);
    shownSpans = new Waterfall(colors);
    distribution = new DistributionChart(colors, texts);
    VBox words = new VBox(figures, versions);
    words.getStyleClass().add("compare-words");
    top = new HBox(words, distribution);
    top.getStyleClass().add("compare-top");
    distribution.getStyleClass().add("distribution");
    GroupFields fields =
        new GroupFields(
            texts,
            (before, after) ->
                viewModel
                    .comparison()
                    .compareGroups(before, after, viewModel.detail().recordProperty().get()));
    setTop(new VBox(fields, top));
    HBox.setHgrow(distribution, Priority.ALWAYS);
    figures.setMinWidth(USE_PREF_SIZE);
    SplitPane spans = new SplitPane(titled(otherTitle, otherSpans), titled(shownTitle, shownSpans));
    middle = new SplitPane(spans, lines);
    middle.setOrientation(Orientation.VERTICAL);
    middle.setDividerPositions(0.55);
    subscriptions.later(viewModel.comparison().groupsProperty(), this::showDistribution);
    figures.getStyleClass().addAll("facts", "compare-figures");
    versions.getStyleClass().add("compare-sentence");
    versions.setWrapText(true);
    versions.textProperty().bind(viewModel.comparison().sentenceProperty());
    none.setText(texts.get("compare.none"));
    none.setWrapText(true);
    none.getStyleClass().addAll("muted", "detail-message");
    lines.setCellFactory(view -> new DiffCell());
    lines.setAccessibleText(texts.get("compare.lines"));
    lines.getStyleClass().add("compare-lines");
  }

  private static BorderPane titled(Label title, Waterfall waterfall) {
    title.getStyleClass().add("section-title");
    HBox header = new HBox(title);
    header.getStyleClass().add("section-header");
    BorderPane pane = new BorderPane(waterfall.scrolled());
    pane.setTop(header);
    pane.setMinSize(0, 0);
    return pane;
  }

  private void showDistribution() {
    InvocationDetail other = viewModel.comparison().otherProperty().get();
    InvocationDetail now = shown;
    List<ComparisonModel.Group> groups = viewModel.comparison().groupsProperty().get();
    distribution.setVisible(!groups.isEmpty());
    distribution.setManaged(!groups.isEmpty() || other != null);
    if (other != null && now != null) {
      distribution.show(groups, other.record().durationNanos(), now.record().durationNanos());
    } else {
      distribution.show(groups);
    }
  }

  void show(@Nullable InvocationDetail next) {
    shown = next;
    InvocationDetail other = viewModel.comparison().otherProperty().get();
    if (next == null || other == null) {
      figures.getChildren().clear();
      showDistribution();
      setCenter(none);
      return;
    }
    figures(other.record(), next.record());
    List<LineDiff.Line> all = new ArrayList<>();
    all.addAll(diff(response(other), response(next)));
    all.addAll(diff(log(other), log(next)));
    lines.getItems().setAll(all);
    otherSpans.setSpans(other.spans());
    shownSpans.setSpans(next.spans());
    otherTitle.setText(title(other));
    shownTitle.setText(title(next));
    showDistribution();
    setCenter(middle);
  }

  private String title(InvocationDetail detail) {
    return texts
        .get(
            "compare.side",
            InvocationCell.time(detail.record().queuedAt()),
            String.valueOf(detail.record().sourceVersion()))
        .toUpperCase();
  }

  void close() {
    subscriptions.close();
  }

  private void figures(InvocationRecord other, InvocationRecord shown) {
    figures.getChildren().clear();
    row(
        "compare.time",
        InvocationCell.time(other.queuedAt()),
        InvocationCell.time(shown.queuedAt()),
        "");
    row("figure.code", "v" + other.sourceVersion(), "v" + shown.sourceVersion(), "");
    row("figure.start", start(other), start(shown), "");
    number("figure.init", other.initNanos(), shown.initNanos(), Units::duration);
    number("figure.duration", other.durationNanos(), shown.durationNanos(), Units::duration);
    number("figure.billed", other.billedMillis(), shown.billedMillis(), Units::billed);
    number("figure.memory", other.peakMemoryBytes(), shown.peakMemoryBytes(), Units::bytes);
    number("figure.cost", other.costPicoUsd(), shown.costPicoUsd(), Units::money);
  }

  private String start(InvocationRecord record) {
    return texts.get(record.coldStart() ? "start.cold" : "start.warm");
  }

  private void number(String key, long other, long shown, LongFunction<String> words) {
    boolean measured = other >= 0 && shown >= 0;
    String change =
        !measured || other == 0
            ? ""
            : "%+d %%".formatted(Math.round(100.0 * (shown - other) / other));
    row(
        key,
        other < 0 ? "\u2013" : words.apply(other),
        shown < 0 ? "\u2013" : words.apply(shown),
        change);
  }

  private void row(String key, String other, String shown, String change) {
    int row = figures.getRowCount();
    Label name = new Label(texts.get(key));
    name.getStyleClass().add("muted");
    Label second = new Label(shown);
    second.getStyleClass().add("strong");
    figures.addRow(row, name, new Label(other), second, new Label(change));
  }

  private static List<LineDiff.Line> diff(List<String> other, List<String> shown) {
    return LineDiff.of(other, shown);
  }

  private static List<String> response(InvocationDetail detail) {
    String text = new String(detail.response(), StandardCharsets.UTF_8);
    return JsonText.format(text) instanceof JsonText.Result.Formatted(String laidOut)
        ? laidOut.lines().toList()
        : text.lines().toList();
  }

  /** Without the platform's lines and the request's id, which always differ. */
  private static List<String> log(InvocationDetail detail) {
    return detail.log().stream()
        .filter(entry -> entry.stream() != LogStream.PLATFORM)
        .map(LogEntry::text)
        .map(text -> text.replace(detail.record().requestId(), "\u2026"))
        .toList();
  }

  /** A line with the sign of the side that has it. */
  private static final class DiffCell extends ListCell<LineDiff.Line> {
    @Override
    protected void updateItem(LineDiff.Line line, boolean empty) {
      super.updateItem(line, empty);
      getStyleClass().removeAll("diff-first", "diff-second");
      if (empty || line == null) {
        setText(null);
        return;
      }
      switch (line.side()) {
        case BOTH -> setText("  " + line.text());
        case FIRST -> {
          setText("\u2212 " + line.text());
          getStyleClass().add("diff-first");
        }
        case SECOND -> {
          setText("+ " + line.text());
          getStyleClass().add("diff-second");
        }
      }
    }
  }
}
