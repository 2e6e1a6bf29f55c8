package dev.hearth.app.testing;

import dev.hearth.app.project.FunctionAlias;
import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.PublishedVersion;
import dev.hearth.app.service.HearthException;
import dev.hearth.app.service.VersionService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Versions and aliases in memory. */
public final class FakeVersions implements VersionService {
  private final FakeFunctions functions;
  private final Map<String, List<PublishedVersion>> published = new TreeMap<>();
  private final Map<String, Map<String, @Nullable String>> files = new TreeMap<>();
  private final Map<String, Map<String, FunctionAlias>> aliases = new TreeMap<>();
  private final Map<String, String> urls = new TreeMap<>();
  private @Nullable String failure;

  FakeVersions(FakeFunctions functions) {
    this.functions = functions;
  }

  /** Every call fails with this message; null for none. */
  public void fail(@Nullable String message) {
    failure = message;
  }

  private void check() {
    if (failure != null) {
      throw new HearthException(HearthException.Kind.INPUT, failure);
    }
  }

  private PublishedVersion state(String function, String number, String description) {
    FunctionDefinition definition = functions.get(function);
    return new PublishedVersion(
        number,
        description,
        "2026-11-20T09:30:00.000+0000",
        definition.configuration(),
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        812,
        List.of());
  }

  private List<PublishedVersion> of(String function) {
    return published.computeIfAbsent(function, _ -> new ArrayList<>());
  }

  @Override
  public synchronized Overview overview(String function) {
    check();
    return new Overview(
        state(function, "$LATEST", ""),
        List.copyOf(of(function).reversed()),
        List.copyOf(aliases.getOrDefault(function, Map.of()).values()),
        urls.get(function));
  }

  @Override
  public synchronized PublishedVersion publish(String function, String description) {
    check();
    PublishedVersion made = state(function, Integer.toString(of(function).size() + 1), description);
    of(function).add(made);
    files.put(function + ":" + made.number(), files(function, "$LATEST"));
    return made;
  }

  @Override
  public synchronized void delete(String function, String version) {
    check();
    of(function).removeIf(each -> each.number().equals(version));
  }

  @Override
  public synchronized FunctionAlias putAlias(
      String function, String alias, String version, Map<String, Double> weights) {
    check();
    FunctionAlias made = new FunctionAlias(alias, version, weights);
    aliases.computeIfAbsent(function, _ -> new TreeMap<>()).put(alias, made);
    return made;
  }

  @Override
  public synchronized void deleteAlias(String function, String alias) {
    check();
    aliases.getOrDefault(function, new TreeMap<>()).remove(alias);
  }

  @Override
  public synchronized Map<String, @Nullable String> files(String function, String version) {
    check();
    Map<String, @Nullable String> kept = files.get(function + ":" + version);
    if (kept != null) {
      return kept;
    }
    long id = functions.get(function).id();
    Map<String, @Nullable String> now = new TreeMap<>();
    functions.files(id).forEach(file -> now.put(file.path(), functions.read(id, file.path())));
    return now;
  }

  @Override
  public synchronized String createUrl(String function) {
    check();
    return urls.computeIfAbsent(function, _ -> "http://127.0.0.1:49200/");
  }

  @Override
  public synchronized void deleteUrl(String function) {
    check();
    urls.remove(function);
  }
}
