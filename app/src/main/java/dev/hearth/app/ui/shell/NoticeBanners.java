package dev.hearth.app.ui.shell;

import dev.hearth.app.state.Notice;
import dev.hearth.app.ui.kit.Buttons;
import dev.hearth.app.ui.kit.Icons;
import dev.hearth.app.ui.kit.Subscriptions;
import dev.hearth.resources.Texts;
import java.util.List;
import java.util.Locale;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The notices above the centre, the newest on top; each stays until it is dismissed. */
final class NoticeBanners implements AutoCloseable {
  /** More would leave no room for the work; the rest comes up as these are dismissed. */
  private static final int MOST = 3;

  private final VBox box = new VBox();
  private final Subscriptions subscriptions = new Subscriptions();
  private final Texts texts = Texts.of("shell");
  private final ObservableList<Notice> notices;

  NoticeBanners(ObservableList<Notice> notices) {
    this.notices = notices;
    box.getStyleClass().add("notices");
    subscriptions.now(notices, this::show);
  }

  Node node() {
    return box;
  }

  private void show() {
    List<Notice> newest = notices.reversed().stream().distinct().limit(MOST).toList();
    box.getChildren().setAll(newest.stream().map(this::banner).toList());
    long more = notices.stream().distinct().count() - newest.size();
    if (more > 0) {
      Label rest = new Label(texts.get("more.notices", more));
      rest.getStyleClass().addAll("muted", "more-notices");
      box.getChildren().add(rest);
    }
  }

  private Node banner(Notice notice) {
    Label text = new Label(notice.text());
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    HBox.setHgrow(text, Priority.ALWAYS);
    text.setMaxWidth(Double.MAX_VALUE);
    Button dismiss = Buttons.icon("x", texts.get("dismiss"));
    dismiss.setOnAction(event -> notices.removeIf(notice::equals));
    HBox banner = new HBox(Icons.of(icon(notice.severity())), text, dismiss);
    banner.setAlignment(Pos.TOP_LEFT);
    banner.getStyleClass().addAll("banner", notice.severity().name().toLowerCase(Locale.ROOT));
    return banner;
  }

  private static String icon(Notice.Severity severity) {
    return switch (severity) {
      case INFO -> "info";
      case WARNING -> "alert-triangle";
      case ERROR -> "alert-circle";
    };
  }

  @Override
  public void close() {
    subscriptions.close();
  }
}
