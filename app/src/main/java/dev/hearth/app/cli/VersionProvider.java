package dev.hearth.app.cli;

import dev.hearth.app.service.Version;
import picocli.CommandLine.IVersionProvider;

/** Answers {@code hearth --version}. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"hearth " + Version.text()};
  }
}
