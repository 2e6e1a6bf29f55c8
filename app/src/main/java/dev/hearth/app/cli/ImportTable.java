package dev.hearth.app.cli;

import dev.hearth.app.project.ImportedModules;
import dev.hearth.runtime.event.ImportedModule;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints what loading a handler was made of. */
final class ImportTable {
  private static final int ROWS = 25;

  private ImportTable() {}

  static void print(ImportedModules imports, PrintStream out) {
    List<ImportedModule> rows = imports.bySelf().stream().limit(ROWS).toList();
    out.printf(
        Locale.ROOT,
        "%,d modules or classes were loaded; the %d slowest by own time (measured, so the cold"
            + " start was slower):%n",
        imports.count(),
        rows.size());
    out.printf("%10s %10s  %s%n", "own ms", "total ms", "module");
    for (ImportedModule module : rows) {
      out.printf(
          Locale.ROOT,
          "%10.2f %10.2f  %s%s%n",
          module.selfNanos() / 1e6,
          module.totalNanos() / 1e6,
          module.name(),
          switch (module.kind()) {
            case MODULE -> "";
            case CLASS_LOAD -> " (class loading)";
            case CLASS_INIT -> " (static initialiser)";
          });
    }
    out.flush();
  }
}
