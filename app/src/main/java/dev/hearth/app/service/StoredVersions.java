package dev.hearth.app.service;

import dev.hearth.app.project.FunctionAlias;
import dev.hearth.app.project.PublishedVersion;
import dev.hearth.app.store.SourceStore;
import dev.hearth.runtime.service.AliasState;
import dev.hearth.runtime.service.ApiException;
import dev.hearth.runtime.service.CatalogException;
import dev.hearth.runtime.service.ControlPlane;
import dev.hearth.runtime.service.FunctionState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The versions that the service API manages, for the window. */
final class StoredVersions implements VersionService {
  private final ControlPlane plane;
  private final Runnable urlsChanged;

  /** Work that the service API may refuse. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws ApiException;
  }

  /**
   * @param urlsChanged told when a function URL came or went
   */
  StoredVersions(ControlPlane plane, Runnable urlsChanged) {
    this.plane = plane;
    this.urlsChanged = urlsChanged;
  }

  static <T> T translated(Work<T> work) {
    try {
      return Trouble.translated(
          () -> {
            try {
              return work.run();
            } catch (ApiException e) {
              throw new HearthException(
                  HearthException.Kind.INPUT, String.valueOf(e.getMessage()), e);
            }
          });
    } catch (CatalogException e) {
      throw new HearthException(HearthException.Kind.INPUT, e.getMessage(), e);
    }
  }

  @Override
  public Overview overview(String function) {
    return translated(
        () -> {
          FunctionState latest =
              plane
                  .latest(function)
                  .orElseThrow(() -> Trouble.input("The function %s was removed.", function));
          List<PublishedVersion> published = new ArrayList<>();
          plane.versions(function).forEach(version -> published.addFirst(published(version)));
          return new Overview(
              published(latest),
              published,
              plane.aliases(function).stream().map(StoredVersions::alias).toList(),
              plane.url(function).orElse(null));
        });
  }

  private static PublishedVersion published(FunctionState state) {
    return new PublishedVersion(
        state.version(),
        state.description(),
        state.lastModified(),
        state.configuration(),
        state.code().base64(),
        state.code().size(),
        state.layers());
  }

  private static FunctionAlias alias(AliasState state) {
    return new FunctionAlias(state.name(), state.functionVersion(), state.weights());
  }

  @Override
  public PublishedVersion publish(String function, String description) {
    return translated(
        () -> published(plane.publish(function, description.isBlank() ? null : description)));
  }

  @Override
  public void delete(String function, String version) {
    translated(
        () -> {
          plane.deleteVersion(function, version);
          return true;
        });
  }

  @Override
  public FunctionAlias putAlias(
      String function, String alias, String version, Map<String, Double> weights) {
    return translated(() -> alias(plane.putAlias(function, alias, version, weights, "")));
  }

  @Override
  public void deleteAlias(String function, String alias) {
    translated(
        () -> {
          plane.deleteAlias(function, alias);
          return true;
        });
  }

  @Override
  public Map<String, @Nullable String> files(String function, String version) {
    return translated(
        () -> {
          Map<String, @Nullable String> texts = new TreeMap<>();
          plane
              .files(function, version)
              .forEach(
                  (path, content) ->
                      texts.put(
                          path,
                          SourceStore.isText(content)
                              ? new String(content, StandardCharsets.UTF_8)
                              : null));
          return texts;
        });
  }

  @Override
  public String createUrl(String function) {
    translated(
        () -> {
          plane.openUrl(function);
          return true;
        });
    urlsChanged.run();
    return plane
        .url(function)
        .orElseThrow(
            () ->
                Trouble.input(
                    "The URL is made, but nothing serves it: switch the Lambda API on in the"
                        + " settings."));
  }

  @Override
  public void deleteUrl(String function) {
    translated(
        () -> {
          plane.closeUrl(function);
          return true;
        });
    urlsChanged.run();
  }
}
