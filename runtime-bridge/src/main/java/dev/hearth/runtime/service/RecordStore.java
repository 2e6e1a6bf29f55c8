package dev.hearth.runtime.service;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Where the service API keeps what it alone manages, as JSON by kind and key, and the uploaded
 * archives by their hash. Keys that belong to a function are its name, alone or followed by a slash
 * and more. Every change is durable when a method returns.
 */
public interface RecordStore {
  Optional<String> get(String kind, String key);

  /** All of a kind whose key starts so, in key order. */
  SortedMap<String, String> list(String kind, String prefix);

  /** Creates or replaces. */
  void put(String kind, String key, String json);

  /** False when there was none. */
  boolean remove(String kind, String key);

  /**
   * An uploaded archive.
   *
   * @param sha256 64 hex digits
   */
  Optional<byte[]> archive(String sha256);

  /** Keeps an archive; does nothing when it is kept already. */
  void putArchive(String sha256, byte[] zip);

  /**
   * A secret variable's value in the form in which it may be kept.
   *
   * @param name the variable's
   */
  String seal(String name, String value);

  /** The value again; empty when it was sealed with a key that is not here. */
  Optional<String> unseal(String name, String sealed);

  /** Whether nothing can be changed here. */
  default boolean readOnly() {
    return false;
  }

  /** Removes all archives but these. */
  void retainArchives(Set<String> sha256s);
}
