package dev.hearth.app.service;

import dev.hearth.app.store.Database;
import dev.hearth.app.store.ProjectIds;
import java.nio.file.Path;

/**
 * Whether the code of one open project may run. A project that came from elsewhere is restricted:
 * it can be read and edited, and every way to run something of it asks here first.
 */
final class ProjectTrust {
  private final TrustList list;
  private final ProjectIds ids;
  private final Path file;
  private final boolean readOnly;
  private volatile boolean trusted;
  private volatile String id;

  ProjectTrust(TrustList list, Database database) {
    this.list = list;
    this.ids = new ProjectIds(database);
    this.file = database.file();
    this.readOnly = database.readOnly();
    this.id = ids.id().orElse("");
    this.trusted = list.opened(id, file);
  }

  boolean trusted() {
    return trusted;
  }

  /** Trusts the project from now on. */
  void trust() {
    list.add(id(), file);
    trusted = true;
  }

  /** Trusts the project until it is closed. */
  void trustOnce() {
    trusted = true;
  }

  /** Restricts the project from its next opening on. */
  void revoke() {
    list.remove(id(), file);
  }

  private String id() {
    id = Trouble.translated(() -> readOnly ? ids.id().orElse("") : ids.idOrNew());
    return id;
  }

  /** The file has been closed: what is written into it from now on is not of ours. */
  void closed() {
    if (trusted) {
      list.closed(id, file);
    }
  }

  /**
   * @throws HearthException when nothing may run
   */
  void require() {
    if (!trusted) {
      throw HearthException.restricted(file);
    }
  }
}
