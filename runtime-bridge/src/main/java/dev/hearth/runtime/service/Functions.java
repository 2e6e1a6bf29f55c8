package dev.hearth.runtime.service;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.LayerContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The functions at $LATEST: the catalog's configuration and code with the API's attributes. */
final class Functions {
  private static final int REMEMBERED = 256;

  private final FunctionCatalog catalog;
  private final RecordStore store;
  private final Records<FunctionAttributes> attributes;
  private final Map<String, FunctionState.Code> archives = new ConcurrentHashMap<>();

  Functions(FunctionCatalog catalog) {
    this.catalog = catalog;
    this.store = catalog.records();
    this.attributes = new Records<>(store, "function", FunctionAttributes.class);
  }

  List<FunctionState> all() {
    List<FunctionState> states = new ArrayList<>();
    catalog.functions().forEach(entry -> states.add(state(entry)));
    return states;
  }

  Optional<FunctionState> find(String name) {
    return catalog.function(name).map(this::state);
  }

  private FunctionState state(FunctionCatalog.Entry entry) {
    Optional<FunctionAttributes> stored = attributes.get(entry.name());
    FunctionAttributes known = stored.orElseGet(FunctionAttributes::none);
    String seen = fingerprint(entry);
    if (!seen.equals(known.seen())) {
      known = known.changed(seen);
      if (!store.readOnly()) {
        attributes.put(entry.name(), known);
      }
    }
    return new FunctionState(
        entry.configuration(), known, DeployedFunction.LATEST, code(entry.code(), known));
  }

  private static String fingerprint(FunctionCatalog.Entry entry) {
    CodePackage code = entry.code();
    String whole = entry.configuration() + " " + (code == null ? "" : code.sha256());
    return CodeArchive.sha256(whole.getBytes(StandardCharsets.UTF_8));
  }

  private FunctionState.Code code(@Nullable CodePackage code, FunctionAttributes known) {
    if (code == null) {
      return FunctionState.Code.NONE;
    }
    FunctionAttributes.Upload upload = known.upload();
    if (upload != null && upload.sourceSha256().equals(code.sha256())) {
      return new FunctionState.Code(upload.sha256(), upload.size(), code.sha256());
    }
    if (archives.size() > REMEMBERED) {
      archives.clear();
    }
    return archives.computeIfAbsent(
        code.sha256(),
        source -> {
          byte[] zip = CodeArchive.zip(code.taskRoot());
          return new FunctionState.Code(CodeArchive.sha256(zip), zip.length, source);
        });
  }

  /**
   * The archive of $LATEST's code, as it was uploaded or made of the files.
   *
   * @throws ApiException when the function has no files
   */
  byte[] archive(FunctionState state) throws ApiException {
    Optional<byte[]> kept = store.archive(state.code().zipSha256());
    if (kept.isPresent()) {
      return kept.get();
    }
    CodePackage code = catalog.function(state.name()).map(FunctionCatalog.Entry::code).orElse(null);
    if (code == null) {
      throw ApiException.invalidParameter(
          "The function " + state.name() + " has no files. Add code, then try again.");
    }
    return CodeArchive.zip(code.taskRoot());
  }

  /** Layers first: what is deployed has them from its first call on. */
  void create(
      FunctionConfiguration configuration,
      FunctionAttributes given,
      byte[] zip,
      Map<String, byte[]> files) {
    String name = configuration.functionName();
    attributes.put(name, given);
    try {
      catalog.create(configuration, files);
    } catch (RuntimeException e) {
      attributes.remove(name);
      throw e;
    }
    uploaded(name, given, zip);
  }

  void replaceCode(FunctionState before, byte[] zip, Map<String, byte[]> files) {
    catalog.replaceCode(before.name(), files);
    uploaded(before.name(), before.attributes(), zip);
  }

  private void uploaded(String name, FunctionAttributes given, byte[] zip) {
    String sha256 = CodeArchive.sha256(zip);
    store.putArchive(sha256, zip);
    FunctionCatalog.Entry entry = catalog.function(name).orElseThrow();
    CodePackage code = entry.code();
    FunctionAttributes now =
        code == null
            ? given
            : given.withUpload(new FunctionAttributes.Upload(sha256, zip.length, code.sha256()));
    attributes.put(name, now.changed(fingerprint(entry)));
  }

  /** Layers first: what is deployed with the new configuration has them already. */
  void configure(FunctionConfiguration configuration, FunctionAttributes given) {
    String name = configuration.functionName();
    attributes.put(name, given);
    catalog.configure(configuration);
    FunctionCatalog.Entry entry = catalog.function(name).orElseThrow();
    attributes.put(name, given.changed(fingerprint(entry)));
  }

  /** What was given for a setting of a function; empty when it was not. */
  Optional<JsonNode> setting(String name, String member) {
    return attributes.get(name).map(known -> known.settings().get(member));
  }

  void delete(String name) {
    catalog.delete(name);
    forget(name);
  }

  void forget(String name) {
    attributes.removeOwned(name);
  }

  void rename(String from, String to) {
    attributes.renameOwned(from, to);
  }

  /** The unpacked layers of $LATEST. */
  List<LayerContent> layers(String name) {
    return attributes.get(name).map(known -> layers(known.layers())).orElse(List.of());
  }

  /** The unpacked content of layers that a function or version has. */
  List<LayerContent> layers(List<FunctionAttributes.LayerReference> references) {
    List<LayerContent> contents = new ArrayList<>();
    for (FunctionAttributes.LayerReference reference : references) {
      CodePackage code =
          catalog.unpack(reference.sha256(), () -> stored(reference.sha256(), reference.arn()));
      contents.add(new LayerContent(reference.arn(), code.taskRoot(), reference.sha256()));
    }
    return contents;
  }

  /**
   * The files of a kept archive.
   *
   * @throws IllegalStateException when it is missing or broken, which no request can cause
   */
  Map<String, byte[]> stored(String sha256, String of) {
    byte[] zip =
        store
            .archive(sha256)
            .orElseThrow(() -> new IllegalStateException("The archive of " + of + " is missing"));
    try {
      return CodeArchive.unzip(zip, CodeArchive.MOST_UNZIPPED);
    } catch (ApiException e) {
      throw new IllegalStateException("The archive of " + of + " is broken", e);
    }
  }

  /** Archives that $LATEST of some function came in, and its layers. */
  void usedArchives(Set<String> used) {
    attributes.list("").values().forEach(known -> used(known, used));
  }

  static void used(FunctionAttributes known, Set<String> used) {
    known.layers().forEach(layer -> used.add(layer.sha256()));
    if (known.upload() != null) {
      used.add(known.upload().sha256());
    }
  }
}
