package dev.hearth.runtime.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key pair by whose signature a caller is known. There is no account here, so the pairs that
 * count are few and written down: those of functions, one for people, and the one of the
 * environment in which Hearth was started, so that a shell's own {@code aws} and Hearth agree.
 *
 * @param token the session token that must come with it; null for a lasting pair
 */
public record AccessKey(String id, String secret, @Nullable String token) {
  /** What every function finds in its environment. */
  public static final AccessKey OF_FUNCTIONS =
      new AccessKey(
          "HEARTHLOCALACCESSKEY", "hearth-local-secret-access-key", "hearth-local-session-token");

  /** For people and scripts: {@code local} and {@code local}. */
  public static final AccessKey LOCAL = new AccessKey("local", "local", null);

  /**
   * The pairs that count.
   *
   * @param environment the variables of this process
   */
  public static List<AccessKey> known(Map<String, String> environment) {
    List<AccessKey> known = new ArrayList<>(List.of(OF_FUNCTIONS, LOCAL));
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id != null && !id.isEmpty() && secret != null && !secret.isEmpty()) {
      String token = environment.get("AWS_SESSION_TOKEN");
      known.addFirst(new AccessKey(id, secret, token == null || token.isEmpty() ? null : token));
    }
    return List.copyOf(known);
  }

  /** Never with the secret: keys end up in logs. */
  @Override
  public String toString() {
    return "AccessKey[" + id + "]";
  }
}
