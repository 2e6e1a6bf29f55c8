package dev.hearth.app.project;

import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.List;

/**
 * A function as it runs under one version.
 *
 * @param number {@code $LATEST} or a published number
 * @param published when it was published or last changed, in the API's form
 * @param codeSha256 of its archive, base64
 * @param codeSize bytes of its archive
 * @param layers ARNs in the order in which they are merged
 */
public record PublishedVersion(
    String number,
    String description,
    String published,
    FunctionConfiguration configuration,
    String codeSha256,
    long codeSize,
    List<String> layers) {
  public PublishedVersion {
    layers = List.copyOf(layers);
  }
}
