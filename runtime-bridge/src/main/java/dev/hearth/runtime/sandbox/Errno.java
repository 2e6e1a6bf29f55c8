package dev.hearth.runtime.sandbox;

/** Go's names of the system's error numbers, since Lambda's own messages carry them. */
final class Errno {
  static final int ENOENT = 2;
  static final int ENOEXEC = 8;
  static final int EBADF = 9;
  static final int EACCES = 13;
  static final int ENOTDIR = 20;

  private Errno() {}

  static String text(int errno) {
    return switch (errno) {
      case 1 -> "operation not permitted";
      case ENOENT -> "no such file or directory";
      case 5 -> "input/output error";
      case 7 -> "argument list too long";
      case ENOEXEC -> "exec format error";
      case EBADF -> "bad file descriptor";
      case 11 -> "resource temporarily unavailable";
      case 12 -> "cannot allocate memory";
      case EACCES -> "permission denied";
      case ENOTDIR -> "not a directory";
      case 21 -> "is a directory";
      case 22 -> "invalid argument";
      case 23 -> "too many open files in system";
      case 24 -> "too many open files";
      case 26 -> "text file busy";
      case 32 -> "broken pipe";
      case 36 -> "file name too long";
      case 40 -> "too many levels of symbolic links";
      default -> "errno " + errno;
    };
  }
}
