package dev.hearth.app.service;

/**
 * The project's functions behind AWS's Lambda API on loopback, with the functions' own URLs; what
 * is served follows the project until this is closed.
 */
public interface ServedApi extends AutoCloseable {
  int port();

  /** What to give to {@code --endpoint-url}. */
  String url();

  @Override
  void close();
}
