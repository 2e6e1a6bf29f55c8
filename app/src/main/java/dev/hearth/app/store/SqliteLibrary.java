package dev.hearth.app.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps SQLite's native library in the user's cache folder. Unpacking it to a temporary file at
 * each start would cost a third of the time of a whole command.
 */
public final class SqliteLibrary {
  private static final String PATH = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /**
   * Unpacks the library once and points the driver to it; without a writable cache the driver does
   * what it does by itself. Has an effect only before the first connection.
   */
  public static void useCache(Path cacheFolder) {
    if (System.getProperty(PATH) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String kind = SQLiteJDBCLoader.getVersion() + "-" + System.getProperty("os.arch");
    Path folder = cacheFolder.resolve("native").resolve("sqlite-" + kind);
    Path library = folder.resolve(name);
    try {
      if (!Files.exists(library)) {
        // To find out where in its jar the library lies, the driver runs a program.
        unpack(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, folder, library);
      }
    } catch (IOException e) {
      logger().debug("no cached SQLite library in {}", folder, e);
      return;
    }
    System.setProperty(PATH, folder.toString());
    System.setProperty("org.sqlite.lib.name", name);
  }

  private static void unpack(String resource, Path folder, Path library) throws IOException {
    Files.createDirectories(folder);
    Path partial = Files.createTempFile(folder, "library", ".partial");
    try (InputStream in = SqliteLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no " + resource);
      }
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      moveIntoPlace(partial, library);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void moveIntoPlace(Path partial, Path library) throws IOException {
    try {
      Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(partial, library, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Logger logger() {
    return LoggerFactory.getLogger(SqliteLibrary.class);
  }
}
