package dev.hearth.app.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Compares a rendered picture with the one that was approved. Small differences of text rendering
 * between machines pass; anything that a person would see does not. To approve new pictures, run
 * the test with {@code -Dgolden.write=src/test/resources/golden} and look at them.
 */
public final class Golden {
  /** A pixel differs when one of its channels does by more than this. */
  private static final int CHANNEL = 56;

  /** Share of pixels that may differ. */
  private static final double SHARE = 0.006;

  private Golden() {}

  /**
   * @param name of the approved picture, without folder and extension
   * @throws AssertionError when the pictures differ; the rendered one is then in {@code
   *     target/golden}
   */
  public static void assertSame(String name, BufferedImage rendered) {
    String folder = System.getProperty("golden.write");
    if (folder != null) {
      Screenshots.write(rendered, Path.of(folder, name + ".png"));
      return;
    }
    BufferedImage approved = approved(name);
    String difference = difference(approved, rendered);
    if (!difference.isEmpty()) {
      Path actual = Path.of("target", "golden", name + ".png").toAbsolutePath();
      Screenshots.write(rendered, actual);
      throw new AssertionError(name + " " + difference + ". Look at " + actual);
    }
  }

  private static BufferedImage approved(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".png")) {
      if (in == null) {
        throw new AssertionError("There is no approved picture " + name);
      }
      return ImageIO.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What differs, in words; empty when nothing that matters does. */
  static String difference(BufferedImage approved, BufferedImage rendered) {
    int width = approved.getWidth();
    int height = approved.getHeight();
    if (rendered.getWidth() != width || rendered.getHeight() != height) {
      return "has another size";
    }
    int differing = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        differing += differs(approved.getRGB(x, y), rendered.getRGB(x, y)) ? 1 : 0;
      }
    }
    double share = (double) differing / (width * height);
    return share <= SHARE ? "" : "differs in %.2f %% of its pixels".formatted(100 * share);
  }

  private static boolean differs(int a, int b) {
    for (int shift = 0; shift < 24; shift += 8) {
      if (Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)) > CHANNEL) {
        return true;
      }
    }
    return false;
  }
}
