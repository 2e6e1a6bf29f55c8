import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A library on its way into the image: without what no machine of this kind needs. */
record BundledJar(Path file) {
  private static final String SQLITE_NATIVE = "org/sqlite/native/";

  /** What the JVM and the libraries themselves ask for. */
  private static final String READ_FROM_MANIFESTS =
      "Manifest-Version|Multi-Release|Main-Class|Automatic-Module-Name|"
          + "(Implementation|Specification)-(Title|Version|Vendor)";

  private static final String AWS_NATIVE = "jni/libaws-lambda-jni.";

  String name() {
    return file.getFileName().toString();
  }

  /** Without the debugging tables of its classes, and packed as tightly as can be. */
  void copy(Path to, SmallerClasses classes) throws IOException {
    try (JarFile in = new JarFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (JarEntry entry : Collections.list(in.entries())) {
        if (isOfOtherSystem(entry.getName())) {
          continue;
        }
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
          smaller(in.getManifest()).write(out);
          continue;
        }
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        out.write(entry.getName().endsWith(".class") ? classes.smaller(bytes) : bytes);
      }
    }
  }

  /** A start reads all manifests, most of whose lines are for OSGi and for those who build. */
  private static Manifest smaller(Manifest whole) {
    Manifest smaller = new Manifest();
    Attributes attributes = smaller.getMainAttributes();
    whole
        .getMainAttributes()
        .forEach(
            (name, value) -> {
              if (name.toString().matches(READ_FROM_MANIFESTS)) {
                attributes.put(name, value);
              }
            });
    return smaller;
  }

  /** SQLite and AWS's client come with their libraries for many kinds of machines. */
  private static boolean isOfOtherSystem(String entry) {
    if (entry.startsWith(AWS_NATIVE) && entry.endsWith(".so")) {
      return !entry.matches(".*\\.linux-" + awsArchitecture() + "\\.so");
    }
    if (!entry.startsWith(SQLITE_NATIVE) || entry.equals(SQLITE_NATIVE)) {
      return false;
    }
    String[] parts = entry.substring(SQLITE_NATIVE.length()).split("/");
    boolean system = parts[0].startsWith(system());
    return !system || (parts.length > 1 && !parts[1].equals(architecture()));
  }

  /** As SQLite's driver names them. */
  private static String system() {
    String name = System.getProperty("os.name");
    return name.startsWith("Windows") ? "Windows" : name.startsWith("Mac") ? "Mac" : "Linux";
  }

  private static String architecture() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return name.equals("amd64") ? "x86_64" : name;
  }

  private static String awsArchitecture() {
    return architecture().equals("aarch64") ? "aarch_64" : architecture();
  }

  /**
   * Puts the native libraries into a folder. JavaFX unpacks those of its jars into the user's home
   * and compares them at each start; it does not when they stand beside Java's own.
   */
  void copyLibraries(Path folder) throws IOException {
    try (JarFile in = new JarFile(file.toFile())) {
      List<JarEntry> libraries =
          Collections.list(in.entries()).stream()
              .filter(entry -> entry.getName().endsWith(".so"))
              .toList();
      for (JarEntry library : libraries) {
        String fileName = Path.of(library.getName()).getFileName().toString();
        Files.write(folder.resolve(fileName), in.getInputStream(library).readAllBytes());
      }
    }
  }

  /** Puts the licence texts that the library carries into a folder of its own. */
  void copyLicences(Path folder) throws IOException {
    try (JarFile in = new JarFile(file.toFile())) {
      List<JarEntry> texts =
          Collections.list(in.entries()).stream().filter(this::isLicence).toList();
      for (JarEntry text : texts) {
        Path own = Files.createDirectories(folder.resolve(name().replaceFirst("\\.jar$", "")));
        String fileName = Path.of(text.getName()).getFileName().toString();
        Files.write(own.resolve(fileName), in.getInputStream(text).readAllBytes());
      }
    }
  }

  private boolean isLicence(JarEntry entry) {
    String name = entry.getName().toLowerCase(Locale.ROOT);
    return !entry.isDirectory()
        && !name.endsWith(".class")
        && name.matches("(.*[/-])?(license|notice)(\\.\\w+)?");
  }
}
