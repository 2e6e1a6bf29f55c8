package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One environment's surroundings: a control group, a view of its own, or both. */
final class LinuxEnclosure implements Enclosure {
  /**
   * The group and what becomes of its CPU time after init.
   *
   * @param leaving takes the group over when its processes have been killed
   */
  record Grouped(ControlGroup group, CpuShare.Quota calls, Consumer<ControlGroup> leaving) {}

  /** The view, and how paths are called in it. */
  record Viewed(View.Inside view, InsidePaths paths) {}

  private final @Nullable Grouped grouped;

  /** Stopping and continuing, and the share to reach by it. */
  record Held(CpuThrottle throttle, double share) {}

  private final @Nullable Viewed viewed;
  private final @Nullable Held held;

  LinuxEnclosure(@Nullable Grouped grouped, @Nullable Viewed viewed, @Nullable Held held) {
    this.grouped = grouped;
    this.viewed = viewed;
    this.held = held;
  }

  @Override
  public @Nullable CpuThrottle throttle() {
    return held == null ? null : held.throttle();
  }

  @Override
  public double share() {
    return held == null ? 0 : held.share();
  }

  @Override
  public List<String> command(List<String> wanted, Path directory) {
    if (viewed != null) {
      List<String> inside = wanted.stream().map(viewed.paths()::translate).toList();
      return viewed.view().command(inside, viewed.paths().translate(directory));
    }
    return grouped == null || grouped.group().entrances().isEmpty()
        ? wanted
        : LinuxConfinement.joining(grouped.group().entrances(), wanted);
  }

  @Override
  public Path directory(Path wanted) {
    return viewed == null ? wanted : viewed.view().directory(viewed.paths().translate(wanted));
  }

  @Override
  public Map<String, String> environment(Map<String, String> wanted) {
    if (viewed == null) {
      return wanted;
    }
    Map<String, String> translated = LinkedHashMap.newLinkedHashMap(wanted.size());
    wanted.forEach((name, value) -> translated.put(name, viewed.paths().translate(value)));
    return translated;
  }

  /** The group's files are out of sight from inside, so they are opened before. */
  @Override
  public int start(Spawn spawn) throws IOException {
    boolean byThread = grouped != null && grouped.group().entrances().isEmpty();
    ControlGroup.Door door = byThread ? grouped.group().door() : null;
    try (door) {
      Spawn entering =
          door == null
              ? spawn
              : () -> {
                door.enter();
                return spawn.start();
              };
      if (viewed != null && viewed.view().hasThread()) {
        return viewed.view().start(entering);
      }
      return door == null ? entering.start() : OwnThread.call(entering::start);
    }
  }

  @Override
  public @Nullable ControlGroup group() {
    return grouped == null ? null : grouped.group();
  }

  @Override
  public void initDone() {
    if (grouped != null) {
      Cgroups.tolerant(() -> grouped.group().allow(grouped.calls()));
    }
  }

  @Override
  public ExitStatus status(ExitStatus started) {
    return viewed == null ? started : viewed.view().status(started);
  }

  @Override
  public int process(int started) {
    Integer inside = viewed == null ? Integer.valueOf(started) : viewed.view().process(started);
    return inside == null ? started : inside;
  }

  @Override
  public void close() {
    if (viewed != null) {
      viewed.view().close();
    }
    if (grouped != null) {
      grouped.group().close();
      grouped.leaving().accept(grouped.group());
    }
  }
}
