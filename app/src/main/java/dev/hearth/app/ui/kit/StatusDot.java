package dev.hearth.app.ui.kit;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.layout.Region;

/** The small mark in front of a function: warm, busy, failed or without an environment. */
public final class StatusDot extends Region {
  /** What the dot says; its colour comes from the style sheet. */
  public enum Status {
    IDLE,
    WARM,
    BUSY,
    ERROR,
    OK;

    private PseudoClass pseudoClass() {
      return PseudoClass.getPseudoClass(name().toLowerCase(Locale.ROOT));
    }
  }

  public StatusDot() {
    getStyleClass().add("status-dot");
    setStatus(Status.IDLE);
  }

  public void setStatus(Status status) {
    for (Status other : Status.values()) {
      pseudoClassStateChanged(other.pseudoClass(), other == status);
    }
  }
}
