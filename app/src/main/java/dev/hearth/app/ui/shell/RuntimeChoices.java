package dev.hearth.app.ui.shell;

import dev.hearth.runtime.function.RuntimeFamily;
import java.util.List;

/** The runtime identifiers that forms offer, the newest first; others can be typed. */
final class RuntimeChoices {
  private RuntimeChoices() {}

  static List<String> of(RuntimeFamily family) {
    return switch (family) {
      case PYTHON -> List.of("python3.14", "python3.13", "python3.12", "python3.11", "python3.10");
      case NODEJS -> List.of("nodejs24.x", "nodejs22.x", "nodejs20.x");
      case RUBY -> List.of("ruby4.0", "ruby3.4", "ruby3.3", "ruby3.2");
      case JAVA -> List.of("java25", "java21", "java17");
      case PROVIDED -> List.of("provided.al2023", "provided.al2");
    };
  }
}
