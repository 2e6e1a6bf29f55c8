package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the interpreters of this machine where people and version managers put them. Versions come
 * from folder names and {@code release} files where those tell them, otherwise from the program
 * itself, all at once. A shim of a version manager is replaced by the program that it stands for,
 * because it would cost some 55 ms of every cold start. A place that can't be read is left out.
 */
public final class InterpreterDiscovery {
  private static final Logger log = LoggerFactory.getLogger(InterpreterDiscovery.class);

  private final InterpreterPlaces places;
  private final VersionQuestion question;

  /**
   * Discovery that starts a found program only when nothing else tells its version.
   *
   * @param cacheDirectory where the answers of programs are remembered
   */
  public InterpreterDiscovery(Machine machine, Path cacheDirectory) {
    this(machine, new RememberedVersions(cacheDirectory));
  }

  InterpreterDiscovery(Machine machine, VersionQuestion question) {
    this.places = new InterpreterPlaces(machine);
    this.question = question;
  }

  /**
   * What was found.
   *
   * @param interpreters newest first, each program once
   * @param preferred the one that a terminal would run, if any: the first on PATH
   */
  public record Found(List<Interpreter> interpreters, @Nullable Path preferred) {
    public Found {
      interpreters = List.copyOf(interpreters);
    }
  }

  /** Looks for the interpreters of one family; takes up to a second when programs must be asked. */
  public Found find(RuntimeFamily family) {
    List<Candidate> candidates = places.candidates(family);
    Map<Path, Interpreter> known = new LinkedHashMap<>();
    List<Candidate> toAsk = new ArrayList<>();
    Path preferred = null;
    for (Candidate candidate : candidates) {
      Path program = realProgram(candidate.executable());
      String version = candidate.version();
      if (version != null) {
        known.putIfAbsent(
            program, new Interpreter(family, version, candidate.executable(), candidate.source()));
      } else {
        toAsk.add(candidate);
      }
    }
    Candidate first = candidates.stream().filter(Candidate::onPath).findFirst().orElse(null);
    for (Answered answered : ask(family, toAsk, known)) {
      Interpreter interpreter = answered.interpreter();
      Interpreter same = known.putIfAbsent(realProgram(interpreter.executable()), interpreter);
      if (answered.candidate() == first) {
        preferred = (same == null ? interpreter : same).executable();
      }
    }
    if (preferred == null && first != null) {
      Interpreter same = known.get(realProgram(first.executable()));
      preferred = same == null ? null : same.executable();
    }
    List<Interpreter> sorted =
        known.values().stream()
            .sorted(
                Comparator.comparing((Interpreter i) -> VersionNumber.parse(i.version()))
                    .reversed())
            .toList();
    return new Found(sorted, preferred);
  }

  private record Answered(Candidate candidate, Interpreter interpreter) {}

  private List<Answered> ask(
      RuntimeFamily family, List<Candidate> candidates, Map<Path, Interpreter> known) {
    Map<Path, Candidate> distinct = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      Path program = realProgram(candidate.executable());
      if (!known.containsKey(program)) {
        distinct.putIfAbsent(program, candidate);
      }
    }
    List<Answered> answers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Answered>>> questions = new ArrayList<>();
      for (Candidate candidate : distinct.values()) {
        Callable<Optional<Answered>> task =
            () -> question.ask(family, candidate).map(i -> new Answered(candidate, i));
        questions.add(executor.submit(task));
      }
      for (var asked : questions) {
        collect(asked).ifPresent(answers::add);
      }
    }
    return answers;
  }

  private static Optional<Answered> collect(Future<Optional<Answered>> asked) {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      log.debug("An interpreter could not be asked for its version", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  /** The file itself, symbolic links followed; tells that two places name one program. */
  private static Path realProgram(Path executable) {
    if (Candidate.isVirtualEnvironment(executable)) {
      return executable;
    }
    try {
      return executable.toRealPath();
    } catch (IOException e) {
      return executable;
    }
  }

  /**
   * A program that may be an interpreter.
   *
   * @param version when the place tells it
   * @param onPath found on PATH, in its order
   */
  record Candidate(Path executable, @Nullable String version, String source, boolean onPath) {
    /**
     * Whether the program is a virtual environment's link to an interpreter: following the link
     * would lose the environment's packages.
     */
    static boolean isVirtualEnvironment(Path executable) {
      Path folder = executable.getParent();
      return folder != null
          && folder.getParent() != null
          && Files.exists(folder.getParent().resolve("pyvenv.cfg"));
    }
  }
}
