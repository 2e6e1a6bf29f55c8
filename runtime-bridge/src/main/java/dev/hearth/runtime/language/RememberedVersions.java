package dev.hearth.runtime.language;

import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.language.InterpreterDiscovery.Candidate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on disk what programs have answered about their version, as long as the program does
 * not change: starting each of them takes longer than everything else of a discovery.
 */
final class RememberedVersions extends VersionQuestion {
  private static final Logger log = LoggerFactory.getLogger(RememberedVersions.class);

  private final Path file;
  private final Properties answers = new Properties();

  RememberedVersions(Path cacheDirectory) {
    this.file = cacheDirectory.resolve("interpreters.properties");
    if (Files.isRegularFile(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        answers.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        log.debug("{} can't be read; programs are asked again", file, e);
      }
    }
  }

  @Override
  Optional<Interpreter> ask(RuntimeFamily family, Candidate candidate)
      throws IOException, InterruptedException {
    Path program = candidate.executable();
    String key = family + " " + program + " " + FileState.of(program);
    String known = find(key);
    if (known != null) {
      String[] parts = known.split("\t", 2);
      return Optional.of(new Interpreter(family, parts[0], Path.of(parts[1]), candidate.source()));
    }
    Optional<Interpreter> answer = super.ask(family, candidate);
    if (answer.isPresent()) {
      store(key, answer.get().version() + "\t" + answer.get().executable());
    }
    return answer;
  }

  private synchronized @Nullable String find(String key) {
    return answers.getProperty(key);
  }

  private synchronized void store(String key, String answer) {
    answers.setProperty(key, answer);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      answers.store(bytes, null);
      ClientFiles.write(file, bytes.toByteArray());
    } catch (IOException e) {
      log.debug("{} can't be written; programs will be asked again", file, e);
    }
  }
}
