package dev.hearth.runtime.service;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON object of a request, or a structure inside it. A member that is absent or null reads as
 * null; one of another type is refused as AWS refuses it.
 */
final class Body {
  private final ObjectNode json;

  Body(ObjectNode json) {
    this.json = json;
  }

  /**
   * @param bytes empty for no members
   * @throws ApiException InvalidRequestContentException when it is no JSON object
   */
  static Body parse(byte[] bytes) throws ApiException {
    if (bytes.length == 0) {
      return new Body(Json.object());
    }
    return new Body(Json.parseObject(bytes));
  }

  boolean has(String member) {
    return node(member) != null;
  }

  @Nullable JsonNode node(String member) {
    JsonNode node = json.get(member);
    return node == null || node.isNull() ? null : node;
  }

  @Nullable String text(String member) throws ApiException {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    if (node.isContainer()) {
      throw mismatch("String", node);
    }
    return node.asString();
  }

  String text(String member, String otherwise) throws ApiException {
    String text = text(member);
    return text == null ? otherwise : text;
  }

  @Nullable Integer integer(String member) throws ApiException {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    if (!node.isNumber() || !node.canConvertToInt()) {
      throw mismatch("Integer", node);
    }
    return node.intValue();
  }

  boolean flag(String member) throws ApiException {
    Boolean value = bool(member);
    return value != null && value;
  }

  @Nullable Boolean bool(String member) throws ApiException {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    if (!node.isBoolean()) {
      throw mismatch("Boolean", node);
    }
    return node.booleanValue();
  }

  /** The bytes of a blob, which stand in base64. */
  byte @Nullable [] blob(String member) throws ApiException {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    if (!node.isString()) {
      throw mismatch("ByteBuffer", node);
    }
    try {
      return Base64.getDecoder().decode(node.stringValue());
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidRequestContent(
          "Could not parse request body into json: "
              + member
              + " is not base64: "
              + e.getMessage());
    }
  }

  @Nullable Body structure(String member) throws ApiException {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    if (!(node instanceof ObjectNode object)) {
      throw mismatch("Map", node);
    }
    return new Body(object);
  }

  @Nullable List<String> texts(String member) throws ApiException {
    JsonNode node = node(member);
    if (node == null) {
      return null;
    }
    if (!node.isArray()) {
      throw mismatch("ArrayList", node);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      if (element.isContainer()) {
        throw mismatch("String", element);
      }
      texts.add(element.asString());
    }
    return texts;
  }

  @Nullable Map<String, String> textMap(String member) throws ApiException {
    Body structure = structure(member);
    if (structure == null) {
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : structure.json.propertyNames()) {
      texts.put(name, structure.text(name, ""));
    }
    return texts;
  }

  ObjectNode json() {
    return json;
  }

  private static ApiException mismatch(String type, JsonNode node) {
    return ApiException.invalidRequestContent(
        "Could not parse request body into json: Cannot deserialize value of type `java."
            + (type.equals("Map") || type.equals("ArrayList") ? "util." : "lang.")
            + type
            + "` from "
            + node.getNodeType()
            + " value");
  }
}
