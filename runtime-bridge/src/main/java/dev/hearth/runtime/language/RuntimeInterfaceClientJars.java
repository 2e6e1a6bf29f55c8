package dev.hearth.runtime.language;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars of AWS's runtime interface client for Java, as they lie on Hearth's own class path: in a
 * Maven repository while developing, beside the program in the packaged image.
 */
final class RuntimeInterfaceClientJars {
  private static final Logger log = LoggerFactory.getLogger(RuntimeInterfaceClientJars.class);

  /** One class of each jar: the client and what it needs at run time. */
  private static final List<String> CLASSES =
      List.of(
          "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
          "com.amazonaws.services.lambda.runtime.RequestHandler",
          "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
          "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

  private RuntimeInterfaceClientJars() {}

  /**
   * @throws IllegalStateException when a jar is missing: Hearth was packaged without it
   */
  static List<Path> find() {
    Set<Path> jars = new LinkedHashSet<>();
    for (String name : CLASSES) {
      jars.add(jarOf(name));
    }
    return List.copyOf(jars);
  }

  private static Path jarOf(String className) {
    try {
      ClassLoader loader = RuntimeInterfaceClientJars.class.getClassLoader();
      CodeSource source =
          Class.forName(className, false, loader).getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI()).toAbsolutePath();
    } catch (ClassNotFoundException | URISyntaxException e) {
      log.error("{} is not on Hearth's class path", className, e);
      throw new IllegalStateException(
          "AWS's Java runtime interface client is missing from Hearth (" + className + ")", e);
    }
  }
}
