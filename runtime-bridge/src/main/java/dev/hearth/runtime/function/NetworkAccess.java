package dev.hearth.runtime.function;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What of the network a function reaches. Lambda has no such setting: a function reaches the
 * internet unless it is put into a network without a way there, which is what the others stand for.
 */
public enum NetworkAccess {
  /** Everything that this machine reaches. */
  OPEN("open"),
  /** What listens on this machine's loopback interface, such as a local database. */
  LOOPBACK("loopback"),
  /** The Runtime API alone. */
  NONE("none");

  private final String id;

  NetworkAccess(String id) {
    this.id = id;
  }

  /** As it is kept and typed. */
  public String id() {
    return id;
  }

  /**
   * @throws InvalidFunctionException when there is none of that id
   */
  public static NetworkAccess parse(String id) {
    return Arrays.stream(values())
        .filter(one -> one.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidFunctionException(
                    "network",
                    "Network \"%s\" is not known. Use one of %s."
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(NetworkAccess::id)
                                .collect(Collectors.joining(", ")))));
  }
}
