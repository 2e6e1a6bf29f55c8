package dev.hearth.app.ui.versions;

import dev.hearth.app.project.PublishedVersion;
import dev.hearth.app.project.compare.LineDiff;
import dev.hearth.app.ui.versions.DiffLine.Kind;
import dev.hearth.resources.Texts;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What distinguishes two versions: settings first, then the files line by line. */
final class VersionDiff {
  /** Lines kept around a change. */
  private static final int CONTEXT = 3;

  private final Texts texts;
  private final List<DiffLine> lines = new ArrayList<>();

  private VersionDiff(Texts texts) {
    this.texts = texts;
  }

  /**
   * Compares; empty when there is no difference.
   *
   * @param oldFiles text by path, null for what is not text
   */
  static List<DiffLine> of(
      Texts texts,
      PublishedVersion old,
      Map<String, @Nullable String> oldFiles,
      PublishedVersion now,
      Map<String, @Nullable String> nowFiles) {
    VersionDiff diff = new VersionDiff(texts);
    diff.settings(settings(old), settings(now));
    diff.secrets(old.configuration(), now.configuration());
    TreeSet<String> paths = new TreeSet<>(oldFiles.keySet());
    paths.addAll(nowFiles.keySet());
    for (String path : paths) {
      diff.file(path, oldFiles, nowFiles);
    }
    return List.copyOf(diff.lines);
  }

  private static Map<String, String> settings(PublishedVersion version) {
    FunctionConfiguration c = version.configuration();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("setting.runtime", c.runtime().id());
    settings.put("setting.handler", c.handler());
    settings.put("setting.memory", c.memorySize() + " MB");
    settings.put("setting.timeout", c.timeout() + " s");
    settings.put("setting.storage", c.ephemeralStorage() + " MB");
    settings.put("setting.architecture", c.architecture().id());
    settings.put("setting.network", c.network().id());
    settings.put("setting.logging", c.logging().format().id());
    settings.put("setting.layers", String.join(", ", version.layers()));
    settings.put("setting.variables", c.shownEnvironment().toString());
    return settings;
  }

  private void settings(Map<String, String> old, Map<String, String> now) {
    List<DiffLine> changed = new ArrayList<>();
    now.forEach(
        (key, value) -> {
          if (!value.equals(old.get(key))) {
            changed.add(new DiffLine(Kind.REMOVED, texts.get(key) + ": " + old.get(key)));
            changed.add(new DiffLine(Kind.ADDED, texts.get(key) + ": " + value));
          }
        });
    configuration(changed);
  }

  private void configuration(List<DiffLine> changed) {
    if (!changed.isEmpty()) {
      DiffLine heading = new DiffLine(Kind.HEADING, texts.get("diff.configuration"));
      if (!lines.contains(heading)) {
        lines.add(heading);
      }
      lines.addAll(changed);
    }
  }

  /** That a secret has another value is told, the values are not: masked, both look alike. */
  private void secrets(FunctionConfiguration old, FunctionConfiguration now) {
    List<DiffLine> changed = new ArrayList<>();
    for (String name : new TreeSet<>(now.secrets())) {
      String before = old.environment().get(name);
      String after = now.environment().get(name);
      if (old.secrets().contains(name) && !Objects.equals(before, after)) {
        String mask = FunctionConfiguration.MASK;
        changed.add(new DiffLine(Kind.REMOVED, texts.get("setting.secret", name, mask)));
        changed.add(new DiffLine(Kind.ADDED, texts.get("setting.secret.changed", name, mask)));
      }
    }
    configuration(changed);
  }

  private void file(
      String path, Map<String, @Nullable String> old, Map<String, @Nullable String> now) {
    String before = old.get(path);
    String after = now.get(path);
    boolean same = old.containsKey(path) == now.containsKey(path) && Objects.equals(before, after);
    if (same) {
      return;
    }
    lines.add(new DiffLine(Kind.HEADING, path));
    List<String> oldLines = before == null ? List.of() : before.lines().toList();
    List<String> nowLines = after == null ? List.of() : after.lines().toList();
    List<DiffLine> all = compare(oldLines, nowLines);
    boolean[] near = new boolean[all.size()];
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).kind() != Kind.SAME) {
        int to = Math.min(all.size(), i + CONTEXT + 1);
        for (int j = Math.max(0, i - CONTEXT); j < to; j++) {
          near[j] = true;
        }
      }
    }
    for (int i = 0; i < all.size(); i++) {
      if (near[i]) {
        lines.add(all.get(i));
      } else if (i > 0 && near[i - 1]) {
        lines.add(new DiffLine(Kind.SAME, "…"));
      }
    }
  }

  /** What two files differ in, in the marks of this panel. */
  static List<DiffLine> compare(List<String> old, List<String> now) {
    return LineDiff.of(old, now).stream()
        .map(line -> new DiffLine(kind(line.side()), line.text()))
        .toList();
  }

  private static Kind kind(LineDiff.Side side) {
    return switch (side) {
      case BOTH -> Kind.SAME;
      case FIRST -> Kind.REMOVED;
      case SECOND -> Kind.ADDED;
    };
  }
}
