package dev.hearth.app.service;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
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
  /** Puts everything below one folder: system property, then environment variable. */
  private static final String PROPERTY = "hearth.config.dir";

  private static final String VARIABLE = "HEARTH_CONFIG_DIR";

  /** All below one folder, for tests and portable installations. */
  public static UserFolders under(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    return new UserFolders(home, home.resolve("data"), home.resolve("cache"));
  }

  /** The folders of whoever runs this process. */
  public static UserFolders detect() {
    return detect(System.getProperties()::getProperty, System.getenv());
  }

  static UserFolders detect(
      Function<String, @Nullable String> properties, Map<String, String> environment) {
    String one = properties.apply(PROPERTY);
    one = one == null ? environment.get(VARIABLE) : one;
    if (one != null && !one.isBlank()) {
      return under(Path.of(one));
    }
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
