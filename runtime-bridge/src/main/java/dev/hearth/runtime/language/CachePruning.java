package dev.hearth.runtime.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cache from growing for ever: what has not been used for a month goes. The time of a
 * file or folder is the time of its last use.
 */
final class CachePruning {
  private static final Logger log = LoggerFactory.getLogger(CachePruning.class);
  private static final Duration UNUSED = Duration.ofDays(30);

  private CachePruning() {}

  /** Notes that a file or folder of the cache is in use. */
  static void used(Path entry) {
    try {
      Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
    } catch (IOException e) {
      log.debug("{} can't be marked as used", entry, e);
    }
  }

  /** Deletes the unused ones among the entries of a folder. */
  static void prune(Path folder) {
    Instant limit = Instant.now().minus(UNUSED);
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(limit)) {
          JavaSourceCompiler.delete(entry);
        }
      }
    } catch (IOException e) {
      log.debug("{} can't be pruned", folder, e);
    }
  }
}
