package dev.hearth.app.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The project files that this user trusts, in the user's own folder: nothing inside a project can
 * make it trusted.
 *
 * <p>An entry names the project by its random id and the file by its {@link FileIdentity}, and has
 * the {@link FileSeal} with which it was closed. All must fit. A seal inside the project, made with
 * a key of the user, would also follow a project to another disk, but it would come back with it:
 * who is sent a project can change its code and send it back. So a project that its user renames or
 * moves stays trusted, and one that was copied, downloaded, fetched by a version control system or
 * overwritten is asked about once more.
 *
 * <p>While some Hearth has the file open there is no seal, since that Hearth writes. One that was
 * killed left none, so that the next opening goes by id and identity alone.
 */
final class TrustList {
  private static final Logger log = LoggerFactory.getLogger(TrustList.class);

  /** What stands behind an entry's name where its seal is kept, and who has it open. */
  private static final String SEAL = " seal";

  private static final String OPEN = " open";
  private static final String SELF = Long.toString(ProcessHandle.current().pid());

  private final PropertiesFile file;

  TrustList(Path file) {
    this.file = new PropertiesFile(file);
  }

  /**
   * Whether a project file is in the list and as Hearth left it. If so, it counts as open from now
   * on, until {@link #closed}.
   *
   * @param projectId empty for a project that has none
   */
  boolean opened(String projectId, Path project) {
    try {
      Properties all = file.load();
      for (String entry : all.stringPropertyNames()) {
        if (entry.startsWith(projectId + " ")
            && FileIdentity.isNameOf(entry.substring(projectId.length() + 1), project)) {
          return isAsLeft(all.getProperty(entry + SEAL), project) && markOpen(entry);
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

  private static boolean isAsLeft(@Nullable String seal, Path project) throws IOException {
    return seal == null || FileSeal.parse(seal).fits(FileSeal.of(project));
  }

  private boolean markOpen(String entry) {
    try {
      file.change(all -> markOpen(all, entry));
    } catch (IOException e) {
      log.warn("{} can't be written; its projects will be asked about again", file, e);
    }
    return true;
  }

  private static void markOpen(Properties all, String entry) {
    Set<String> openers = livingOpeners(all, entry);
    openers.add(SELF);
    all.setProperty(entry + OPEN, String.join(" ", openers));
    all.remove(entry + SEAL);
  }

  /** Processes that have the file open, as far as they still run. */
  private static Set<String> livingOpeners(Properties all, String entry) {
    Set<String> openers = new TreeSet<>();
    for (String pid : all.getProperty(entry + OPEN, "").split(" ")) {
      if (pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
        openers.add(pid);
      }
    }
    return openers;
  }

  /** The file was closed and is not written any more by this program. */
  void closed(String projectId, Path project) {
    try {
      String kept = entry(projectId, project);
      FileSeal seal = FileSeal.of(project);
      file.change(
          all -> {
            if (all.containsKey(kept)) {
              Set<String> others = livingOpeners(all, kept);
              others.remove(SELF);
              if (others.isEmpty()) {
                all.remove(kept + OPEN);
                all.setProperty(kept + SEAL, seal.toString());
              } else {
                all.setProperty(kept + OPEN, String.join(" ", others));
              }
            }
          });
    } catch (IOException e) {
      log.warn("What the project {} looks like was not noted in {}", project, file, e);
    }
  }

  /**
   * Adds a project file.
   *
   * @throws HearthException when the list can't be written
   */
  void add(String projectId, Path project) {
    change(
        projectId,
        project,
        (all, entry) -> {
          all.setProperty(entry, project.toString());
          markOpen(all, entry);
        });
  }

  /** Takes a project file out. */
  void remove(String projectId, Path project) {
    change(
        projectId,
        project,
        (all, entry) -> List.of("", SEAL, OPEN).forEach(part -> all.remove(entry + part)));
  }

  private static String entry(String projectId, Path project) throws IOException {
    return projectId + " " + FileIdentity.toKeep(project);
  }

  private void change(String projectId, Path project, BiConsumer<Properties, String> change) {
    try {
      String entry = entry(projectId, project);
      file.change(all -> change.accept(all, entry));
    } catch (IOException | IllegalArgumentException e) {
      throw Trouble.machine(
          e,
          "The list of trusted projects %s can't be written. Make it and its folder writable.",
          file);
    }
  }
}
