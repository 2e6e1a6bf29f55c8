package dev.hearth.runtime.sandbox;

import java.util.List;

/** Windows: nothing stands between the JDK and the program; the job object does all the rest. */
final class WindowsSystem implements PortableSystem {
  @Override
  public String nullDevice() {
    return "NUL";
  }

  @Override
  public List<String> command(List<String> wanted) {
    return wanted;
  }

  @Override
  public GroupControl control(Process process) {
    return new LoneProcess(process);
  }
}
