import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Takes from a linked Java runtime what jlink has no option for. */
final class SmallerRuntime {
  /**
   * How ct.sym, the compiler's book of earlier Java releases, calls 17 to 24 in the names of its
   * folders. Hearth compiles for no release before 17, and the newest needs no book.
   */
  private static final String RELEASES = "HIJKLMNO";

  private final Path runtime;

  SmallerRuntime(Path runtime) {
    this.runtime = runtime;
  }

  void shrink() throws IOException, InterruptedException {
    shrinkReleases(runtime.resolve("lib/ct.sym"));
    // Hearth starts from its own caches, and gives Java functions one too.
    for (String archive : List.of("classes.jsa", "classes_nocoops.jsa")) {
      Files.deleteIfExists(runtime.resolve("lib/server").resolve(archive));
    }
    if (hasObjcopy()) {
      stripLibraries();
    }
  }

  /** What native libraries are stripped with; without it they stay as they are. */
  static boolean hasObjcopy() {
    return System.getProperty("os.name").equals("Linux")
        && Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "objcopy")));
  }

  /** jlink strips debug information only; the names of functions that nobody links to stay. */
  private void stripLibraries() throws IOException, InterruptedException {
    List<Path> libraries;
    try (Stream<Path> files = Files.walk(runtime.resolve("lib"))) {
      libraries = files.filter(file -> file.toString().endsWith(".so")).toList();
    }
    for (Path library : libraries) {
      Process strip =
          new ProcessBuilder("objcopy", "--strip-unneeded", library.toString()).inheritIO().start();
      if (strip.waitFor() != 0) {
        throw new IOException("objcopy can't strip " + library);
      }
    }
  }

  private static void shrinkReleases(Path book) throws IOException {
    Path smaller = book.resolveSibling("ct.sym.part");
    try (ZipFile in = new ZipFile(book.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(smaller))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (ZipEntry entry : Collections.list(in.entries())) {
        if (isNeeded(entry.getName())) {
          ZipEntry copy = new ZipEntry(entry.getName());
          copy.setTime(entry.getTime());
          out.putNextEntry(copy);
          in.getInputStream(entry).transferTo(out);
        }
      }
    }
    Files.move(smaller, book, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The first folder of an entry names all the releases that it is true for. */
  private static boolean isNeeded(String entry) {
    String releases = entry.substring(0, Math.max(0, entry.indexOf('/')));
    return releases.chars().anyMatch(release -> RELEASES.indexOf(release) >= 0);
  }
}
