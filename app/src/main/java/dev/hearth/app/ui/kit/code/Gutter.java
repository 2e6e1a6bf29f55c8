package dev.hearth.app.ui.kit.code;

import java.util.List;
import java.util.function.IntFunction;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.fxmisc.richtext.model.PlainTextChange;
import org.reactfx.Subscription;

/**
 * The line numbers at the left. A line with a message shows it in a tooltip and as a dot beside the
 * number; the pieces of a long line share the number of the first.
 */
final class Gutter implements AutoCloseable {
  private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");
  private static final int MIN_DIGITS = 2;

  private final CodePane pane;
  private final Decorations decorations;
  private final Subscription subscription;
  private int[] numbers = {};
  private int digits = MIN_DIGITS;
  private boolean shown;

  Gutter(CodePane pane, Decorations decorations) {
    this.pane = pane;
    this.decorations = decorations;
    subscription = pane.plainTextChanges().subscribe(this::changed);
  }

  void show(boolean visible) {
    shown = visible;
    refresh();
  }

  /** Draws all numbers and marks anew. */
  void refresh() {
    IntFunction<Node> factory = this::cell;
    pane.setParagraphGraphicFactory(shown ? factory : null);
  }

  /** The number of the text's line, from 1, that a line of the control belongs to. */
  int numberOf(int paragraph) {
    if (!pane.folded()) {
      return paragraph + 1;
    }
    if (numbers.length != pane.count()) {
      renumber();
    }
    return numbers[Math.min(paragraph, numbers.length - 1)];
  }

  private void changed(PlainTextChange change) {
    if (change.getRemoved().indexOf('\n') < 0 && change.getInserted().indexOf('\n') < 0) {
      return;
    }
    numbers = new int[0];
    if (digitsNeeded() != digits) {
      digits = digitsNeeded();
      refresh();
    }
  }

  private int digitsNeeded() {
    return Math.max(MIN_DIGITS, String.valueOf(pane.count()).length());
  }

  private void renumber() {
    numbers = new int[pane.count()];
    int number = 0;
    boolean continues = false;
    for (int i = 0; i < numbers.length; i++) {
      number += continues ? 0 : 1;
      numbers[i] = number;
      continues = LongLines.continues(pane.line(i));
    }
  }

  private Node cell(int paragraph) {
    int number = numberOf(paragraph);
    boolean first = paragraph == 0 || numberOf(paragraph - 1) != number;
    String digitsOnly = first ? String.valueOf(number) : "";
    String text = " ".repeat(digitsNeeded() + 1 - digitsOnly.length()) + digitsOnly;
    List<String> messages =
        decorations.markers().stream()
            .filter(marker -> marker.line() == paragraph)
            .map(LineMarker::message)
            .toList();
    if (messages.isEmpty()) {
      return new NumberCell(text);
    }
    NumberCell marked = new NumberCell("●" + text.substring(1));
    marked.pseudoClassStateChanged(MARKED, true);
    Tooltip.install(marked, new Tooltip(String.join("\n", messages)));
    return marked;
  }

  /** A number in the middle of its line. Far cheaper than a label, and there is one per line. */
  private static final class NumberCell extends Region {
    private final Text text;

    NumberCell(String content) {
      getStyleClass().add("code-gutter");
      text = new Text(content);
      text.getStyleClass().add("text");
      getChildren().add(text);
    }

    @Override
    protected void layoutChildren() {
      double top = (getHeight() - text.getLayoutBounds().getHeight()) / 2;
      text.relocate(snappedLeftInset(), snapPositionY(top));
    }

    @Override
    protected double computePrefWidth(double height) {
      return snappedLeftInset() + text.getLayoutBounds().getWidth() + snappedRightInset();
    }

    @Override
    protected double computePrefHeight(double width) {
      return text.getLayoutBounds().getHeight();
    }
  }

  @Override
  public void close() {
    subscription.unsubscribe();
    pane.setParagraphGraphicFactory(null);
  }
}
