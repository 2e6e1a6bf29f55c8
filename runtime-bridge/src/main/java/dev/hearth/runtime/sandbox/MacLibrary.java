package dev.hearth.runtime.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * macOS's own functions. Nothing is looked up before one is made, so that the class does no harm on
 * other systems.
 *
 * <p>Written by Apple's published headers (xnu, {@code sys/resource.h}, {@code libproc}); it has
 * never run on a Mac yet. Whatever fails here makes the figures "not measured".
 */
final class MacLibrary implements MacCalls {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final int MOST_PIDS = 2048;

  private final MethodHandle usage;
  private final MethodHandle list;

  /** Not in Apple's public headers, so it may be missing. */
  private final @Nullable MethodHandle reset;

  private final long numerator;
  private final long denominator;

  /**
   * @throws java.util.NoSuchElementException when this C library has no such functions
   */
  MacLibrary() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    usage =
        linker.downcallHandle(
            library.findOrThrow("proc_pid_rusage"),
            FunctionDescriptor.of(INT, INT, INT, ValueLayout.ADDRESS));
    list =
        linker.downcallHandle(
            library.findOrThrow("proc_listpids"),
            FunctionDescriptor.of(INT, INT, INT, ValueLayout.ADDRESS, INT));
    reset =
        library
            .find("proc_reset_footprint_interval")
            .map(found -> linker.downcallHandle(found, FunctionDescriptor.of(INT, INT)))
            .orElse(null);
    MethodHandle timebase =
        linker.downcallHandle(
            library.findOrThrow("mach_timebase_info"),
            FunctionDescriptor.of(INT, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ratio = arena.allocate(8, 4);
      int result = (int) timebase.invokeExact(ratio);
      numerator = result == 0 ? ratio.get(INT, 0) : 1;
      denominator = result == 0 ? Math.max(1, ratio.get(INT, 4)) : 1;
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public @Nullable MacUsage usage(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment structure = arena.allocate(MacUsage.SIZE, 8);
      int result = (int) usage.invokeExact(pid, MacUsage.FLAVOR, structure);
      return result == 0 ? MacUsage.of(structure.toArray(ValueLayout.JAVA_BYTE)) : null;
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public int[] pids(int kind, int of) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(INT, MOST_PIDS);
      int bytes = (int) list.invokeExact(kind, of, numbers, MOST_PIDS * Integer.BYTES);
      int count = Math.clamp(bytes / Integer.BYTES, 0, MOST_PIDS);
      return Arrays.copyOf(numbers.toArray(INT), count);
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public boolean resetFootprint(int pid) {
    if (reset == null) {
      return false;
    }
    try {
      return (int) reset.invokeExact(pid) == 0;
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  /** Split, since the product of both may not fit into 64 bits. */
  @Override
  public long nanos(long units) {
    return nanos(units, numerator, denominator);
  }

  static long nanos(long units, long numerator, long denominator) {
    return units / denominator * numerator + units % denominator * numerator / denominator;
  }

  private static IllegalStateException failed(Throwable unexpected) {
    return new IllegalStateException("A call of the system's library failed", unexpected);
  }
}
