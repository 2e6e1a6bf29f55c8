package dev.hearth.runtime.function;

import java.nio.file.Path;

/**
 * One unpacked layer as a deployment carries it. The content of all layers of a function is merged
 * into {@code /opt}, a later one over an earlier one (runtime-api.md section 7.5).
 *
 * @param arn the ARN of the layer version, for people and for the API
 * @param folder an existing folder whose content stands for {@code /opt}; Hearth never writes into
 *     it
 * @param sha256 hex digest of the content; another digest starts new environments
 */
public record LayerContent(String arn, Path folder, String sha256) {}
