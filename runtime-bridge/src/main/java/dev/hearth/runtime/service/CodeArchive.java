package dev.hearth.runtime.service;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The zip archives in which code and layers come and go (invoke-api.md section 5). */
final class CodeArchive {
  static final int MOST_ZIPPED = 52_428_800;
  static final long MOST_UNZIPPED = 262_144_000;
  private static final int MOST_FILES = 100_000;

  /** The same files make the same archive, so the time is fixed: the first that a zip can hold. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private CodeArchive() {}

  /** As an answer names code: base64. */
  static String base64(String sha256Hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256Hex));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The files of an uploaded archive.
   *
   * @param room bytes that its content may have
   * @throws ApiException in AWS's words when it is too large, empty, broken, or names a file
   *     outside of itself
   */
  static Map<String, byte[]> unzip(byte[] zip, long room) throws ApiException {
    if (zip.length > MOST_ZIPPED) {
      throw ApiException.requestTooLarge(
          "Zipped size must be smaller than " + MOST_ZIPPED + " bytes");
    }
    if (zip.length < 4 || zip[0] != 'P' || zip[1] != 'K') {
      throw broken();
    }
    try {
      Map<String, byte[]> files = files(zip, room);
      if (files.isEmpty()) {
        throw ApiException.invalidParameter("Uploaded file must be a non-empty zip");
      }
      return files;
    } catch (IOException | IllegalArgumentException e) {
      throw broken();
    }
  }

  private static ApiException broken() {
    return ApiException.invalidParameter(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }

  private static Map<String, byte[]> files(byte[] zip, long room) throws IOException, ApiException {
    Map<String, byte[]> files = new TreeMap<>();
    long left = room;
    try (ZipInputStream in =
        new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.isDirectory()) {
          continue;
        }
        byte[] content = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
        left -= content.length;
        if (left < 0 || files.size() >= MOST_FILES) {
          throw ApiException.invalidParameter(
              "Unzipped size must be smaller than " + MOST_UNZIPPED + " bytes");
        }
        files.put(safe(entry.getName()), content);
      }
    }
    return files;
  }

  private static String safe(String name) throws ZipException {
    String path = name.replace('\\', '/');
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    boolean odd = path.isEmpty() || path.length() > 400 || path.chars().anyMatch(c -> c < ' ');
    for (String part : path.split("/", -1)) {
      odd |= part.isEmpty() || part.equals(".") || part.equals("..");
    }
    if (odd) {
      throw new ZipException("an entry is named " + name);
    }
    return path;
  }

  /**
   * The archive of a folder; the same content gives the same bytes.
   *
   * @throws UncheckedIOException when a file can't be read
   */
  static byte[] zip(Path folder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes, StandardCharsets.UTF_8);
        Stream<Path> all = Files.walk(folder)) {
      out.setLevel(Deflater.DEFAULT_COMPRESSION);
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ENTRY_TIME);
        out.putNextEntry(entry);
        try (InputStream in = Files.newInputStream(file)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The code in " + folder + " can't be read: " + e, e);
    }
    return bytes.toByteArray();
  }
}
