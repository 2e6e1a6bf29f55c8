package dev.hearth.runtime.service;

import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.List;

/**
 * A function at $LATEST or at a published version, as the service API describes it.
 *
 * @param version {@code $LATEST} or a number
 */
public record FunctionState(
    FunctionConfiguration configuration, FunctionAttributes attributes, String version, Code code) {
  /**
   * The code as an archive.
   *
   * @param zipSha256 hash of the archive, hex
   * @param size bytes of the archive
   * @param sourceSha256 hash of the files, hex; empty when there are none
   */
  public record Code(String zipSha256, long size, String sourceSha256) {
    /** The archive's hash as the API writes it. */
    public String base64() {
      return CodeArchive.base64(zipSha256);
    }

    /** No files. */
    static final Code NONE = new Code(CodeArchive.sha256(new byte[0]), 0, "");
  }

  public String name() {
    return configuration.functionName();
  }

  public String description() {
    return attributes.description();
  }

  /** When it was last changed, or published, in the API's form. */
  public String lastModified() {
    return attributes.lastModified();
  }

  /** ARNs of its layers, in the order in which they are merged. */
  public List<String> layers() {
    return attributes.layers().stream().map(FunctionAttributes.LayerReference::arn).toList();
  }

  boolean isLatest() {
    return version.equals(DeployedFunction.LATEST);
  }

  /** Without a qualifier for $LATEST, with the number for a version. */
  String arn() {
    String arn = Arns.function(name());
    return isLatest() ? arn : arn + ":" + version;
  }

  /** Whether code and configuration are the same; description and number do not count. */
  boolean runsAs(FunctionState other) {
    return configuration.equals(other.configuration)
        && code.zipSha256.equals(other.code.zipSha256)
        && attributes.layers().equals(other.attributes.layers())
        && attributes.settings().equals(other.attributes.settings())
        && attributes.role().equals(other.attributes.role());
  }
}
