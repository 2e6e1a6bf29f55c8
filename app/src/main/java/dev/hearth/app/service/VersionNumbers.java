package dev.hearth.app.service;

import dev.hearth.app.project.InvocationAssembler;
import dev.hearth.app.project.SourceVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which function and version of the project each deployment is. Safe for all threads. */
final class VersionNumbers implements InvocationAssembler.Numbering {
  private final Map<String, Long> functions = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Integer>> versions = new ConcurrentHashMap<>();

  void put(String functionName, SourceVersion version) {
    functions.put(functionName, version.functionId());
    versions
        .computeIfAbsent(functionName, _ -> new ConcurrentHashMap<>())
        .put(version.sha256(), version.number());
  }

  @Override
  public long functionId(String functionName) {
    return functions.getOrDefault(functionName, 0L);
  }

  @Override
  public int sourceVersion(String functionName, String sha256) {
    return versions.getOrDefault(functionName, Map.of()).getOrDefault(sha256, 0);
  }
}
