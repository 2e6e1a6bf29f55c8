package dev.hearth.app.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Collects what JavaFX complains about in style sheets, such as a colour that is looked up where no
 * parent defines it: a user would find it on the terminal, and the node in the wrong colour.
 */
final class StyleWarnings extends Handler {
  private static final int FRAMES = 100;

  /** Held here, because the log manager would let go of a logger that nobody holds. */
  private final Logger logger = Logger.getLogger("javafx.css");

  private final List<String> seen = new CopyOnWriteArrayList<>();

  StyleWarnings() {
    setFormatter(new SimpleFormatter());
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
      String where =
          Stream.of(new Throwable().getStackTrace())
              .limit(FRAMES)
              .map(StackTraceElement::toString)
              .collect(Collectors.joining("\n    "));
      seen.add(getFormatter().formatMessage(entry) + "\n    " + where);
    }
  }

  /** The complaints since the last call. */
  List<String> take() {
    List<String> all = List.copyOf(seen);
    seen.removeAll(all);
    return all;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
