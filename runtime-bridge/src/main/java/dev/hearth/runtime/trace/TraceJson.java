package dev.hearth.runtime.trace;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that anybody may have sent: of bounded depth, numbers kept exactly. */
final class TraceJson {
  private static final int DEEPEST = 64;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private TraceJson() {}

  /**
   * @throws tools.jackson.core.JacksonException when it is no JSON
   */
  static JsonNode read(byte[] bytes, int from, int length) {
    return MAPPER.readTree(bytes, from, length);
  }

  /** The text of a member; null when there is none. Numbers count as text. */
  static @Nullable String text(JsonNode node, String member) {
    JsonNode found = node.get(member);
    return found == null || !found.isValueNode() || found.isNull() ? null : found.asString();
  }

  static String textOr(JsonNode node, String member, String other) {
    String found = text(node, member);
    return found == null ? other : found;
  }

  static boolean isTrue(JsonNode node, String member) {
    JsonNode found = node.get(member);
    return found != null && found.isBoolean() && found.booleanValue();
  }
}
