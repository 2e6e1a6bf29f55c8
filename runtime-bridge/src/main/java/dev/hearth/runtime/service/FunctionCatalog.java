package dev.hearth.runtime.service;

import dev.hearth.runtime.function.CodePackage;
import dev.hearth.runtime.function.FunctionConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The functions that the service API manages: whoever keeps them, such as a project file, lets the
 * API work on the very same functions that its other users see. What a method changes runs with the
 * next call. Methods may throw a runtime exception whose message is written for the user when the
 * keeper refuses.
 */
public interface FunctionCatalog {
  /**
   * A function as it would run now.
   *
   * @param code null when it has no files, or they can't be read
   */
  record Entry(FunctionConfiguration configuration, @Nullable CodePackage code) {
    public String name() {
      return configuration.functionName();
    }
  }

  /** In name order. */
  List<Entry> functions();

  Optional<Entry> function(String name);

  /**
   * @param files by path, executable ones are known by path and content
   */
  void create(FunctionConfiguration configuration, Map<String, byte[]> files);

  /** Exchanges the configuration of the function of that name. */
  void configure(FunctionConfiguration configuration);

  /** Exchanges all files of a function. */
  void replaceCode(String name, Map<String, byte[]> files);

  void delete(String name);

  /** Stops running a published version, so that its number is unknown to calls. */
  void withdraw(String name, String version);

  /**
   * Code that ran before or is a layer, unpacked again unless it still is.
   *
   * @param sha256 of the content, as the package has it
   */
  CodePackage unpack(String sha256, Supplier<Map<String, byte[]>> files);

  /** Where the API keeps its own records, next to the functions. */
  RecordStore records();
}
