package dev.hearth.runtime.environment;

import dev.hearth.runtime.event.ImportTimes;
import dev.hearth.runtime.event.ImportedModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what our runtime clients tell of the modules they loaded: a line each with the number of
 * the parent's line (-1 for none), kind ({@code m}, {@code l} or {@code i}), start, own
 * nanoseconds, name and origin, separated by tabs. It comes from a process that runs foreign code,
 * so nothing in it is taken for granted.
 */
final class ImportReport {
  /** More lines than any real program loads modules. */
  private static final int MAX_LINES = 50_000;

  /** What is kept of them. */
  static final int KEPT = 400;

  private static final int MAX_TEXT = 500;
  private static final int FIELDS = 6;

  private static final Logger LOG = LoggerFactory.getLogger(ImportReport.class);

  private ImportReport() {}

  /** Null when there is nothing in it that makes sense. */
  static @Nullable ImportTimes parse(String text) {
    List<String> lines = text.lines().limit(MAX_LINES).toList();
    ImportedModule[] modules = new ImportedModule[lines.size()];
    try {
      for (int i = 0; i < modules.length; i++) {
        modules[i] = module(lines.get(i).split("\t", -1), i);
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      LOG.debug("A report of imports can't be read", e);
      return null;
    }
    return modules.length == 0 ? null : new ImportTimes(modules.length, slowest(totals(modules)));
  }

  private static ImportedModule module(String[] fields, int line) {
    int parent = Integer.parseInt(fields[0]);
    long self = Math.max(0, Long.parseLong(fields[3]));
    if (fields.length != FIELDS || parent >= line) {
      throw new IllegalArgumentException("line " + line + " is not of a module");
    }
    return new ImportedModule(
        Math.max(parent, -1),
        kind(fields[1]),
        shortened(fields[4]),
        shortened(fields[5]),
        Long.parseLong(fields[2]),
        self,
        self);
  }

  private static ImportedModule.Kind kind(String code) {
    return switch (code) {
      case "m" -> ImportedModule.Kind.MODULE;
      case "l" -> ImportedModule.Kind.CLASS_LOAD;
      case "i" -> ImportedModule.Kind.CLASS_INIT;
      default -> throw new IllegalArgumentException("kind " + code);
    };
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  /** Parents stand before their children, so one way back adds everything up. */
  private static ImportedModule[] totals(ImportedModule[] modules) {
    long[] totals = Arrays.stream(modules).mapToLong(ImportedModule::selfNanos).toArray();
    for (int i = modules.length - 1; i >= 0; i--) {
      ImportedModule m = modules[i];
      if (m.parent() >= 0) {
        totals[m.parent()] += totals[i];
      }
      modules[i] = with(m, m.parent(), totals[i]);
    }
    return modules;
  }

  private static ImportedModule with(ImportedModule m, int parent, long total) {
    return new ImportedModule(
        parent, m.kind(), m.name(), m.origin(), m.startNanos(), total, m.selfNanos());
  }

  /** A parent's total is never below its child's: with a child its parents are kept, too. */
  private static List<ImportedModule> slowest(ImportedModule[] modules) {
    Integer[] order = new Integer[modules.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        Comparator.comparingLong((Integer i) -> -modules[i].totalNanos())
            .thenComparingInt(Integer::intValue));
    int[] places = new int[modules.length];
    Arrays.fill(places, -1);
    List<ImportedModule> kept = new ArrayList<>();
    Arrays.stream(order)
        .limit(KEPT)
        .mapToInt(Integer::intValue)
        .sorted()
        .forEach(
            i -> {
              places[i] = kept.size();
              ImportedModule m = modules[i];
              int parent = m.parent() < 0 ? -1 : places[m.parent()];
              kept.add(with(m, parent, m.totalNanos()));
            });
    return kept;
  }
}
