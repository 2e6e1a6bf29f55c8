package dev.hearth.app.task;

import java.util.concurrent.ThreadFactory;

/**
 * Where the services and the command line get their threads from: they run without a window, so
 * {@link TaskRunner} is not for them. Loads no JavaFX.
 */
public final class Threads {
  private Threads() {}

  /** A factory of virtual threads, for blocking work. */
  public static ThreadFactory virtual(String name) {
    return Thread.ofVirtual().name(name).factory();
  }

  /** A factory of virtual threads that are numbered from 0. */
  public static ThreadFactory numbered(String prefix) {
    return Thread.ofVirtual().name(prefix, 0).factory();
  }

  /** Runs work beside the caller that a process may end in the middle of. */
  public static void startDaemon(String name, Runnable work) {
    Thread.ofPlatform().daemon().name(name).start(work);
  }

  /** A platform thread that has not been started, e.g. for the end of the process. */
  public static Thread unstarted(String name, Runnable work) {
    return Thread.ofPlatform().name(name).unstarted(work);
  }
}
