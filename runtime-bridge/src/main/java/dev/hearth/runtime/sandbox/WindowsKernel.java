package dev.hearth.runtime.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Windows's own functions, from {@code kernel32.dll} and {@code ntdll.dll}. Nothing is looked up
 * before one is made, so that the class does no harm on other systems.
 *
 * <p>Structures, numbers and rights were compared with the headers of mingw-w64 by a compiler; the
 * calls themselves have never run on Windows yet. Whatever is refused there is named as not
 * limited.
 */
final class WindowsKernel implements WindowsCalls {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  /** Handles and pointers are passed alike. */
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

  private static final Linker LINKER = Linker.nativeLinker();

  private final MethodHandle createJob;
  private final MethodHandle setInformation;
  private final MethodHandle queryInformation;
  private final MethodHandle assign;
  private final MethodHandle terminate;
  private final MethodHandle open;
  private final MethodHandle memory;
  private final MethodHandle close;
  private final MethodHandle suspend;
  private final MethodHandle resume;

  /**
   * @throws IllegalArgumentException when there are no such libraries
   * @throws java.util.NoSuchElementException when they lack a function
   */
  WindowsKernel() {
    SymbolLookup kernel = SymbolLookup.libraryLookup("kernel32", Arena.global());
    SymbolLookup nt = SymbolLookup.libraryLookup("ntdll", Arena.global());
    createJob = link(kernel, "CreateJobObjectW", FunctionDescriptor.of(WORD, WORD, WORD));
    setInformation =
        link(
            kernel,
            "SetInformationJobObject",
            FunctionDescriptor.of(INT, WORD, INT, ValueLayout.ADDRESS, INT));
    queryInformation =
        link(
            kernel,
            "QueryInformationJobObject",
            FunctionDescriptor.of(INT, WORD, INT, ValueLayout.ADDRESS, INT, WORD));
    assign = link(kernel, "AssignProcessToJobObject", FunctionDescriptor.of(INT, WORD, WORD));
    terminate = link(kernel, "TerminateJobObject", FunctionDescriptor.of(INT, WORD, INT));
    open = link(kernel, "OpenProcess", FunctionDescriptor.of(WORD, INT, INT, INT));
    memory =
        link(
            kernel,
            "K32GetProcessMemoryInfo",
            FunctionDescriptor.of(INT, WORD, ValueLayout.ADDRESS, INT));
    close = link(kernel, "CloseHandle", FunctionDescriptor.of(INT, WORD));
    suspend = link(nt, "NtSuspendProcess", FunctionDescriptor.of(INT, WORD));
    resume = link(nt, "NtResumeProcess", FunctionDescriptor.of(INT, WORD));
  }

  private static MethodHandle link(SymbolLookup library, String name, FunctionDescriptor shape) {
    return LINKER.downcallHandle(library.findOrThrow(name), shape);
  }

  @Override
  public long createJob() {
    try {
      return (long) createJob.invokeExact(0L, 0L);
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public boolean set(long job, int what, byte[] structure) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(structure.length, 8);
      memory.copyFrom(MemorySegment.ofArray(structure));
      return (int) setInformation.invokeExact(job, what, memory, structure.length) != 0;
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public byte[] query(long job, int what, int size) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(size, 8);
      int done = (int) queryInformation.invokeExact(job, what, memory, size, 0L);
      return done == 0 ? new byte[0] : memory.toArray(ValueLayout.JAVA_BYTE);
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public boolean assign(long job, long process) {
    try {
      return (int) assign.invokeExact(job, process) != 0;
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public void terminate(long job, int exitCode) {
    try {
      int ignored = (int) terminate.invokeExact(job, exitCode);
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public long open(long pid, int rights) {
    try {
      return (long) open.invokeExact(rights, 0, (int) pid);
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public void suspend(long process) {
    onProcess(suspend, process);
  }

  @Override
  public void resume(long process) {
    onProcess(resume, process);
  }

  @Override
  public void close(long handle) {
    onProcess(close, handle);
  }

  private static void onProcess(MethodHandle function, long handle) {
    try {
      int ignored = (int) function.invokeExact(handle);
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  @Override
  public byte[] memory(long process) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment counters = arena.allocate(JobStructures.MEMORY_SIZE, 8);
      counters.set(INT, 0, JobStructures.MEMORY_SIZE);
      int done = (int) memory.invokeExact(process, counters, JobStructures.MEMORY_SIZE);
      return done == 0 ? new byte[0] : counters.toArray(ValueLayout.JAVA_BYTE);
    } catch (Throwable unexpected) {
      throw failed(unexpected);
    }
  }

  private static IllegalStateException failed(Throwable unexpected) {
    return new IllegalStateException("A call of Windows failed", unexpected);
  }
}
