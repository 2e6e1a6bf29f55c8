package dev.hearth.runtime.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The records of one kind, as values of their type. */
final class Records<T> {
  private final RecordStore store;
  private final String kind;
  private final Class<T> type;

  Records(RecordStore store, String kind, Class<T> type) {
    this.store = store;
    this.kind = kind;
    this.type = type;
  }

  Optional<T> get(String key) {
    return store.get(kind, key).map(json -> Json.read(json, type));
  }

  /** Those whose key starts so, by key and in key order. */
  Map<String, T> list(String prefix) {
    Map<String, T> values = new LinkedHashMap<>();
    store.list(kind, prefix).forEach((key, json) -> values.put(key, Json.read(json, type)));
    return values;
  }

  void put(String key, T value) {
    store.put(kind, key, Json.text(value));
  }

  boolean remove(String key) {
    return store.remove(kind, key);
  }

  /** Removes what belongs to a function: its own record and those of its qualifiers. */
  void removeOwned(String owner) {
    remove(owner);
    list(owner + "/").keySet().forEach(this::remove);
  }

  /** Gives what belongs to a function to its new name. */
  void renameOwned(String owner, String newOwner) {
    get(owner).ifPresent(value -> put(newOwner, value));
    list(owner + "/").forEach((key, value) -> put(newOwner + key.substring(owner.length()), value));
    removeOwned(owner);
  }
}
