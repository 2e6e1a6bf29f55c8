package dev.hearth.runtime.language;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.LayerContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder that stands for {@code /opt}: the layers of a function merged in their order, a later
 * one over an earlier one (runtime-api.md section 7.5). One layer is used as it is; several are
 * merged once into the cache, by hard links where the file system has them.
 */
final class OptFolder {
  private final Path cache;

  OptFolder(Path cacheDirectory) {
    this.cache = cacheDirectory.resolve("opt");
  }

  /**
   * The merged layers; takes as long as linking their files when it is asked for the first time.
   *
   * @return null for a function without layers
   * @throws RuntimeUnavailableException when a layer can't be read or the cache not be written
   */
  @Nullable Path of(DeployedFunction function) throws RuntimeUnavailableException {
    List<LayerContent> layers = function.layers();
    if (layers.size() < 2) {
      return layers.isEmpty() ? null : layers.getFirst().folder();
    }
    Path merged = cache.resolve(key(layers));
    try {
      if (Files.isDirectory(merged)) {
        CachePruning.used(merged);
        return merged;
      }
      Files.createDirectories(cache);
      CachePruning.prune(cache);
      Path unfinished = cache.resolve(merged.getFileName() + "." + UUID.randomUUID());
      for (LayerContent layer : layers) {
        Files.walkFileTree(layer.folder(), new Merger(layer.folder(), unfinished));
      }
      publish(unfinished, merged);
      return merged;
    } catch (IOException e) {
      throw new RuntimeUnavailableException(
          "The layers of %s can't be merged into %s: %s. Free space or check its rights."
              .formatted(function.name(), cache, e.getMessage()));
    }
  }

  /** Another Hearth may have been faster: its folder has the same content. */
  private static void publish(Path unfinished, Path merged) throws IOException {
    try {
      Files.move(unfinished, merged, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      JavaSourceCompiler.delete(unfinished);
      if (!Files.isDirectory(merged)) {
        throw e;
      }
    }
  }

  private static String key(List<LayerContent> layers) {
    StringBuilder text = new StringBuilder();
    layers.forEach(layer -> text.append(layer.sha256()).append(layer.folder()).append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static final class Merger extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Merger(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Path target = to.resolve(from.relativize(folder).toString());
      if (!Files.isDirectory(target)) {
        Files.deleteIfExists(target);
      }
      Files.createDirectories(target);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        JavaSourceCompiler.delete(target);
      } else {
        Files.deleteIfExists(target);
      }
      if (attributes.isSymbolicLink()) {
        Files.createSymbolicLink(target, Files.readSymbolicLink(file));
        return FileVisitResult.CONTINUE;
      }
      try {
        Files.createLink(target, file);
      } catch (IOException | UnsupportedOperationException e) {
        // Another file system, or one without hard links.
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
