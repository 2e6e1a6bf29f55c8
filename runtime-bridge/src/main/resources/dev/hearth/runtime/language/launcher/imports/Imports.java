package dev.hearth.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the instrumented classes of a measured start tell: which class was being loaded or
 * initialised when, one inside the other. On the boot class path, because the JDK's own class
 * loader tells too. Only the thread that loads the handler counts.
 */
public final class Imports {
  private static final Thread WATCHED = Thread.currentThread();
  private static final Deque<Row> open = new ArrayDeque<>();
  private static final List<Row> rows = new ArrayList<>();
  private static final Map<String, String> origins = new HashMap<>();
  private static boolean watching;

  private static final class Row {
    final char kind;
    final String name;
    final long start = System.nanoTime();
    Row parent;
    long own;
    int line = -1;
    boolean real;

    Row(char kind, String name) {
      this.kind = kind;
      this.name = name;
    }
  }

  private Imports() {}

  /** From now on what is told counts. */
  public static void watch() {
    watching = true;
  }

  /** A class loader begins to look for a class, which may be there already. */
  public static void beginLoad(String name) {
    begin('l', name);
  }

  public static void endLoad(String name) {
    end('l', name);
  }

  /** The static initialiser of a class begins. */
  public static void beginInit(String name) {
    begin('i', name);
  }

  public static void endInit(String name) {
    end('i', name);
  }

  private static void begin(char kind, String name) {
    if (!watching || Thread.currentThread() != WATCHED) {
      return;
    }
    Row row = new Row(kind, name);
    row.parent = open.peek();
    row.real = kind == 'i';
    open.push(row);
    rows.add(row);
  }

  /** Ends the innermost of that name, and those inside it that ended by an exception. */
  private static void end(char kind, String name) {
    if (!watching || Thread.currentThread() != WATCHED) {
      return;
    }
    boolean known = false;
    for (Row row : open) {
      known |= row.kind == kind && row.name.equals(name);
    }
    while (known) {
      Row row = open.pop();
      long took = System.nanoTime() - row.start;
      row.own += took;
      if (row.parent != null) {
        row.parent.own -= took;
      }
      known = row.kind != kind || !row.name.equals(name);
    }
  }

  /** A class is being made of bytes from some place: whoever is loading it really does. */
  public static void defined(String name, String origin) {
    if (!watching || Thread.currentThread() != WATCHED) {
      return;
    }
    origins.put(name, origin);
    for (Row row : open) {
      if (row.kind == 'l' && row.name.equals(name)) {
        row.real = true;
        return;
      }
    }
  }

  /** What was told, in the form of ImportReport: parent, kind, start, own time, name, origin. */
  public static String report() {
    watching = false;
    // A class that was there already is the time of whoever asked for it.
    for (Row row : rows.reversed()) {
      if (!row.real && row.parent != null) {
        row.parent.own += row.own;
      }
    }
    StringBuilder text = new StringBuilder();
    int line = 0;
    for (Row row : rows) {
      if (row.real) {
        row.line = line++;
      }
    }
    for (Row row : rows) {
      if (row.line >= 0) {
        Row parent = row.parent;
        while (parent != null && parent.line < 0) {
          parent = parent.parent;
        }
        text.append(parent == null ? -1 : parent.line).append('\t').append(row.kind).append('\t');
        text.append(row.start).append('\t').append(Math.max(0, row.own)).append('\t');
        text.append(row.name).append('\t').append(origins.getOrDefault(row.name, "")).append('\n');
      }
    }
    return text.toString();
  }
}
