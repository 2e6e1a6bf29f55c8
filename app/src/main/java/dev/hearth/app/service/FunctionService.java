package dev.hearth.app.service;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceFile;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.project.SourceVersion;
import dev.hearth.runtime.event.Subscription;
import dev.hearth.runtime.function.DeployedFunction;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the open project and their source. Methods block (SQLite, files): call them from
 * {@code app.task}. All throw {@link HearthException} with a message for the user.
 */
public interface FunctionService {
  List<FunctionDefinition> list();

  /** Finds by name. */
  FunctionDefinition get(String name);

  /**
   * @param files initial files by path, only for source inside the project or an empty linked
   *     folder
   */
  FunctionDefinition create(
      FunctionConfiguration configuration, SourceLocation source, Map<String, byte[]> files);

  /** Changes configuration or name; takes effect with the next call, which is then a cold start. */
  FunctionDefinition update(FunctionDefinition function);

  /** Removes function, source and versions; its history stays. A linked folder is not touched. */
  void delete(long functionId);

  /** The files in path order. */
  List<SourceFile> files(long functionId);

  /** A text file's content. */
  String read(long functionId, String path);

  /** Writes (creating if need be) a text file; durable when this returns. */
  void write(long functionId, String path, String text);

  void deleteFile(long functionId, String path);

  void renameFile(long functionId, String from, String to);

  /** The newest stored version, or null when the function has never run. */
  @Nullable SourceVersion latestVersion(long functionId);

  /**
   * Freezes the source as it is now: stores it as a version unless known, and unpacks it to a
   * folder from which the runtime can run it.
   */
  Snapshot snapshot(long functionId);

  /**
   * Tells when files were changed by others, in a linked folder or through the service API; the
   * argument is the function id.
   */
  Subscription onExternalChange(LongConsumer listener);

  /**
   * Tells, on a background thread, when functions came, went or changed through the service API.
   */
  Subscription onChange(Runnable listener);

  /** A stored version together with what can be deployed. */
  record Snapshot(SourceVersion version, DeployedFunction deployable) {}
}
