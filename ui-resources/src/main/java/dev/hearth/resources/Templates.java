package dev.hearth.resources;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The test events, functions and the sample project that Hearth brings along. They are plain files
 * in this module's resources; the index files beside them give order and titles.
 */
public final class Templates {
  private static final String ROOT = "templates/";

  private Templates() {}

  /**
   * A shape that a new test event can start from.
   *
   * @param kind short label, e.g. {@code SQS}
   */
  public record Event(String id, String title, String kind, String json) {}

  /**
   * Something that a new function can start from.
   *
   * @param runtime a runtime identifier
   * @param files path to content
   */
  public record Function(
      String id, String title, String runtime, String handler, Map<String, byte[]> files) {}

  /**
   * A function of the sample project.
   *
   * @param memoryMb configured memory
   * @param template where its code comes from
   */
  public record SampleFunction(String name, int memoryMb, int timeoutSeconds, Function template) {}

  /** The sample project: the first function with the first event gives a green result. */
  public record Sample(List<SampleFunction> functions, List<Event> events) {}

  /** All event templates, the simplest first. */
  public static List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (String[] row : index("events/index.tsv", 3)) {
      events.add(new Event(row[0], row[2], row[1], text("events/" + row[0] + ".json")));
    }
    return List.copyOf(events);
  }

  /** All function templates, by family. */
  public static List<Function> functions() {
    List<Function> functions = new ArrayList<>();
    for (String[] row : index("functions/index.tsv", 5)) {
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (String file : row[4].split(",")) {
        files.put(file, bytes("functions/" + row[0] + "/" + file));
      }
      functions.add(new Function(row[0], row[1], row[2], row[3], files));
    }
    return List.copyOf(functions);
  }

  /** The sample project, at least one function per runtime family. */
  public static Sample sample() {
    List<SampleFunction> functions = new ArrayList<>();
    for (String[] row : index("sample.tsv", 4)) {
      functions.add(
          new SampleFunction(
              row[0], Integer.parseInt(row[1]), Integer.parseInt(row[2]), function(row[3])));
    }
    List<Event> chosen = new ArrayList<>();
    for (Event event : events()) {
      switch (event.id()) {
        case "http-api-v2", "hello", "sqs", "s3-put" -> chosen.add(event);
        default -> {}
      }
    }
    return new Sample(List.copyOf(functions), List.copyOf(chosen));
  }

  private static Function function(String id) {
    return functions().stream()
        .filter(f -> f.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("sample.tsv names no template: " + id));
  }

  private static List<String[]> index(String name, int columns) {
    List<String[]> rows = new ArrayList<>();
    for (String line : text(name).lines().toList()) {
      String[] row = line.split("\t");
      if (row.length != columns) {
        throw new IllegalStateException(name + ": expected " + columns + " columns: " + line);
      }
      rows.add(row);
    }
    return rows;
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(ROOT + name)) {
      if (in == null) {
        throw new IllegalStateException("Missing resource " + ROOT + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
