import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

/**
 * Holds the definitions of the packages for macOS and Windows to what can be known on any system:
 * jpackage knows the options, the files that they name are there, icons have their sizes, and ids
 * have their forms. A program of its own for the same reason as {@link BuildImage}.
 */
final class PackageCheck {
  private static final URI HELP =
      URI.create("jrt:/jdk.jpackage/jdk/jpackage/internal/resources/HelpResources.properties");
  private static final List<Integer> WINDOWS_SIZES = List.of(16, 24, 32, 48, 64, 128, 256);
  private static final List<Integer> MAC_SIZES = List.of(16, 32, 64, 128, 256, 512, 1024);
  private static final int ICO_ENTRY = 16;
  private static final int ICO_SIZE_AT = 8;

  private final Path sources;
  private final Path scratch;

  private PackageCheck(Path sources, Path scratch) {
    this.sources = sources;
    this.scratch = scratch;
  }

  /** Arguments: {@code installers/src}, a folder for what is made, the version. */
  static void main(String[] args) throws Exception {
    PackageCheck check = new PackageCheck(Path.of(args[0]), Path.of(args[1]));
    check.options(SystemPackages.MAC);
    check.options(SystemPackages.WINDOWS);
    check.macIcon();
    check.windowsIcon();
    check.identities(args[2]);
    check.association();
    System.out.println("The packages of macOS and Windows are well defined");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("Not so: " + what);
    }
  }

  private Path folder(SystemPackages packages) {
    return scratch.resolve(packages.folder());
  }

  private List<String> made(SystemPackages packages) throws IOException {
    return packages.options(sources, folder(packages));
  }

  /** An option without a value is followed by the next option. */
  private void options(SystemPackages packages) throws IOException {
    String help = Files.readString(Path.of(HELP));
    List<String> options = made(packages);
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      if (option.startsWith("--")) {
        check(help.matches("(?s).*\\Q" + option + "\\E(?![\\w-]).*"), "jpackage has " + option);
        String foreign = packages.equals(SystemPackages.MAC) ? "--win-" : "--mac-";
        check(!option.startsWith(foreign), option + " is of the other system");
      } else {
        check(i > 0 && options.get(i - 1).startsWith("--"), option + " belongs to an option");
      }
    }
    for (String named : List.of("--icon", "--file-associations")) {
      check(Files.isRegularFile(Path.of(value(options, named))), named + " names a file");
    }
    if (options.contains("--add-launcher")) {
      Path launcher = Path.of(value(options, "--add-launcher").replaceFirst("^[^=]*=", ""));
      check(properties(launcher).containsKey("win-console"), "the console's launcher has one");
    }
  }

  private static String value(List<String> options, String name) {
    int at = options.indexOf(name);
    check(at >= 0 && at + 1 < options.size(), name + " is given");
    return options.get(at + 1);
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties;
  }

  private void macIcon() throws IOException {
    byte[] bytes = Files.readAllBytes(folder(SystemPackages.MAC).resolve("hearth.icns"));
    ByteBuffer in = ByteBuffer.wrap(bytes);
    check(text(in).equals("icns") && in.getInt() == bytes.length, "an icns file has its head");
    List<Integer> sizes = new ArrayList<>();
    while (in.hasRemaining()) {
      text(in);
      int length = in.getInt() - 2 * Integer.BYTES;
      sizes.add(side(Arrays.copyOfRange(bytes, in.position(), in.position() + length)));
      in.position(in.position() + length);
    }
    check(sizes.equals(MAC_SIZES), "the icon of macOS has its sizes, not " + sizes);
  }

  private static String text(ByteBuffer in) {
    byte[] name = new byte[Integer.BYTES];
    in.get(name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  private void windowsIcon() throws IOException {
    byte[] bytes = Files.readAllBytes(folder(SystemPackages.WINDOWS).resolve("hearth.ico"));
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    check(in.getShort() == 0 && in.getShort() == 1, "an ico file has its head");
    int count = in.getShort();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int entry = in.position() + i * ICO_ENTRY;
      int length = in.getInt(entry + ICO_SIZE_AT);
      int offset = in.getInt(entry + ICO_SIZE_AT + Integer.BYTES);
      sizes.add(side(Arrays.copyOfRange(bytes, offset, offset + length)));
      check((byte) (int) sizes.getLast() == in.get(entry), "entry " + i + " tells its size");
    }
    check(sizes.equals(WINDOWS_SIZES), "the icon of Windows has its sizes, not " + sizes);
  }

  /** Of a square picture in which something is drawn. */
  private static int side(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    check(image != null && image.getWidth() == image.getHeight(), "an icon is a square PNG");
    int middle = image.getWidth() / 2;
    check(image.getRGB(middle, middle) >>> 24 == 255, "an icon is not empty");
    return image.getWidth();
  }

  private void identities(String version) throws IOException {
    String uuid = value(made(SystemPackages.WINDOWS), "--win-upgrade-uuid");
    check(UUID.fromString(uuid).version() == 4, uuid + " is a random UUID");
    String id = value(made(SystemPackages.MAC), "--mac-package-identifier");
    check(id.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+"), id + " is a bundle identifier");
    String mac = SystemPackages.MAC.version(version);
    check(mac.matches("[1-9]\\d*(\\.\\d+){0,2}"), mac + " is a version for macOS");
    check(version.matches("\\d{1,3}\\.\\d{1,3}(\\.\\d{1,5})?"), version + " is one for Windows");
  }

  /** The same kind of file on all systems. */
  private void association() throws Exception {
    var types = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    var linux = types.parse(sources.resolve("image/hearth.xml").toFile());
    String type =
        linux
            .getElementsByTagName("mime-type")
            .item(0)
            .getAttributes()
            .getNamedItem("type")
            .getNodeValue();
    for (SystemPackages packages : List.of(SystemPackages.MAC, SystemPackages.WINDOWS)) {
      Properties file = properties(Path.of(value(made(packages), "--file-associations")));
      Map.of("extension", "hearth", "mime-type", type)
          .forEach((key, value) -> check(value.equals(file.get(key)), key + " is " + value));
      check(!file.getProperty("description", "").isBlank(), "the kind of file has a name");
      check(Files.exists(Path.of(file.getProperty("icon"))), "the kind of file has an icon");
    }
  }
}
