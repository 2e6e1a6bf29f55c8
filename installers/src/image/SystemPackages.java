import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The packages of macOS and Windows: what jpackage is told beside what every image needs. It makes
 * them on those systems only; {@link PackageCheck} holds what can be held elsewhere.
 *
 * @param folder of the definitions below {@code installers/src}
 * @param types as jpackage calls them
 * @param icon its file's ending
 */
record SystemPackages(String folder, List<String> types, String icon) {
  static final SystemPackages MAC = new SystemPackages("mac", List.of("dmg", "pkg"), "icns");
  static final SystemPackages WINDOWS = new SystemPackages("windows", List.of("msi", "exe"), "ico");

  private static final String ASSOCIATION = "hearth-file.properties";

  /** Those of the system that the build runs on; Linux has its own tools. */
  static List<SystemPackages> here() {
    String system = System.getProperty("os.name");
    if (system.startsWith("Mac")) {
      return List.of(MAC);
    }
    return system.startsWith("Windows") ? List.of(WINDOWS) : List.of();
  }

  /**
   * jpackage's options beside those of the image.
   *
   * @param sources {@code installers/src}
   * @param scratch gets the icon and the association, which names it
   */
  List<String> options(Path sources, Path scratch) throws IOException {
    Path icons = Files.createDirectories(scratch).resolve("hearth." + icon);
    AppIcon drawing = new AppIcon(drawing(sources));
    if (this.equals(MAC)) {
      drawing.writeIcns(icons);
    } else {
      drawing.writeIco(icons);
    }
    Path association = scratch.resolve(ASSOCIATION);
    Files.writeString(
        association,
        Files.readString(sources.resolve(ASSOCIATION))
            + "icon="
            + icons.toAbsolutePath().toString().replace('\\', '/')
            + "\n");
    List<String> options = new ArrayList<>();
    for (String line : Files.readAllLines(sources.resolve(folder).resolve("jpackage.args"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int space = line.indexOf(' ');
        options.add(space < 0 ? line : line.substring(0, space));
        if (space > 0) {
          options.add(line.substring(space + 1).replace("@HERE@", sources.resolve(folder) + "/"));
        }
      }
    }
    options.addAll(List.of("--icon", icons.toString()));
    options.addAll(List.of("--file-associations", association.toString()));
    return options;
  }

  /** macOS takes no version below 1. */
  String version(String version) {
    return this.equals(MAC) && version.startsWith("0.") ? "1" + version.substring(1) : version;
  }

  private static Path drawing(Path sources) {
    return sources
        .resolve("../../ui-resources/src/main/resources/dev/hearth/resources/icons/hearth.svg")
        .normalize();
  }
}
