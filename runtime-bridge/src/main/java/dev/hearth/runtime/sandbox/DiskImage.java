package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An empty file system that can be copied quickly: only what {@code mke2fs} has written, which is a
 * hundred kilobytes or so.
 *
 * @param length of the whole, bytes
 */
record DiskImage(long length, List<Piece> pieces) {
  private static final List<String> PROGRAMS = List.of("/usr/sbin/mke2fs", "/sbin/mke2fs");
  private static final int BLOCK = 4096;
  private static final long MOST_SECONDS = 20;
  private static final int SUPER_BLOCK = 1024;
  private static final int FREE_BLOCKS_AT = 12;

  /** A file needs one; this many are enough for what fits on 1 GB in pieces of 16 KB. */
  private static final int FILES = 65_536;

  /** What the file system itself takes, by trial; up to 1 MB less where it is small. */
  private static final long MARGIN = 17L << 20;

  /** The kernel keeps a fiftieth for itself, and not more than this. */
  private static final long RESERVED_PART = 48;

  private static final long MOST_RESERVED = 16L << 20;

  private static final long MOST_SURPLUS = 4L << 20;

  /** Bytes at their place. */
  record Piece(long at, byte[] bytes) {}

  /**
   * @param file is overwritten; may be removed afterwards
   * @param free how much shall fit
   * @throws IOException when there is no {@code mke2fs}, or it fails
   */
  static DiskImage make(Path file, long free) throws IOException {
    long wanted = free + Math.min(free / RESERVED_PART + BLOCK, MOST_RESERVED);
    long length = wanted / BLOCK * BLOCK + MARGIN;
    run(file, length);
    long surplus = freeBytes(file) - wanted;
    if (surplus < 0 || surplus > MOST_SURPLUS) {
      length -= Math.floorDiv(surplus, BLOCK) * BLOCK;
      run(file, length);
    }
    return read(file, length);
  }

  private static void run(Path file, long length) throws IOException {
    String program =
        PROGRAMS.stream()
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst()
            .orElseThrow(() -> new IOException("mke2fs is not installed"));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
      channel.write(ByteBuffer.allocate(1), length - 1);
    }
    Process process =
        new ProcessBuilder(
                program,
                "-q",
                "-F",
                "-t",
                "ext4",
                "-b",
                Integer.toString(BLOCK),
                "-m",
                "0",
                "-N",
                Integer.toString(FILES),
                "-O",
                "^has_journal,^resize_inode",
                "-E",
                "lazy_itable_init=1,nodiscard",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(program + " did not make a file system");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a file system was made", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static long freeBytes(Path file) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(SUPER_BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.read(block, SUPER_BLOCK);
    }
    return Integer.toUnsignedLong(block.getInt(FREE_BLOCKS_AT)) * BLOCK;
  }

  /** Holes are skipped without being read. */
  private static DiskImage read(Path file, long length) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    int fd = Libc.open(file.toString(), Libc.O_RDONLY);
    Namespace.check("opening a file system", fd);
    try (FileChannel channel = FileChannel.open(file)) {
      long from = Libc.seek(fd, 0, Libc.SEEK_DATA);
      while (from >= 0) {
        long to = Libc.seek(fd, from, Libc.SEEK_HOLE);
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
          // Until it is full.
        }
        pieces.add(new Piece(from, bytes.array()));
        from = Libc.seek(fd, to, Libc.SEEK_DATA);
      }
    } finally {
      Libc.close(fd);
    }
    return new DiskImage(length, List.copyOf(pieces));
  }

  /** Makes a file of the same content. */
  void writeTo(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (Piece piece : pieces) {
        ByteBuffer bytes = ByteBuffer.wrap(piece.bytes());
        while (bytes.hasRemaining()) {
          channel.write(bytes, piece.at() + bytes.position());
        }
      }
      channel.write(ByteBuffer.allocate(1), length - 1);
    }
  }
}
