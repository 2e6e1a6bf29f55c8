package dev.hearth.runtime.function;

import java.util.Optional;

/**
 * What is published of the deployed functions. The local Lambda asks when a call names a version or
 * an alias, so that versions nobody calls need no folder and no memory.
 */
public interface PublishedVersions {
  /** Knows none. */
  PublishedVersions NONE =
      new PublishedVersions() {
        @Override
        public Optional<DeployedFunction> version(String functionName, String number) {
          return Optional.empty();
        }

        @Override
        public Optional<Alias> alias(String functionName, String aliasName) {
          return Optional.empty();
        }
      };

  /** A published version, ready to run; empty when there is none of that number. */
  Optional<DeployedFunction> version(String functionName, String number);

  /** An alias as it points now. */
  Optional<Alias> alias(String functionName, String aliasName);
}
