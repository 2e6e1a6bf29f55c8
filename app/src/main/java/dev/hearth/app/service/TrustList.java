package dev.hearth.app.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.BiConsumer;

/**
 * The project files that this user trusts, in the user's own folder: nothing inside a project can
 * make it trusted.
 *
 * <p>An entry names the project by its random id and the file by its {@link FileIdentity}. Both
 * must fit. A seal inside the project, made with a key of the user, would also follow a project to
 * another disk, but it would come back with it: who is sent a project can change its code and send
 * it back. So a project that its user renames or moves stays trusted, and one that was copied,
 * downloaded, or fetched by a version control system is asked about once more. What overwrites a
 * trusted file in place, and was a copy of the same project, is not noticed, as in editors that
 * trust a folder.
 */
final class TrustList {
  private final PropertiesFile file;

  TrustList(Path file) {
    this.file = new PropertiesFile(file);
  }

  /**
   * Whether a project file is in the list.
   *
   * @param projectId empty for a project that has none
   */
  boolean contains(String projectId, Path project) {
    try {
      Properties all = file.load();
      for (String entry : all.stringPropertyNames()) {
        if (entry.startsWith(projectId + " ")
            && FileIdentity.isNameOf(entry.substring(projectId.length() + 1), project)) {
          return true;
        }
      }
      return false;
    } catch (IOException | IllegalArgumentException e) {
      throw Trouble.machine(
          e,
          "The list of trusted projects %s can't be read. Mend or delete it; projects are then"
              + " asked about again.",
          file);
    }
  }

  /**
   * Adds a project file.
   *
   * @throws HearthException when the list can't be written
   */
  void add(String projectId, Path project) {
    change(projectId, project, (all, entry) -> all.setProperty(entry, project.toString()));
  }

  /** Takes a project file out. */
  void remove(String projectId, Path project) {
    change(projectId, project, (all, entry) -> all.remove(entry));
  }

  private void change(String projectId, Path project, BiConsumer<Properties, String> change) {
    try {
      String entry = projectId + " " + FileIdentity.toKeep(project);
      file.change(all -> change.accept(all, entry));
    } catch (IOException | IllegalArgumentException e) {
      throw Trouble.machine(
          e,
          "The list of trusted projects %s can't be written. Make it and its folder writable.",
          file);
    }
  }
}
