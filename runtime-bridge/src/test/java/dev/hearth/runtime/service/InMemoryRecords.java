package dev.hearth.runtime.service;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Records that live as long as the test. */
public final class InMemoryRecords implements RecordStore {
  private final Map<String, ConcurrentSkipListMap<String, String>> kinds =
      new ConcurrentHashMap<>();
  private final Map<String, byte[]> archives = new ConcurrentHashMap<>();

  private ConcurrentSkipListMap<String, String> of(String kind) {
    return kinds.computeIfAbsent(kind, _ -> new ConcurrentSkipListMap<>());
  }

  @Override
  public Optional<String> get(String kind, String key) {
    return Optional.ofNullable(of(kind).get(key));
  }

  @Override
  public SortedMap<String, String> list(String kind, String prefix) {
    SortedMap<String, String> found = new TreeMap<>(of(kind));
    found.keySet().removeIf(key -> !key.startsWith(prefix));
    return found;
  }

  @Override
  public void put(String kind, String key, String json) {
    of(kind).put(key, json);
  }

  /** Reversed: enough to be told from the value itself. */
  @Override
  public String seal(String name, String value) {
    return "sealed:" + new StringBuilder(value).reverse();
  }

  @Override
  public Optional<String> unseal(String name, String sealed) {
    return Optional.of(
        new StringBuilder(sealed.substring("sealed:".length())).reverse().toString());
  }

  @Override
  public boolean remove(String kind, String key) {
    return of(kind).remove(key) != null;
  }

  @Override
  public Optional<byte[]> archive(String sha256) {
    return Optional.ofNullable(archives.get(sha256));
  }

  @Override
  public void putArchive(String sha256, byte[] zip) {
    archives.put(sha256, zip);
  }

  @Override
  public void retainArchives(Set<String> sha256s) {
    archives.keySet().retainAll(sha256s);
  }

  /** How many archives are kept. */
  public int archives() {
    return archives.size();
  }
}
