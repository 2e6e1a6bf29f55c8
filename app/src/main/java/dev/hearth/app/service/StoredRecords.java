package dev.hearth.app.service;

import dev.hearth.app.store.SecretBox;
import dev.hearth.app.store.ServiceRecordStore;
import dev.hearth.app.store.StoreException;
import dev.hearth.runtime.service.CatalogException;
import dev.hearth.runtime.service.RecordStore;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/** The service API's records in the project file, with its failures in the API's form. */
final class StoredRecords implements RecordStore {
  private final ServiceRecordStore store;
  private final SecretBox secrets;

  StoredRecords(ServiceRecordStore store, SecretBox secrets) {
    this.store = store;
    this.secrets = secrets;
  }

  private static <T> T translated(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreException e) {
      throw new CatalogException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public boolean readOnly() {
    return store.readOnly();
  }

  @Override
  public Optional<String> get(String kind, String key) {
    return translated(() -> store.get(kind, key));
  }

  @Override
  public SortedMap<String, String> list(String kind, String prefix) {
    return translated(() -> store.list(kind, prefix));
  }

  @Override
  public void put(String kind, String key, String json) {
    translated(
        () -> {
          store.put(kind, key, json);
          return true;
        });
  }

  @Override
  public String seal(String name, String value) {
    return translated(() -> secrets.seal(name, value));
  }

  @Override
  public Optional<String> unseal(String name, String sealed) {
    return translated(() -> secrets.open(name, sealed));
  }

  @Override
  public boolean remove(String kind, String key) {
    return translated(() -> store.remove(kind, key));
  }

  @Override
  public Optional<byte[]> archive(String sha256) {
    return translated(() -> store.archive(sha256));
  }

  @Override
  public void putArchive(String sha256, byte[] zip) {
    translated(
        () -> {
          store.putArchive(sha256, zip);
          return true;
        });
  }

  @Override
  public void retainArchives(Set<String> sha256s) {
    translated(
        () -> {
          store.retainArchives(sha256s);
          return true;
        });
  }
}
