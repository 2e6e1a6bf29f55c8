package dev.hearth.app.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in the user's words what SQLite complains of. */
final class Failures {
  private static final String FULL =
      "can't be written: the disk is full. Free some space and try again.";

  /** Less than this is too little for SQLite's own files beside the project. */
  private static final long FULL_BELOW = 128 << 10;

  private Failures() {}

  static StoreException translate(Path file, SQLException cause) {
    SQLiteErrorCode code =
        cause instanceof SQLiteException e ? e.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
    return switch (primary(code)) {
      case SQLITE_FULL -> failed(file, FULL, cause);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          new StoreException(
              StoreException.Reason.READ_ONLY,
              "Project %s can't be written. Make the file and its folder writable, or copy the project to another folder."
                  .formatted(file),
              cause);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          failed(
              file,
              "is locked by another program for too long. Close that program and try again.",
              cause);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          failed(file, "is damaged. Restore it from a copy.", cause);
      case SQLITE_IOERR -> ioError(file, code, cause);
      default -> failed(file, "failed: %s".formatted(cause.getMessage()), cause);
    };
  }

  /**
   * On a full disk the files beside the project fail first, which SQLite reports as it would ruin.
   */
  private static StoreException ioError(Path file, SQLiteErrorCode code, SQLException cause) {
    return isFull(file)
        ? failed(file, FULL, cause)
        : failed(
            file,
            "can't be read or written: the disk reports an error (%s). Check the disk."
                .formatted(code),
            cause);
  }

  private static boolean isFull(Path file) {
    try {
      return Files.getFileStore(file).getUsableSpace() < FULL_BELOW;
    } catch (IOException e) {
      // A disk that does not even tell its free space is the error to report.
      return false;
    }
  }

  /** Whether the same statement may succeed when what is remembered of other rows is forgotten. */
  static boolean isConstraint(SQLException cause) {
    return cause instanceof SQLiteException e
        && primary(e.getResultCode()) == SQLiteErrorCode.SQLITE_CONSTRAINT;
  }

  /** Whether a row with the same primary key is there already. */
  static boolean isDuplicateKey(SQLException cause) {
    return cause instanceof SQLiteException e
        && e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY;
  }

  /** The low byte of an extended code is the plain one. */
  private static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & 0xff);
  }

  private static StoreException failed(Path file, String what, SQLException cause) {
    return new StoreException(
        StoreException.Reason.FAILED, "Project %s %s".formatted(file, what), cause);
  }
}
