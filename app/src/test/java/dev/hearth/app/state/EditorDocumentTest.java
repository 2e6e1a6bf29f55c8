package dev.hearth.app.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EditorDocumentTest {
  private final EditorDocument document = new EditorDocument(1, "src/handler.py", "old");

  @Test
  void fetchesTheEditedTextOnceAndOnlyWhenAsked() {
    AtomicInteger fetched = new AtomicInteger();
    document.edited(
        () -> {
          fetched.incrementAndGet();
          return "new";
        });

    assertThat(fetched).hasValue(0);
    assertThat(document.text()).isEqualTo("new");
    assertThat(document.text()).isEqualTo("new");
    assertThat(fetched).hasValue(1);
    assertThat(document.dirtyProperty().get()).isTrue();
  }

  @Test
  void staysDirtyWhenTypedOnWhileItWasBeingSaved() {
    document.edited(() -> "one");
    String sent = document.text();
    document.edited(() -> "one two");
    document.saved(sent);

    assertThat(document.dirtyProperty().get()).isTrue();
    document.saved("one two");
    assertThat(document.dirtyProperty().get()).isFalse();
  }

  @Test
  void textFromElsewhereIsCleanWhenItIsWhatIsStored() {
    document.setText("other");
    assertThat(document.dirtyProperty().get()).isTrue();
    document.setText("old");
    assertThat(document.dirtyProperty().get()).isFalse();
    assertThat(document.name()).isEqualTo("handler.py");
  }
}
