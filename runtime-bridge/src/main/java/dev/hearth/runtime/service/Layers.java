package dev.hearth.runtime.service;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The layers and their versions; numbers are never given again. */
final class Layers {
  private final RecordStore store;
  private final Records<Version> versions;
  private final Records<Integer> counters;

  /**
   * A layer version as it is kept.
   *
   * @param sha256 of its archive, hex
   */
  record Version(
      String layer,
      long number,
      String description,
      String license,
      List<String> runtimes,
      List<String> architectures,
      String created,
      String sha256,
      long size,
      long unzipped) {
    String arn() {
      return Arns.layer(layer) + ":" + number;
    }
  }

  Layers(RecordStore store) {
    this.store = store;
    this.versions = new Records<>(store, "layer", Version.class);
    this.counters = new Records<>(store, "layer-counter", Integer.class);
  }

  private static String key(String layer, long number) {
    return layer + "/" + String.format(Locale.ROOT, "%010d", number);
  }

  /** The next number of a layer. */
  long next(String layer) {
    int number = counters.get(layer).orElse(0) + 1;
    counters.put(layer, number);
    return number;
  }

  void put(Version version, byte[] zip) {
    store.putArchive(version.sha256(), zip);
    versions.put(key(version.layer(), version.number()), version);
  }

  Optional<Version> find(String layer, long number) {
    return versions.get(key(layer, number));
  }

  /** Newest first. */
  List<Version> list(String layer) {
    List<Version> all = new ArrayList<>(versions.list(layer + "/").values());
    Collections.reverse(all);
    return all;
  }

  /** The versions of every layer in name order, each list newest first. */
  Map<String, List<Version>> all() {
    Map<String, List<Version>> all = new LinkedHashMap<>();
    versions
        .list("")
        .values()
        .forEach(
            version ->
                all.computeIfAbsent(version.layer(), _ -> new ArrayList<>()).addFirst(version));
    return all;
  }

  void delete(String layer, long number) {
    versions.remove(key(layer, number));
  }

  void usedArchives(Set<String> used) {
    versions.list("").values().forEach(version -> used.add(version.sha256()));
  }
}
