package dev.hearth.runtime.http;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order of arrival, looked up without regard to case. An array of pairs: a
 * Runtime API request has three or four fields, for which a map would cost more than it saves.
 */
public final class HttpHeaders {
  private String[] pairs = new String[16];
  private int size;

  void add(String name, String value) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size * 2);
    }
    pairs[size++] = name;
    pairs[size++] = value;
  }

  /** The first value of a field; null when the request does not have it. */
  public @Nullable String first(String name) {
    for (int i = 0; i < size; i += 2) {
      if (pairs[i].equalsIgnoreCase(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  /** How many fields of that name there are. */
  public int count(String name) {
    int count = 0;
    for (int i = 0; i < size; i += 2) {
      if (pairs[i].equalsIgnoreCase(name)) {
        count++;
      }
    }
    return count;
  }

  /** All fields in order, names as the peer spelled them. */
  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < size; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  @Override
  public String toString() {
    return Arrays.asList(pairs).subList(0, size).toString();
  }
}
