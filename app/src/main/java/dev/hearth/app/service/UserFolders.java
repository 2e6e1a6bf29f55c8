package dev.hearth.app.service;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where this user's files live, by the habits of the operating system, so that nothing is ever put
 * beside the program.
 *
 * @param config settings
 * @param data the sample project
 * @param cache what can be made again: unpacked sources, native libraries
 */
public record UserFolders(Path config, Path data, Path cache) {
  private static final String CONFIG = "config";
  private static final String CACHE = "cache";

  /** All below one folder, for tests and portable installations. */
  public static UserFolders under(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    return new UserFolders(home, home.resolve("data"), home.resolve("cache"));
  }

  /**
   * The folders of whoever runs this process. The system property {@code hearth.config.dir} or the
   * variable {@code HEARTH_CONFIG_DIR} puts all of them below one folder; {@code hearth.cache.dir}
   * or {@code HEARTH_CACHE_DIR} moves the cache alone.
   */
  public static UserFolders standard() {
    return standard(System.getProperties()::getProperty, System.getenv());
  }

  static UserFolders standard(
      Function<String, @Nullable String> properties, Map<String, String> environment) {
    UserFolders folders =
        chosen(CONFIG, properties, environment)
            .map(UserFolders::under)
            .orElseGet(() -> bySystem(properties, environment));
    return chosen(CACHE, properties, environment)
        .map(cache -> new UserFolders(folders.config, folders.data, cache.toAbsolutePath()))
        .orElse(folders);
  }

  private static Optional<Path> chosen(
      String which,
      Function<String, @Nullable String> properties,
      Map<String, String> environment) {
    String property = properties.apply("hearth." + which + ".dir");
    String variable = environment.get("HEARTH_" + which.toUpperCase(Locale.ROOT) + "_DIR");
    return Stream.of(property, variable)
        .filter(text -> text != null && !text.isBlank())
        .map(Path::of)
        .findFirst();
  }

  private static UserFolders bySystem(
      Function<String, @Nullable String> properties, Map<String, String> environment) {
    Path home = Path.of(String.valueOf(properties.apply("user.home")));
    String system = String.valueOf(properties.apply("os.name")).toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      Path library = home.resolve("Library");
      Path support = library.resolve("Application Support").resolve("Hearth");
      return new UserFolders(support, support, library.resolve("Caches").resolve("Hearth"));
    }
    if (system.contains("windows")) {
      Path roaming = folder(environment, "APPDATA", home.resolve("AppData/Roaming"));
      Path local = folder(environment, "LOCALAPPDATA", home.resolve("AppData/Local"));
      Path own = local.resolve("Hearth");
      return new UserFolders(roaming.resolve("Hearth"), own, own.resolve("Cache"));
    }
    return new UserFolders(
        folder(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve("hearth"),
        folder(environment, "XDG_DATA_HOME", home.resolve(".local/share")).resolve("hearth"),
        folder(environment, "XDG_CACHE_HOME", home.resolve(".cache")).resolve("hearth"));
  }

  /** Relative values are invalid by the XDG rules and ignored. */
  private static Path folder(Map<String, String> environment, String variable, Path fallback) {
    String value = environment.get(variable);
    return value == null || value.isBlank() || !Path.of(value).isAbsolute()
        ? fallback
        : Path.of(value);
  }
}
