package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.project.InvocationRecord;
import dev.hearth.app.project.SourceVersion;
import dev.hearth.app.store.SourceStore;
import dev.hearth.app.store.StoredFile;
import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts together what a past invocation ran: the source version by its content hash and the
 * configuration of that time. Secrets are not kept in the history; they have today's values.
 */
final class PastVersions {
  private final SourceStore store;
  private final SourceCache cache;
  private final VersionNumbers numbers;

  PastVersions(SourceStore store, SourceCache cache, VersionNumbers numbers) {
    this.store = store;
    this.cache = cache;
    this.numbers = numbers;
  }

  /**
   * What ran, under a version of its own, so that environments of today's code are left alone.
   *
   * @param now the function as it is; it keeps its name and layers
   * @throws HearthException when the source of that time is not there completely
   */
  DeployedFunction of(InvocationDetail past, FunctionDefinition now, DeployedFunction today) {
    InvocationRecord record = past.record();
    SourceVersion version =
        Trouble.translated(() -> store.versions(now.id())).stream()
            .filter(v -> v.number() == record.sourceVersion())
            .findFirst()
            .orElseThrow(
                () ->
                    Trouble.input(
                        "The source that invocation %s ran is not in the project any more."
                            + " Replay it on today's code.",
                        record.requestId()));
    FunctionConfiguration configuration = past.configuration();
    FunctionConfiguration then =
        configuration == null
            ? now.configuration().withMemorySize(record.memoryMb())
            : withSecrets(configuration, now.configuration());
    numbers.put(now.name(), version);
    boolean unchanged = today.code().sha256().equals(version.sha256());
    return new DeployedFunction(
        then.withName(now.name()),
        unchanged ? today.code() : new CodePackage(folder(now, version), version.sha256()),
        "v" + version.number(),
        today.layers());
  }

  private static FunctionConfiguration withSecrets(
      FunctionConfiguration then, FunctionConfiguration now) {
    Map<String, String> variables = new HashMap<>(then.environment());
    for (String secret : then.secrets()) {
      String value = now.environment().get(secret);
      if (value != null) {
        variables.put(secret, value);
      }
    }
    return then.withEnvironment(variables);
  }

  private Path folder(FunctionDefinition function, SourceVersion version) {
    return cache.get(
        version.sha256(),
        target -> {
          List<StoredFile> files = store.versionFiles(function.id(), version.number());
          SourceHash hash = new SourceHash();
          for (StoredFile file : files) {
            byte[] content = file.content();
            if (content == null) {
              throw incomplete(function, version);
            }
            hash.add(file.path(), file.executable() ? 'x' : 'f', file.sha256());
            write(target, file, content);
          }
          if (!hash.finish().equals(version.sha256())) {
            throw incomplete(function, version);
          }
        });
  }

  private static void write(Path target, StoredFile file, byte[] content) throws IOException {
    SourceCache.write(target, file.path(), content, file.executable());
  }

  /** Of a linked folder a version keeps a person's own files, not what was installed there. */
  private static HearthException incomplete(FunctionDefinition function, SourceVersion version) {
    return Trouble.input(
        "Version %d of %s can't be run again: its folder also had files that the project does not"
            + " keep, such as installed packages. Replay the invocation on today's code.",
        version.number(), function.name());
  }
}
