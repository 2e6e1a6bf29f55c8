package dev.hearth.app.service;

import dev.hearth.app.project.FunctionAlias;
import dev.hearth.app.project.PublishedVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Published versions and aliases of the project's functions, and their URLs; the same that the
 * service API shows. Methods block: call them from {@code app.task}. All throw {@link
 * HearthException} with a message for the user.
 */
public interface VersionService {
  /** Everything about the versions of a function that a view shows. */
  record Overview(
      PublishedVersion latest,
      List<PublishedVersion> published,
      List<FunctionAlias> aliases,
      @Nullable String url) {}

  /** As it is now; versions newest first. */
  Overview overview(String function);

  /**
   * Freezes the function as it is; the newest version is answered when nothing has changed since.
   *
   * @param description may be empty
   */
  PublishedVersion publish(String function, String description);

  /** Removes a version that no alias points to. */
  void delete(String function, String version);

  /**
   * Makes an alias, or points it elsewhere.
   *
   * @param weights share of the calls that go to another version; at most one entry
   */
  FunctionAlias putAlias(
      String function, String alias, String version, Map<String, Double> weights);

  void deleteAlias(String function, String alias);

  /**
   * The files by path, as text; null for what is not text.
   *
   * @param version a number or {@code $LATEST}
   */
  Map<String, @Nullable String> files(String function, String version);

  /** Gives the function an address of its own that needs no signature, and answers it. */
  String createUrl(String function);

  void deleteUrl(String function);
}
