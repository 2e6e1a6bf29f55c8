package dev.hearth.runtime.event;

import java.util.List;

/**
 * What loading a handler was made of, for a cold start that was measured at somebody's wish:
 * measuring costs, so this one took longer than others.
 *
 * @param count how many modules or classes were loaded
 * @param slowest those with the largest totals, parents before children, in order of loading
 */
public record ImportTimes(int count, List<ImportedModule> slowest) {
  public ImportTimes {
    slowest = List.copyOf(slowest);
  }
}
