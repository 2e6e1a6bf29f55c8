package dev.hearth.app.ui.kit.code;

/**
 * What is selected: from where the selection began to where the caret stands, in either direction;
 * both are the same when nothing is selected.
 */
public record Selected(Place anchor, Place caret) {
  public static Selected at(int line, int column) {
    Place place = new Place(line, column);
    return new Selected(place, place);
  }

  public boolean empty() {
    return anchor.equals(caret);
  }

  public Place start() {
    return anchor.compareTo(caret) < 0 ? anchor : caret;
  }

  public Place end() {
    return anchor.compareTo(caret) < 0 ? caret : anchor;
  }
}
