package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each environment a {@code /tmp} of its size: a file system in a file that has no name any
 * more, which takes from the disk what is written. Memory would be the simpler place, but Lambda
 * does not count {@code /tmp} as the function's memory. Only root can have these.
 */
final class TmpDisks {
  private static final Logger log = LoggerFactory.getLogger(TmpDisks.class);

  /** Empty file systems by their size. */
  private final Map<Long, DiskImage> images = new HashMap<>();

  /** By the folder that would be {@code /tmp} otherwise. */
  private final Map<Path, LoopDevice> disks = new ConcurrentHashMap<>();

  private volatile boolean working = true;

  /** False once one could not be made. */
  boolean working() {
    return working;
  }

  /**
   * The device of an environment, the same for all its processes, so that they share the files.
   *
   * @param folder of the environment, by which it is given back
   * @return where it is; null when this machine makes none
   */
  @Nullable Path device(Path folder, long bytes) {
    LoopDevice disk = disks.get(folder);
    if (disk == null && working) {
      try {
        disk = LoopDevice.of(image(bytes), folder.resolveSibling(folder.getFileName() + ".disk"));
        disks.put(folder, disk);
      } catch (IOException e) {
        log.info("The size of /tmp is not limited: {}", e.getMessage());
        working = false;
      }
    }
    return disk == null ? null : disk.path();
  }

  private synchronized DiskImage image(long bytes) throws IOException {
    DiskImage image = images.get(bytes);
    if (image == null) {
      Path file = Files.createTempFile("hearth-", ".disk");
      try {
        image = DiskImage.make(file, bytes);
      } finally {
        Files.deleteIfExists(file);
      }
      images.put(bytes, image);
    }
    return image;
  }

  /** The environment has gone; its files go when its last process has gone, too. */
  void giveBack(Path folder) {
    LoopDevice disk = disks.remove(folder);
    if (disk != null) {
      disk.close();
    }
  }

  void close() {
    disks.keySet().forEach(this::giveBack);
  }
}
