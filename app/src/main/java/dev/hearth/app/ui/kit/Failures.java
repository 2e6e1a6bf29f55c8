package dev.hearth.app.ui.kit;

import dev.hearth.app.service.HearthException;
import dev.hearth.app.state.Notice;
import dev.hearth.runtime.function.InvalidFunctionException;
import dev.hearth.runtime.language.SdkFetchException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a piece of work threw into a notice. Expected failures carry their own words; anything
 * else is a mistake in Hearth: it is logged with its trace and named as such.
 */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** An error notice for a failure. */
  public static Notice notice(Throwable failure) {
    return new Notice(Notice.Severity.ERROR, message(failure));
  }

  /** The words for a failure. */
  public static String message(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof HearthException
        || cause instanceof InvalidFunctionException
        || cause instanceof SdkFetchException) {
      return String.valueOf(cause.getMessage());
    }
    LOG.error("Unexpected failure", cause);
    String detail = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return "Hearth made a mistake ("
        + cause.getClass().getSimpleName()
        + detail
        + "). The log has the details.";
  }
}
