package dev.hearth.app.store;

import dev.hearth.app.project.InvocationDetail;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the history: it gathers what happens for 100 ms and stores it in
 * transactions of up to 500 rows, so that thousands of invocations a second cost little. When the
 * disk fails, one notice is given, the newest rows are kept in memory and tried again.
 */
public final class HistoryWriter implements AutoCloseable {
  /** Where rows come from; called on the writer's thread only. */
  @FunctionalInterface
  public interface Source {
    /** Hands over everything that is waiting. */
    void drain(Consumer<HistoryWrite> sink);
  }

  static final int BATCH_ROWS = 500;
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Rows that are kept while the disk fails; older ones are lost. */
  static final int KEPT_ROWS = 5_000;

  private static final long KEPT_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);

  private final Database database;
  private final Source source;
  private final Consumer<String> notices;
  private final HistoryTable table;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition done = lock.newCondition();
  private final List<HistoryWrite> direct = new ArrayList<>();
  private volatile boolean dirty;
  private boolean hurry;
  private boolean closing;
  private long flushAsked;
  private long flushDone;
  private @Nullable Thread thread;

  // The rest belongs to the writer's thread.
  private List<HistoryWrite> pending = new ArrayList<>();
  private boolean failing;

  /**
   * @param notices told when writing fails, once until it works again, on the writer's thread
   */
  public HistoryWriter(Database database, Source source, Consumer<String> notices) {
    this.database = database;
    this.source = source;
    this.notices = notices;
    this.table = new HistoryTable(new ProcessSession());
  }

  /** There is something to drain; it is stored within 100 ms. Cheap when said again and again. */
  public void wake() {
    if (!dirty) {
      signal(false);
    }
  }

  /** There is much to drain: now. */
  public void wakeNow() {
    signal(true);
  }

  private void signal(boolean now) {
    lock.lock();
    try {
      dirty = true;
      hurry |= now;
      startThread();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Stores a row that does not come from the source. */
  public void put(HistoryWrite write) {
    lock.lock();
    try {
      direct.add(write);
    } finally {
      lock.unlock();
    }
    wake();
  }

  /** Returns when everything that was waiting is in the file, or could not be written. */
  public void flush() {
    lock.lock();
    try {
      if (thread == null && !dirty) {
        return;
      }
      long ticket = ++flushAsked;
      startThread();
      work.signal();
      while (flushDone < ticket && !closing) {
        done.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs work on the history's tables between two batches, with everything stored before. */
  <T> T exclusively(Database.Work<T> change) {
    flush();
    return database.write(
        sql -> {
          T result = change.run(sql);
          table.forget();
          return result;
        });
  }

  private void startThread() {
    if (thread == null && !closing) {
      thread = Thread.ofPlatform().name("hearth-history").daemon().start(this::run);
    }
  }

  private void run() {
    boolean last = false;
    while (!last) {
      lock.lock();
      long ticket;
      try {
        awaitWork();
        last = closing;
        dirty = false;
        hurry = false;
        ticket = flushAsked;
        pending.addAll(direct);
        direct.clear();
      } finally {
        lock.unlock();
      }
      storeAll();
      finish(ticket);
    }
  }

  private void awaitWork() {
    while (!dirty && !closing && flushAsked == flushDone) {
      if (!failing) {
        work.awaitUninterruptibly();
      } else if (awaitNanos(RETRY_NANOS) <= 0) {
        return;
      }
    }
    long left = GATHER_NANOS;
    while (left > 0 && !hurry && !closing && flushAsked == flushDone) {
      left = awaitNanos(left);
    }
  }

  /** Both callers wait in a loop. */
  @SuppressWarnings("WaitNotInLoop")
  private long awaitNanos(long nanos) {
    try {
      return work.awaitNanos(nanos);
    } catch (InterruptedException e) {
      LOG.debug("the history writer ends with close(), not by interruption", e);
      return nanos;
    }
  }

  private void finish(long ticket) {
    lock.lock();
    try {
      flushDone = ticket;
      done.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void storeAll() {
    try {
      source.drain(this::add);
    } catch (RuntimeException e) {
      LOG.error("the history lost events that could not be read", e);
    }
    try {
      storePending();
    } catch (RuntimeException e) {
      LOG.error("the history lost rows that could not be stored", e);
      pending.clear();
      table.forget();
    }
  }

  private void add(HistoryWrite write) {
    pending.add(write);
    if (pending.size() >= BATCH_ROWS && !failing) {
      storePending();
    }
  }

  private void storePending() {
    int from = 0;
    try {
      while (from < pending.size()) {
        int to = Math.min(from + BATCH_ROWS, pending.size());
        storeBatch(pending.subList(from, to));
        from = to;
        failing = false;
      }
    } catch (SQLException | StoreException e) {
      keepNewest(from);
      fail(e);
      return;
    }
    pending = new ArrayList<>();
  }

  private void storeBatch(List<HistoryWrite> batch) throws SQLException {
    try {
      database.writeOrThrow(sql -> write(sql, batch));
    } catch (SQLException e) {
      table.forget();
      if (!Failures.isConstraint(e)) {
        throw e;
      }
      // Another process cleared the history: what is remembered of it is void.
      LOG.debug("retrying a batch of the history", e);
      database.writeOrThrow(sql -> write(sql, batch));
    }
    table.stored();
  }

  private boolean write(Sql sql, List<HistoryWrite> batch) throws SQLException {
    table.write(sql, batch);
    return true;
  }

  private void keepNewest(int stored) {
    int from = pending.size();
    long bytes = 0;
    while (from > stored && pending.size() - from < KEPT_ROWS && bytes < KEPT_BYTES) {
      from--;
      if (pending.get(from) instanceof HistoryWrite.Ended(InvocationDetail detail)) {
        bytes += detail.event().length + detail.response().length;
      }
    }
    pending = new ArrayList<>(pending.subList(from, pending.size()));
  }

  private void fail(Exception cause) {
    LOG.warn("the history can't be written", cause);
    table.forget();
    if (failing) {
      return;
    }
    failing = true;
    String reason =
        cause instanceof SQLException e
            ? Failures.translate(database.file(), e).getMessage()
            : String.valueOf(cause.getMessage());
    notices.accept("The history is not being stored. " + reason);
  }

  /** Stores what is waiting and ends the thread. The database stays open. */
  @Override
  public void close() {
    Thread running;
    lock.lock();
    try {
      closing = true;
      running = thread;
      work.signal();
      done.signalAll();
    } finally {
      lock.unlock();
    }
    if (running != null) {
      join(running);
      endSession();
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void endSession() {
    if (failing) {
      return;
    }
    try {
      database.writeOrThrow(
          sql -> {
            table.endSession(sql);
            return true;
          });
    } catch (SQLException | StoreException e) {
      LOG.warn("the end of the session can't be stored", e);
    }
  }
}
