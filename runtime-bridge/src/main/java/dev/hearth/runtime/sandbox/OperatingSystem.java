package dev.hearth.runtime.sandbox;

import java.util.Locale;
import java.util.Set;

/**
 * The system that decides which means can be had. A value rather than a look at this machine, so
 * that the choice for every system can be tested on each of them.
 *
 * @param architecture as the JVM names it
 */
record OperatingSystem(Kind kind, String architecture) {
  /** Families of systems that differ in how processes are confined. */
  enum Kind {
    LINUX,
    MAC,
    WINDOWS,
    OTHER
  }

  /** Of the properties {@code os.name} and {@code os.arch}. */
  static OperatingSystem of(String name, String architecture) {
    String lower = name.toLowerCase(Locale.ROOT);
    Kind kind =
        lower.equals("linux")
            ? Kind.LINUX
            : lower.startsWith("mac")
                ? Kind.MAC
                : lower.startsWith("windows") ? Kind.WINDOWS : Kind.OTHER;
    return new OperatingSystem(kind, architecture);
  }

  static OperatingSystem ofThisMachine() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** Where the C library is called as {@link Libc} does. */
  boolean callsLinux() {
    return kind == Kind.LINUX && Set.of("amd64", "aarch64").contains(architecture);
  }

  /** Whether addresses and sizes have 64 bits, as all structures that we fill in assume. */
  boolean has64Bits() {
    return architecture.contains("64");
  }
}
