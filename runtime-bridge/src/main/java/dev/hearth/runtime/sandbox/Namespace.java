package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The kernel's namespaces, for the calling thread. */
final class Namespace {
  static final int MOUNT = 0x00020000;
  static final int UTS = 0x04000000;
  static final int IPC = 0x08000000;
  static final int PID = 0x20000000;
  static final int NET = 0x40000000;

  private static final MemorySegment UNSHARE = Libc.symbol("unshare");
  private static final MemorySegment SETNS = Libc.symbol("setns");

  private Namespace() {}

  /** Gives the calling thread new ones; for {@link #PID} it is its children that get it. */
  static int unshare(int kinds) {
    return Libc.call(UNSHARE, kinds, 0, 0);
  }

  static int enter(int fd, int kind) {
    return Libc.call(SETNS, fd, kind, 0);
  }

  /**
   * @throws IOException when the result is an error
   */
  static void check(String what, int result) throws IOException {
    if (result < 0) {
      throw new IOException(what + ": " + Errno.text(-result));
    }
  }
}
