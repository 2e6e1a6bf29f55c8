package dev.hearth.app.service;

import dev.hearth.app.task.Threads;
import dev.hearth.runtime.event.Subscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the linked folders while somebody wants to know. A burst of changes (a git checkout) is
 * told once, when it has been quiet for {@link #QUIET_MILLIS}; changes by Hearth itself are not
 * told.
 */
final class FolderWatcher implements AutoCloseable {
  static final long QUIET_MILLIS = 150;
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);

  private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
  private final Map<Long, Path> roots = new HashMap<>();
  private final Map<WatchKey, Path> keys = new HashMap<>();
  private final Map<Path, String> ownStates = new HashMap<>();
  private @Nullable WatchService service;
  private boolean closed;

  Subscription subscribe(LongConsumer listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Tells of a change that was seen elsewhere. */
  void tell(long functionId) {
    listeners.forEach(listener -> listener.accept(functionId));
  }

  /** Watches a function's folder, from the first subscription on. */
  synchronized void watch(long functionId, Path folder) {
    if (closed || listeners.isEmpty() || folder.equals(roots.get(functionId))) {
      return;
    }
    unwatch(functionId);
    try {
      if (service == null) {
        service = FileSystems.getDefault().newWatchService();
        WatchService started = service;
        Threads.virtual("linked-folders").newThread(() -> run(started)).start();
      }
      roots.put(functionId, folder);
      register(folder);
    } catch (IOException e) {
      LOG.warn("{} is not watched", folder, e);
    }
  }

  synchronized void unwatch(long functionId) {
    Path folder = roots.remove(functionId);
    if (folder == null || roots.containsValue(folder)) {
      return;
    }
    List<WatchKey> gone =
        keys.entrySet().stream()
            .filter(key -> key.getValue().startsWith(folder) && !isWatched(key.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    for (WatchKey key : gone) {
      key.cancel();
      keys.remove(key);
    }
  }

  private boolean isWatched(Path folder) {
    return roots.values().stream().anyMatch(folder::startsWith);
  }

  /** Makes a change that is not to be told; events wait until its traces are known. */
  synchronized void ownChange(long functionId, Path file, Runnable change) {
    try {
      change.run();
    } finally {
      if (roots.containsKey(functionId)) {
        ownStates.put(file, state(file));
      }
    }
  }

  /** Tells whether a file is still as Hearth left it. */
  private static String state(Path file) {
    try {
      return Files.size(file) + " " + Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return "gone";
    }
  }

  private void register(Path folder) throws IOException {
    WatchService to = service;
    if (to == null || keys.containsValue(folder) || !Files.isDirectory(folder)) {
      return;
    }
    WatchKey key =
        folder.register(
            to,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
    keys.put(key, folder);
    List<Path> below;
    try (Stream<Path> entries = Files.list(folder)) {
      below = entries.filter(FolderWatcher::isFolderToWatch).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path entry : below) {
      register(entry);
    }
  }

  private static boolean isFolderToWatch(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        && SourcePaths.isListed(path.getFileName().toString());
  }

  private void run(WatchService from) {
    Set<Long> changed = new HashSet<>();
    try {
      while (true) {
        WatchKey key =
            changed.isEmpty() ? from.take() : from.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        if (key == null) {
          tell(changed);
          changed.clear();
        } else {
          changed.addAll(changes(key));
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.debug("no longer watching", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Set<Long> changes(WatchKey key) {
    Path folder = keys.get(key);
    Set<Path> files = new HashSet<>();
    for (WatchEvent<?> event : key.pollEvents()) {
      if (folder == null) {
        continue;
      }
      Path file = event.context() instanceof Path name ? folder.resolve(name) : folder;
      if (event.kind() == StandardWatchEventKinds.ENTRY_CREATE) {
        registerNew(file);
      }
      if (isOthers(file)) {
        files.add(file);
      }
    }
    if (!key.reset()) {
      keys.remove(key);
    }
    Set<Long> functions = new HashSet<>();
    roots.forEach(
        (id, root) -> {
          if (files.stream().anyMatch(file -> file.startsWith(root))) {
            functions.add(id);
          }
        });
    return functions;
  }

  private void registerNew(Path file) {
    try {
      if (isFolderToWatch(file)) {
        register(file);
      }
    } catch (IOException e) {
      LOG.debug("{} went away", file, e);
    }
  }

  private boolean isOthers(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(".hearth-partial") || !SourcePaths.isListed(name)) {
      return false;
    }
    String own = ownStates.get(file);
    if (own == null) {
      return true;
    }
    if (own.equals(state(file))) {
      return false;
    }
    ownStates.remove(file);
    return true;
  }

  private void tell(Set<Long> functions) {
    List<Long> now = new ArrayList<>(functions);
    for (LongConsumer listener : listeners) {
      now.forEach(listener::accept);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOG.debug("the watch service did not close", e);
      }
    }
  }
}
