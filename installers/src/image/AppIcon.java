import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * The icon in the formats of Windows and macOS, drawn from the one drawing of it: a path of cubic
 * curves filled with a gradient from top to bottom.
 */
final class AppIcon {
  private static final List<Integer> WINDOWS = List.of(16, 24, 32, 48, 64, 128, 256);

  /** The sizes that Finder asks for and how it calls those that may be PNG. */
  private static final Map<String, Integer> MAC = mac();

  private static final int ICO_HEADER = 6;
  private static final int ICO_ENTRY = 16;
  private static final int ICNS_HEADER = 8;
  private static final int BITS = 32;
  private static final Pattern VIEW_BOX = Pattern.compile("viewBox=\"0 0 (\\d+) \\d+\"");
  private static final Pattern SHAPE = Pattern.compile(" d=\"([^\"]+)\"");
  private static final Pattern STOP =
      Pattern.compile("offset=\"([\\d.]+)\" stop-color=\"(#[0-9a-f]{6})\"");
  private static final Pattern TOKEN = Pattern.compile("[MCZ]|-?[\\d.]+");

  private final String svg;
  private final double box;

  AppIcon(Path drawing) throws IOException {
    svg = Files.readString(drawing);
    box = Double.parseDouble(first(VIEW_BOX));
  }

  private static Map<String, Integer> mac() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("icp4", 16);
    sizes.put("icp5", 32);
    sizes.put("icp6", 64);
    sizes.put("ic07", 128);
    sizes.put("ic08", 256);
    sizes.put("ic09", 512);
    sizes.put("ic10", 1024);
    return sizes;
  }

  private String first(Pattern pattern) {
    Matcher matcher = pattern.matcher(svg);
    if (!matcher.find()) {
      throw new IllegalStateException("The icon's drawing has no " + pattern);
    }
    return matcher.group(1);
  }

  void writeIco(Path file) throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (int size : WINDOWS) {
      pictures.add(png(size));
    }
    int offset = ICO_HEADER + ICO_ENTRY * pictures.size();
    int total = offset + pictures.stream().mapToInt(picture -> picture.length).sum();
    ByteBuffer out = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0).putShort((short) 1).putShort((short) pictures.size());
    for (int i = 0; i < pictures.size(); i++) {
      // 256 is written as 0.
      byte side = (byte) (int) WINDOWS.get(i);
      out.put(side).put(side).putShort((short) 0).putShort((short) 1).putShort((short) BITS);
      out.putInt(pictures.get(i).length).putInt(offset);
      offset += pictures.get(i).length;
    }
    pictures.forEach(out::put);
    Files.write(file, out.array());
  }

  void writeIcns(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (Map.Entry<String, Integer> one : MAC.entrySet()) {
      byte[] picture = png(one.getValue());
      out.writeBytes(one.getKey());
      out.writeInt(ICNS_HEADER + picture.length);
      out.write(picture);
    }
    ByteBuffer whole = ByteBuffer.allocate(ICNS_HEADER + bytes.size());
    whole.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(whole.capacity());
    Files.write(file, whole.put(bytes.toByteArray()).array());
  }

  private byte[] png(int size) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(size / box, size / box);
    Path2D shape = shape();
    graphics.setPaint(gradient(shape));
    graphics.fill(shape);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private Path2D shape() {
    List<String> tokens = TOKEN.matcher(first(SHAPE)).results().map(MatchResult::group).toList();
    Path2D path = new Path2D.Double();
    for (int i = 0; i < tokens.size(); ) {
      String command = tokens.get(i++);
      switch (command) {
        case "M" -> path.moveTo(at(tokens, i++), at(tokens, i++));
        case "C" ->
            path.curveTo(
                at(tokens, i++),
                at(tokens, i++),
                at(tokens, i++),
                at(tokens, i++),
                at(tokens, i++),
                at(tokens, i++));
        case "Z" -> path.closePath();
        default -> throw new IllegalStateException("The icon's path has a " + command);
      }
    }
    return path;
  }

  private static double at(List<String> tokens, int index) {
    return Double.parseDouble(tokens.get(index));
  }

  private LinearGradientPaint gradient(Path2D shape) {
    List<MatchResult> stops = STOP.matcher(svg).results().toList();
    float[] offsets = new float[stops.size()];
    Color[] colors = new Color[stops.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = Float.parseFloat(stops.get(i).group(1));
      colors[i] = Color.decode(stops.get(i).group(2));
    }
    var bounds = shape.getBounds2D();
    return new LinearGradientPaint(
        0, (float) bounds.getMinY(), 0, (float) bounds.getMaxY(), offsets, colors);
  }
}
