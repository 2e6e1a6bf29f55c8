package dev.hearth.app.service;

import dev.hearth.app.store.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Freezes linked folders.
 *
 * <p>A folder of up to {@link #COPIED_BYTES} and {@link #COPIED_FILES} files is copied to the cache
 * by its content hash and runs there: what ran is exactly what the hash says, whatever is edited
 * meanwhile. A larger one (mostly {@code node_modules}) runs in place, and its hash is over sizes
 * and times of the files instead of their contents.
 *
 * <p>Contents are hashed once per change: a file with the same size, time and identity as before is
 * taken as unchanged, unless it was written within the clock's precision of being hashed.
 */
final class FolderSnapshots {
  static final long COPIED_BYTES = 50L << 20;
  static final int COPIED_FILES = 5_000;
  private static final long KEPT_FILE_BYTES = 1L << 20;
  private static final long KEPT_BYTES = 20L << 20;
  private static final int TRIES = 5;
  private static final Logger LOG = LoggerFactory.getLogger(FolderSnapshots.class);
  private static final Duration CLOCK_PRECISION = Duration.ofSeconds(2);

  private final SourceCache cache;
  private final Map<Path, Known> known = new HashMap<>();

  /** What a file's content hash was, and by what it is recognised as unchanged. */
  private record Known(FileTime modified, long size, @Nullable Object key, byte[] sha256) {}

  /** A file of the folder with its hash. */
  private record Hashed(FolderScan.Entry entry, boolean executable, byte[] sha256) {
    char kind() {
      return entry.isLink() ? 'l' : executable ? 'x' : 'f';
    }
  }

  FolderSnapshots(SourceCache cache) {
    this.cache = cache;
  }

  /**
   * @throws HearthException when the folder is gone or can't be read
   */
  synchronized FrozenSource freeze(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw Trouble.input(
          "The linked folder %s does not exist. Restore it, or link another folder.", folder);
    }
    try {
      for (int i = 0; i < TRIES; i++) {
        List<FolderScan.Entry> entries = FolderScan.files(folder, SourcePaths::runs);
        if (isLarge(entries)) {
          return inPlace(folder, entries);
        }
        List<Hashed> hashed = hashAll(entries);
        try {
          return copied(folder, hashed);
        } catch (ChangedMeanwhile e) {
          known.remove(e.file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      throw Trouble.machine(
          cause, "The linked folder %s can't be read: %s.", folder, cause.getMessage());
    }
    throw Trouble.input(
        "The linked folder %s keeps changing. Wait until the program that writes it is done.",
        folder);
  }

  private static boolean isLarge(List<FolderScan.Entry> entries) {
    long bytes = 0;
    for (FolderScan.Entry entry : entries) {
      bytes += entry.attributes().size();
    }
    return bytes > COPIED_BYTES || entries.size() > COPIED_FILES;
  }

  private FrozenSource inPlace(Path folder, List<FolderScan.Entry> entries) throws IOException {
    SourceHash hash = new SourceHash();
    List<FolderScan.Entry> own = new ArrayList<>();
    for (FolderScan.Entry entry : entries) {
      String state = entry.attributes().size() + " " + entry.attributes().lastModifiedTime();
      hash.add(entry.path(), 'm', state.getBytes(StandardCharsets.UTF_8));
      if (isListed(entry.path())) {
        own.add(entry);
      }
    }
    String sha256 = hash.finish();
    List<Hashed> hashed = hashAll(own);
    return new FrozenSource(sha256, folder, () -> stored(folder, hashed));
  }

  private List<Hashed> hashAll(List<FolderScan.Entry> entries) throws IOException {
    List<Hashed> all = new ArrayList<>(entries.size());
    for (FolderScan.Entry entry : entries) {
      boolean executable = !entry.isLink() && Files.isExecutable(entry.file());
      all.add(new Hashed(entry, executable, hash(entry)));
    }
    return all;
  }

  private byte[] hash(FolderScan.Entry entry) throws IOException {
    if (entry.isLink()) {
      return linkTarget(entry).toString().getBytes(StandardCharsets.UTF_8);
    }
    var attributes = entry.attributes();
    Known before = known.get(entry.file());
    if (before != null
        && before.modified.equals(attributes.lastModifiedTime())
        && before.size == attributes.size()
        && Objects.equals(before.key, attributes.fileKey())) {
      return before.sha256;
    }
    byte[] sha256 = SourceHash.sha256().digest(Files.readAllBytes(entry.file()));
    remember(entry, sha256);
    return sha256;
  }

  private void remember(FolderScan.Entry entry, byte[] sha256) {
    var attributes = entry.attributes();
    Instant settled = attributes.lastModifiedTime().toInstant().plus(CLOCK_PRECISION);
    if (settled.isBefore(Instant.now())) {
      known.put(
          entry.file(),
          new Known(
              attributes.lastModifiedTime(), attributes.size(), attributes.fileKey(), sha256));
    }
  }

  private FrozenSource copied(Path folder, List<Hashed> files) throws IOException {
    SourceHash hash = new SourceHash();
    for (Hashed file : files) {
      hash.add(file.entry.path(), file.kind(), file.sha256);
    }
    String sha256 = hash.finish();
    Path root = cache.get(sha256, target -> copy(folder, files, target));
    List<Hashed> own = files.stream().filter(file -> isListed(file.entry.path())).toList();
    return new FrozenSource(sha256, root, () -> stored(root, own));
  }

  private static void copy(Path folder, List<Hashed> files, Path target) throws IOException {
    for (Hashed file : files) {
      Path copy = target.resolve(file.entry.path());
      if (file.entry.isLink()) {
        Files.createDirectories(copy.getParent());
        Files.createSymbolicLink(copy, linkInCopy(folder, file.entry));
        continue;
      }
      byte[] content = Files.readAllBytes(file.entry.file());
      if (!Arrays.equals(SourceHash.sha256().digest(content), file.sha256)) {
        throw new ChangedMeanwhile(file.entry.file());
      }
      SourceCache.write(target, file.entry.path(), content, file.executable);
    }
  }

  /** Links within the folder stay as they are; others must point to the original place. */
  private static Path linkInCopy(Path folder, FolderScan.Entry entry) throws IOException {
    Path written = Files.readSymbolicLink(entry.file());
    Path meant = linkTarget(entry);
    return !written.isAbsolute() && meant.startsWith(folder) ? written : meant;
  }

  private static Path linkTarget(FolderScan.Entry entry) throws IOException {
    Path written = Files.readSymbolicLink(entry.file());
    return entry.file().resolveSibling(written).normalize();
  }

  private static boolean isListed(String path) {
    String[] parts = path.split("/");
    for (int i = 0; i < parts.length - 1; i++) {
      if (!SourcePaths.isListed(parts[i])) {
        return false;
      }
    }
    return true;
  }

  /** A version keeps the contents of a person's own files, within reason. */
  private static List<StoredFile> stored(Path root, List<Hashed> files) {
    List<StoredFile> stored = new ArrayList<>(files.size());
    long kept = 0;
    for (Hashed file : files) {
      long size = file.entry.attributes().size();
      boolean keep = !file.entry.isLink() && size <= KEPT_FILE_BYTES && kept + size <= KEPT_BYTES;
      byte[] content = keep ? readIfSame(root.resolve(file.entry.path()), file.sha256) : null;
      kept += content == null ? 0 : size;
      byte[] sha256 = file.entry.isLink() ? SourceHash.sha256().digest(file.sha256) : file.sha256;
      stored.add(new StoredFile(file.entry.path(), file.executable, size, sha256, content));
    }
    return stored;
  }

  private static byte @Nullable [] readIfSame(Path file, byte[] sha256) {
    try {
      byte[] content = Files.readAllBytes(file);
      return Arrays.equals(SourceHash.sha256().digest(content), sha256) ? content : null;
    } catch (IOException e) {
      LOG.debug("{} went away before it was stored", file, e);
      return null;
    }
  }

  /** A file was written between hashing and copying it. */
  private static final class ChangedMeanwhile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;

    ChangedMeanwhile(Path file) {
      super(file + " was changed");
      this.file = file;
    }
  }
}
