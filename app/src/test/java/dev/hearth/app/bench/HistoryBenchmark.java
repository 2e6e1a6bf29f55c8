package dev.hearth.app.bench;

import dev.hearth.app.project.query.HistoryQuery;
import dev.hearth.app.project.query.QueryParser;
import dev.hearth.app.project.query.QueryTimes;
import dev.hearth.app.project.query.SearchResult;
import dev.hearth.app.project.query.SortOrder;
import dev.hearth.app.project.timeline.TimelineOverview;
import dev.hearth.app.store.Database;
import dev.hearth.app.store.GeneratedHistory;
import dev.hearth.app.store.HistoryReader;
import dev.hearth.app.store.ProjectFiles;
import dev.hearth.app.store.TimelineReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures the history at several sizes and prints a table: write rate, size, opening, slices of
 * the timeline and searches, beside the time that SQLite takes to count the same calls.
 *
 * <p>Arguments: the folder to work in, then the sizes; default 10000 100000 1000000.
 */
public final class HistoryBenchmark {
  private static final int ROUNDS = 7;
  private static final PrintStream OUT = System.out;

  private HistoryBenchmark() {}

  public static void main(String... args) throws Exception {
    Path folder = Path.of(args[0]);
    int[] sizes =
        args.length == 1
            ? new int[] {10_000, 100_000, 1_000_000}
            : Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
    OUT.println("| what | " + String.join(" | ", names(sizes)) + " |");
    OUT.println("| --- " + "| ---: ".repeat(sizes.length) + "|");
    Table table = new Table(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      measure(folder.resolve("bench-" + sizes[i] + ".hearth"), sizes[i], table, i);
    }
    table.print();
  }

  /** Processor time of this thread: what other programs on the machine do does not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long process() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String[] names(int... sizes) {
    return Arrays.stream(sizes)
        .mapToObj(size -> "%,d calls".formatted(size))
        .toArray(String[]::new);
  }

  private static void measure(Path file, int size, Table table, int column)
      throws IOException, SQLException {
    if (!Files.exists(file)) {
      new ProjectFiles().create(file);
      long start = process();
      try (Database database = new ProjectFiles().open(file)) {
        new GeneratedHistory(1, size).fill(database);
      }
      double seconds = (process() - start) / 1e9;
      table.put(
          "written per second of processor time, making them included",
          column,
          "%,.0f",
          size / seconds);
    }
    table.put("file, bytes per call", column, "%,.0f", (double) Files.size(file) / size);
    double floor = scan(file);
    table.put("floor: SQLite reads one column of all rows, ms", column, "%.1f", floor);
    long start = cpu();
    try (Database database = new ProjectFiles().open(file)) {
      HistoryReader reader = new HistoryReader(database);
      TimelineReader timeline = new TimelineReader(database);
      reader.catchUp();
      reader.recent(5_000);
      TimelineOverview overview = timeline.overview();
      table.put("open: file, newest page, map, ms", column, "%.1f", (cpu() - start) / 1e6);
      slices(timeline, overview, table, column);
      searches(reader, table, column, floor);
    }
  }

  private static double scan(Path file) throws SQLException {
    double best = Double.MAX_VALUE;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 3; i++) {
        long start = cpu();
        try (ResultSet result =
            statement.executeQuery("SELECT count(*) FROM invocations WHERE duration_nanos > 100")) {
          result.next();
        }
        best = Math.min(best, (cpu() - start) / 1e6);
      }
    }
    return best;
  }

  private static void slices(
      TimelineReader timeline, TimelineOverview overview, Table table, int column) {
    long whole = overview.to() - overview.from();
    long width = whole;
    String[] names = {"everything", "1/16", "1/256", "1/4096", "1/65536"};
    for (String name : names) {
      long from = overview.from() + whole / 2 - width / 2;
      long to = from + width;
      double ms = median(() -> timeline.slice(from, to, (to - from) / 1_000.0));
      table.put("slice of the timeline: " + name + ", ms", column, "%.1f", ms);
      width /= 16;
    }
  }

  private static void searches(HistoryReader reader, Table table, int column, double floor) {
    long start = cpu();
    find(reader, HistoryQuery.ALL, SortOrder.NEWEST_FIRST);
    table.put("first search after opening, ms", column, "%.1f", (cpu() - start) / 1e6);
    double slowest = 0;
    for (String line :
        new String[] {
          "",
          "status:error",
          "cold:true duration>100ms memory>50% function:orders",
          "\"A-1042\"",
          "keyerror version:7",
          "after:2026-10-01 duration>50ms"
        }) {
      HistoryQuery query = QueryParser.parse(line, QueryTimes.here()).query();
      double ms = median(() -> find(reader, query, SortOrder.NEWEST_FIRST));
      slowest = Math.max(slowest, ms);
      table.put("search `" + line + "`, ms", column, "%.1f", ms);
    }
    SortOrder slow = new SortOrder(SortOrder.Key.DURATION, true);
    double sorted = median(() -> find(reader, HistoryQuery.ALL, slow));
    table.put("all, sorted by duration, ms", column, "%.1f", sorted);
    double sum = median(() -> reader.search().summary(HistoryQuery.ALL));
    table.put("p50, p90, p99 of all, ms", column, "%.1f", sum);
    table.put("slowest search to the floor", column, "%.2f", slowest / floor);
  }

  /** What a list shows first: the answer and its first page. */
  private static SearchResult find(HistoryReader reader, HistoryQuery query, SortOrder order) {
    SearchResult found = reader.search().search(query, order);
    reader.search().records(Arrays.copyOf(found.positions(), Math.min(50, found.size())));
    return found;
  }

  private static double median(Runnable work) {
    double[] times = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = cpu();
      work.run();
      times[i] = (cpu() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }

  /** Rows in order of their first figure. */
  private static final class Table {
    private final java.util.Map<String, String[]> rows = new java.util.LinkedHashMap<>();
    private final int columns;

    Table(int columns) {
      this.columns = columns;
    }

    void put(String row, int column, String format, double value) {
      String[] cells = rows.computeIfAbsent(row, r -> new String[columns]);
      cells[column] = String.format(Locale.ROOT, format, value);
    }

    void print() {
      rows.forEach(
          (name, cells) -> {
            OUT.print("| " + name + " |");
            for (String cell : cells) {
              OUT.print(" " + (cell == null ? "" : cell) + " |");
            }
            OUT.println();
          });
    }
  }
}
