package dev.hearth.app.testing;

import dev.hearth.app.ui.kit.Themes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/** Renders scenes to PNG files: for golden images and for looking at the result. */
public final class Screenshots {
  private Screenshots() {}

  /**
   * Renders content in a scene of its own. The toolkit must be up ({@link FxTest#start()}).
   *
   * @param root a node without a scene
   */
  public static BufferedImage render(Parent root, int width, int height, boolean dark) {
    return render(root, width, height, dark, Themes.DEFAULT_FONT_SIZE);
  }

  /** The same with another size of the interface's text. */
  public static BufferedImage render(
      Parent root, int width, int height, boolean dark, int fontSize) {
    Scene scene =
        FxTest.fxGet(
            () -> {
              Scene made = new Scene(root, width, height);
              Themes.style(made, dark, fontSize);
              return made;
            });
    return snapshot(scene);
  }

  /** Takes a picture of a scene as it is, at its own size. */
  public static BufferedImage snapshot(Scene scene) {
    // Twice: the first layout makes cells and skins, the second sees their sizes.
    FxTest.unwatched(() -> scene.snapshot(null));
    FxTest.settle();
    return FxTest.unwatched(() -> toBuffered(scene.snapshot(null)));
  }

  /** Writes a picture, making folders as needed. */
  public static void write(BufferedImage image, Path png) {
    try {
      Files.createDirectories(png.toAbsolutePath().getParent());
      ImageIO.write(image, "png", png.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage toBuffered(WritableImage image) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    buffered.setRGB(0, 0, width, height, pixels, 0, width);
    return buffered;
  }
}
