package dev.hearth.runtime.language;

/** The AWS SDK could not be fetched; the message says what the tool said and what to do. */
public final class SdkFetchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SdkFetchException(String message) {
    super(message);
  }
}
