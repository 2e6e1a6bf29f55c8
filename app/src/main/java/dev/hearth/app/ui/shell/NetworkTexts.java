package dev.hearth.app.ui.shell;

import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.NetworkAccess;
import java.util.Arrays;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** What the choices of a function's network are called. */
final class NetworkTexts extends StringConverter<NetworkAccess> {
  private final Texts texts;

  NetworkTexts(Texts texts) {
    this.texts = texts;
  }

  @Override
  public String toString(@Nullable NetworkAccess access) {
    return access == null ? "" : texts.get("network." + access.id());
  }

  @Override
  public NetworkAccess fromString(String text) {
    return Arrays.stream(NetworkAccess.values())
        .filter(access -> toString(access).equals(text))
        .findFirst()
        .orElse(NetworkAccess.OPEN);
  }
}
