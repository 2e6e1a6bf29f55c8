package dev.hearth.app.soak;

import dev.hearth.app.service.HearthServices;
import dev.hearth.app.service.ProjectService;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.app.service.UserFolders;
import dev.hearth.runtime.event.Subscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Uses one project for a long time in every way, and looks for what grows and for what is lost:
 * memory, threads, descriptors, processes, mounts, files; calls and events; the project file.
 * Arguments: minutes (60), acts a second (20), seed.
 */
public final class Soak {
  private static final int SAMPLES = 18;

  /** Samples before the JVM and the caches have become what they stay. */
  private static final int WARM_UP = 2;

  private static final int REOPEN_EVERY = 3;

  private final Path folder;
  private final Path file;
  private final long gapNanos;
  private final List<SoakSample> samples = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Soak(Path folder, int perSecond) {
    this.folder = folder;
    this.file = folder.resolve("soak.hearth");
    this.gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  public static void main(String[] arguments) throws Exception {
    double minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 60;
    int perSecond = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
    Path folder = Files.createTempDirectory("hearth-soak");
    System.out.printf("%.1f minutes, %d acts a second, seed %d%n", minutes, perSecond, seed);
    Soak soak = new Soak(folder, perSecond);
    soak.run((long) (minutes * TimeUnit.MINUTES.toNanos(1)), seed);
    System.exit(soak.verdict() ? 0 : 1);
  }

  private void run(long nanos, long seed) throws Exception {
    UserFolders folders = UserFolders.under(folder.resolve("user"));
    try (ProjectService projects = HearthServices.openForCommand(folders)) {
      ProjectSession session = projects.create(file, "empty");
      SoakFunctions.create(session);
      System.out.println(session.sandboxDescription() + "\n" + SoakSample.TITLE);
      SoakLoad load = new SoakLoad(session, seed);
      Subscription delivery = session.queues().deliver(problems::add);
      for (int i = 1; i <= SAMPLES; i++) {
        loadFor(load, nanos / SAMPLES);
        load.settle();
        problems.addAll(load.lost());
        SoakSample sample =
            SoakSample.take(load.accepted(), folders.cache().resolve("environments"));
        samples.add(sample);
        System.out.println(sample.row());
        if (i % REOPEN_EVERY == 0 || i == SAMPLES) {
          delivery.close();
          session.close();
          checkFile();
          if (i < SAMPLES) {
            session = projects.open(file);
            delivery = session.queues().deliver(problems::add);
            load.use(session);
          }
        }
      }
      System.out.println(load.done());
    }
  }

  private void loadFor(SoakLoad load, long nanos) throws Exception {
    long end = System.nanoTime() + nanos;
    for (long next = System.nanoTime(); next < end; next += gapNanos) {
      load.act();
      long wait = next + gapNanos - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
    }
  }

  private void checkFile() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String check : List.of("integrity_check", "foreign_key_check")) {
        try (ResultSet rows = statement.executeQuery("PRAGMA " + check)) {
          while (rows.next()) {
            String row = rows.getString(1);
            if (!"ok".equals(row)) {
              problems.add(check + ": " + row);
            }
          }
        }
      }
    }
  }

  private boolean verdict() {
    if (samples.size() > WARM_UP) {
      problems.addAll(SoakSample.growth(samples.subList(WARM_UP, samples.size())));
    }
    problems.stream().distinct().limit(40).forEach(problem -> System.out.println("- " + problem));
    System.out.println(
        problems.isEmpty()
            ? "Nothing grew and nothing was lost."
            : problems.size() + " problems. Files: " + folder);
    return problems.isEmpty();
  }
}
