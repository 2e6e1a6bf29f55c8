package dev.hearth.app.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.state.Notice;
import dev.hearth.app.testing.FxTest;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoticeBannersTest extends FxTest {
  private final ObservableList<Notice> notices = FXCollections.observableArrayList();
  private NoticeBanners banners;

  @BeforeEach
  void open() {
    banners = fxGet(() -> new NoticeBanners(notices));
    show(fxGet(() -> new StackPane(banners.node())), 600, 300, true);
  }

  private List<String> texts() {
    return fxGet(
        () ->
            banners.node().lookupAll(".banner > .label").stream()
                .map(n -> ((Label) n).getText())
                .toList());
  }

  private void tell(Notice.Severity severity, String text) {
    fx(() -> notices.add(new Notice(severity, text)));
    settle();
  }

  @Test
  void theSameNoticeIsShownOnceAndDismissedWhole() {
    tell(Notice.Severity.ERROR, "The disk is full.");
    tell(Notice.Severity.ERROR, "The disk is full.");
    assertThat(texts()).containsExactly("The disk is full.");
    click(find(banners.node(), ".banner .button", Button.class));
    assertThat(notices).isEmpty();
    assertThat(texts()).isEmpty();
  }

  @Test
  void theNewestStandFirstAndTheRestIsCounted() {
    for (int i = 1; i <= 5; i++) {
      tell(Notice.Severity.WARNING, "Notice " + i);
    }
    assertThat(texts()).startsWith("Notice 5");
    Label more = find(banners.node(), ".more-notices", Label.class);
    assertThat(more.getText()).isEqualTo(5 - texts().size() + " more");
  }
}
