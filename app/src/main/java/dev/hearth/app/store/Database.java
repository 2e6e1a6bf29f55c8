package dev.hearth.app.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open project file: one connection that writes, used by one thread at a time, and a few that
 * read beside it (WAL mode lets them). Other processes may have the same file open; a lock of
 * theirs is waited for up to {@link #BUSY_MILLIS}.
 */
public final class Database implements AutoCloseable {
  static final int BUSY_MILLIS = 5_000;
  private static final int IDLE_READERS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** Work on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(Sql sql) throws SQLException;
  }

  /** Opens another connection that only reads. */
  @FunctionalInterface
  interface Connector {
    Sql open() throws SQLException;
  }

  private final Path file;
  private final boolean readOnly;
  private final Sql writer;
  private final Connector readerConnector;
  private final ReentrantLock writeLock = new ReentrantLock();
  private final ConcurrentLinkedDeque<Sql> readers = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param writer may only be able to read when {@code readOnly}
   */
  Database(Path file, boolean readOnly, Sql writer, Connector readerConnector) {
    this.file = file;
    this.readOnly = readOnly;
    this.writer = writer;
    this.readerConnector = readerConnector;
  }

  public Path file() {
    return file;
  }

  /** Whether this file can't be written here. */
  public boolean readOnly() {
    return readOnly;
  }

  /**
   * Runs one transaction. It survives the death of this process; the machine's own death may undo
   * the last ones.
   *
   * @throws StoreException when it failed; nothing of it is kept
   */
  <T> T write(Work<T> work) {
    return locked(false, work);
  }

  /** Runs one transaction that is on the disk when this returns. */
  <T> T writeDurably(Work<T> work) {
    return locked(true, work);
  }

  private <T> T locked(boolean durable, Work<T> work) {
    writeLock.lock();
    try {
      return transaction(durable, work);
    } catch (SQLException e) {
      throw Failures.translate(file, e);
    } finally {
      writeLock.unlock();
    }
  }

  /** As {@link #write}, for callers that tell failures apart by SQLite's codes. */
  <T> T writeOrThrow(Work<T> work) throws SQLException {
    writeLock.lock();
    try {
      return transaction(false, work);
    } finally {
      writeLock.unlock();
    }
  }

  private <T> T transaction(boolean durable, Work<T> work) throws SQLException {
    if (closed.get()) {
      throw new SQLException("the project is closed");
    }
    if (readOnly) {
      throw readOnlyFailure();
    }
    if (durable) {
      writer.execute("PRAGMA synchronous = FULL");
    }
    try {
      return begunAndCommitted(work);
    } catch (SQLException | RuntimeException e) {
      rollBack();
      throw e;
    } finally {
      if (durable) {
        writer.execute("PRAGMA synchronous = NORMAL");
      }
    }
  }

  private <T> T begunAndCommitted(Work<T> work) throws SQLException {
    writer.update("BEGIN IMMEDIATE");
    T result = work.run(writer);
    writer.update("COMMIT");
    return result;
  }

  private void rollBack() {
    try {
      writer.forgetStatements();
      writer.execute("ROLLBACK");
    } catch (SQLException e) {
      LOG.debug("nothing to roll back: it had not begun, or SQLite did it by itself", e);
    }
  }

  private StoreException readOnlyFailure() {
    return new StoreException(
        StoreException.Reason.READ_ONLY,
        "Project %s is open read-only. Make the file and its folder writable, or copy the project to another folder."
            .formatted(file));
  }

  /** Runs work that only reads, beside a writer. */
  <T> T read(Work<T> work) {
    try {
      Sql reader = readers.poll();
      if (reader == null) {
        if (closed.get()) {
          throw new SQLException("the project is closed");
        }
        reader = readerConnector.open();
      }
      boolean healthy = false;
      try {
        T result = work.run(reader);
        healthy = true;
        return result;
      } finally {
        release(reader, healthy);
      }
    } catch (SQLException e) {
      throw Failures.translate(file, e);
    }
  }

  private void release(Sql reader, boolean healthy) throws SQLException {
    if (!healthy || closed.get() || readers.size() >= IDLE_READERS) {
      reader.close();
    } else {
      readers.push(reader);
    }
  }

  /** Moves what the log holds into the file itself and closes all connections. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    writeLock.lock();
    try {
      for (Sql reader = readers.poll(); reader != null; reader = readers.poll()) {
        reader.close();
      }
      if (!readOnly) {
        writer.execute("PRAGMA busy_timeout = 0");
        checkpoint();
      }
      writer.close();
    } catch (SQLException e) {
      throw Failures.translate(file, e);
    } finally {
      writeLock.unlock();
    }
  }

  private void checkpoint() {
    try {
      writer.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      LOG.debug("another process has {} open and will checkpoint it", file, e);
    }
  }
}
