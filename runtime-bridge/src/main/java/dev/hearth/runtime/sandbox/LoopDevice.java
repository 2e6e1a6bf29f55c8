package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file as a disk. The file has no name, and the kernel lets go of both when nobody has the disk
 * open or mounted any more: nothing is left behind, however we end.
 */
final class LoopDevice implements AutoCloseable {
  private static final int GET_FREE = 0x4C82;
  private static final int CONFIGURE = 0x4C0A;
  private static final int CONFIGURATION_SIZE = 304;
  private static final int FLAGS_AT = 60;
  private static final int AUTOCLEAR = 4;
  private static final int MOST_TRIES = 50;
  private static final MemorySegment IOCTL = Libc.symbol("ioctl");

  private final Path path;
  private final int fd;

  private LoopDevice(Path path, int fd) {
    this.path = path;
    this.fd = fd;
  }

  /**
   * @param file is made and removed again
   * @throws IOException when the kernel gives no device
   */
  static LoopDevice of(DiskImage image, Path file) throws IOException {
    int content;
    try {
      image.writeTo(file);
      content = Libc.open(file.toString(), Libc.O_RDWR);
    } finally {
      Files.deleteIfExists(file);
    }
    Namespace.check("opening " + file, content);
    int control = Libc.open("/dev/loop-control", Libc.O_RDWR);
    try {
      Namespace.check("/dev/loop-control", control);
      return attach(control, content);
    } finally {
      Libc.close(content);
      if (control >= 0) {
        Libc.close(control);
      }
    }
  }

  /** A free one may be taken by somebody else before we have it. */
  private static LoopDevice attach(int control, int content) throws IOException {
    int result = 0;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      int number = Libc.call(IOCTL, control, GET_FREE, 0);
      Namespace.check("a free loop device", number);
      Path path = Path.of("/dev/loop" + number);
      int fd = Libc.open(path.toString(), Libc.O_RDWR);
      Namespace.check(path.toString(), fd);
      result = configure(fd, content);
      if (result >= 0) {
        return new LoopDevice(path, fd);
      }
      Libc.close(fd);
    }
    throw new IOException("a loop device: " + Errno.text(-result));
  }

  private static int configure(int fd, int content) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment configuration = arena.allocate(CONFIGURATION_SIZE, 8);
      configuration.set(ValueLayout.JAVA_INT, 0, content);
      configuration.set(ValueLayout.JAVA_INT, FLAGS_AT, AUTOCLEAR);
      return Libc.call(IOCTL, fd, CONFIGURE, configuration.address());
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
