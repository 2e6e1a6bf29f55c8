package dev.hearth.runtime.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the service API keeps of a function beside what its environments need (invoke-api.md section
 * 5).
 *
 * @param layers in the order in which they are merged
 * @param settings members that are kept and answered as they were given, by their API name
 * @param revisionId changes with every change
 * @param lastModified in the API's form
 * @param upload the archive that the code came in; null when it was written in the window
 * @param seen what configuration and code looked like at the last change, so that a change made
 *     elsewhere is noticed
 */
public record FunctionAttributes(
    String description,
    String role,
    List<LayerReference> layers,
    Map<String, JsonNode> settings,
    String revisionId,
    String lastModified,
    @Nullable Upload upload,
    @Nullable String seen) {
  /** The role of functions that were made in the window; nothing checks it here. */
  static final String LOCAL_ROLE = "arn:aws:iam::000000000000:role/hearth";

  /**
   * A layer version that a function has; it keeps the layer's content even when the layer is
   * deleted.
   *
   * @param sha256 of its archive, hex
   */
  public record LayerReference(String arn, String sha256, long size) {}

  /**
   * An uploaded archive.
   *
   * @param sha256 of the archive, hex
   * @param sourceSha256 of the unpacked files; other files are no longer this upload
   */
  public record Upload(String sha256, long size, String sourceSha256) {}

  public FunctionAttributes {
    layers = List.copyOf(layers);
    settings = Map.copyOf(settings);
  }

  static FunctionAttributes none() {
    return new FunctionAttributes(
        "", LOCAL_ROLE, List.of(), Map.of(), Stamps.revision(), Stamps.now(), null, null);
  }

  FunctionAttributes withDescription(String other) {
    return new FunctionAttributes(
        other, role, layers, settings, revisionId, lastModified, upload, seen);
  }

  FunctionAttributes withSetting(String member, JsonNode value) {
    Map<String, JsonNode> more = new HashMap<>(settings);
    more.put(member, value);
    return new FunctionAttributes(
        description, role, layers, more, revisionId, lastModified, upload, seen);
  }

  FunctionAttributes withUpload(Upload other) {
    return new FunctionAttributes(
        description, role, layers, settings, revisionId, lastModified, other, seen);
  }

  /** After a change: a new revision, modified now. */
  FunctionAttributes changed(String nowSeen) {
    return new FunctionAttributes(
        description, role, layers, settings, Stamps.revision(), Stamps.now(), upload, nowSeen);
  }
}
