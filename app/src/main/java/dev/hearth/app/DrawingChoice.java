package dev.hearth.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Has JavaFX draw by software where there is no graphics processor. It would end there anyway, but
 * only after it has loaded the system's OpenGL and the compiler of its software driver, which takes
 * a fifth of the window's memory and of its start.
 */
final class DrawingChoice {
  private static final String ORDER = "prism.order";

  /** Any one of these: direct rendering, NVIDIA's own driver, a Windows machine's processor. */
  private static final List<String> PROCESSORS = List.of("dri", "nvidiactl", "dxg");

  private DrawingChoice() {}

  /** Before the toolkit starts. What the user has chosen stays. */
  static void make() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    if (linux && System.getProperty(ORDER) == null && !hasProcessor(Path.of("/dev"))) {
      System.setProperty(ORDER, "sw");
    }
  }

  static boolean hasProcessor(Path devices) {
    return PROCESSORS.stream().anyMatch(name -> Files.exists(devices.resolve(name)));
  }
}
