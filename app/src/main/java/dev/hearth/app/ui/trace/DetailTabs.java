package dev.hearth.app.ui.trace;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.LogEntry;
import dev.hearth.app.project.TraceSpan;
import dev.hearth.app.ui.kit.TabStrip;
import dev.hearth.app.ui.kit.ThemeColors;
import dev.hearth.app.ui.kit.time.MemoryChart;
import dev.hearth.app.ui.kit.time.Waterfall;
import dev.hearth.resources.Texts;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** The right side of the inspector: one invocation behind tabs. */
final class DetailTabs extends BorderPane implements AutoCloseable {
  private final Texts texts;
  private final TabStrip tabs = new TabStrip();
  private final StackPane content = new StackPane();
  private final StringProperty logCount = new SimpleStringProperty("");
  private final Waterfall waterfall;
  private final MemoryChart memory;
  private final LogLines shortLog;
  private final LogLines log;
  private final BodyPane response;
  private final BodyPane event;
  private final ImportsPane imports;
  private final EnvironmentPane environment;
  private final ComparePane compare;
  private final InspectorViewModel viewModel;
  private final Label message = new Label();
  private final Node trace;

  DetailTabs(InspectorViewModel viewModel, ThemeColors colors) {
    texts = viewModel.texts();
    waterfall = new Waterfall(colors);
    memory = new MemoryChart(colors);
    shortLog = new LogLines(texts);
    log = new LogLines(texts);
    response = new BodyPane(texts.get("response.none"));
    event = new BodyPane(texts.get("event.none"));
    imports = new ImportsPane(viewModel);
    environment = new EnvironmentPane(viewModel);
    compare = new ComparePane(viewModel, colors);
    this.viewModel = viewModel;
    message.getStyleClass().addAll("muted", "detail-message");
    message.setWrapText(true);
    trace = traceNode();
    setMinSize(0, 0);
    content.setMinSize(0, 0);
    for (String id :
        List.of("trace", "response", "event", "logs", "imports", "environment", "compare")) {
      tabs.add(id, texts.get("tab." + id));
    }
    tabs.setBadge("logs", logCount);
    tabs.selectedProperty().subscribe(id -> front());
    setTop(tabs);
    setCenter(content);
  }

  private Node traceNode() {
    BorderPane top = new BorderPane(waterfall.scrolled());
    top.setTop(message);
    SplitPane lower =
        new SplitPane(section("section.memory", memory), section("section.log", shortLog));
    lower.setDividerPositions(0.5);
    SplitPane split = new SplitPane(top, lower);
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(0.5);
    return split;
  }

  private Node section(String title, Node body) {
    Label label = new Label(texts.get(title).toUpperCase());
    label.getStyleClass().add("section-title");
    HBox header = new HBox(label);
    header.getStyleClass().add("section-header");
    BorderPane pane = new BorderPane(body);
    pane.setTop(header);
    pane.setMinSize(0, 0);
    return pane;
  }

  private void front() {
    Node shown =
        switch (String.valueOf(tabs.selectedProperty().get())) {
          case "response" -> response.node();
          case "event" -> event.node();
          case "logs" -> log;
          case "imports" -> imports;
          case "environment" -> environment;
          case "compare" -> compare;
          default -> trace;
        };
    content.getChildren().setAll(shown);
  }

  /** Brings a tab to the front, e.g. {@code logs}. */
  void select(String id) {
    tabs.select(id);
  }

  /**
   * @param detail null while it is being read or when it can't be
   * @param problem why it can't be read; empty otherwise
   */
  void show(@Nullable InvocationRecord record, @Nullable InvocationDetail detail, String problem) {
    List<TraceSpan> spans = detail == null ? List.of() : detail.waterfall();
    List<LogEntry> lines = detail == null ? List.of() : detail.log();
    waterfall.setSpans(spans);
    memory.show(record, detail);
    shortLog.show(lines);
    log.show(lines);
    logCount.set(lines.isEmpty() ? "" : String.valueOf(lines.size()));
    response.show(detail == null ? new byte[0] : detail.response());
    event.show(detail == null ? new byte[0] : detail.event());
    imports.show(detail, viewModel.canReplay());
    environment.show(record);
    viewModel.comparison().compareVersions(record);
    compare.show(detail);
    String text = message(record, detail, problem);
    message.setText(text);
    message.setVisible(!text.isEmpty());
    message.setManaged(!text.isEmpty());
  }

  private String message(
      @Nullable InvocationRecord record, @Nullable InvocationDetail detail, String problem) {
    if (record == null || !problem.isEmpty()) {
      return problem;
    }
    if (!record.status().ended()) {
      return texts.get("running");
    }
    if (detail != null && record.startedAt() <= 0) {
      return texts.get("never.ran");
    }
    return detail != null && detail.imports() != null ? texts.get("measured") : "";
  }

  @Override
  public void close() {
    response.close();
    event.close();
    compare.close();
  }
}
