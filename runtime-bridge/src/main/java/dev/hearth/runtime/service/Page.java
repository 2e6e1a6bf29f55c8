package dev.hearth.runtime.service;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One page of a list: the marker is the key of the last item, so pages stay right under change. */
final class Page {
  private Page() {}

  /**
   * @param member the name of the list in the answer
   * @throws ApiException when the marker names no item
   */
  static <T> ObjectNode of(
      ApiCall call, int most, String member, List<T> items, Function<T, Entry> entry)
      throws ApiException {
    int count = call.maxItems(most);
    String marker = call.query("Marker");
    ObjectNode json = Json.object();
    ArrayNode page = Json.object().arrayNode();
    String last = null;
    boolean started = marker == null || marker.isEmpty();
    for (T item : items) {
      Entry each = entry.apply(item);
      if (!started) {
        started = each.key().equals(marker);
        continue;
      }
      if (page.size() == count) {
        json.put("NextMarker", last);
        break;
      }
      page.add(each.json());
      last = each.key();
    }
    checkFound(started, marker);
    json.set(member, page);
    return json;
  }

  private static void checkFound(boolean found, @Nullable String marker) throws ApiException {
    if (!found) {
      throw ApiException.invalidParameter("The marker \"" + marker + "\" is not valid.");
    }
  }

  /** An item with its key. */
  record Entry(String key, ObjectNode json) {}
}
