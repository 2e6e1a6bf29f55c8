package dev.hearth.runtime.sandbox;

/**
 * The few functions of Windows that steer job objects and processes; apart, so that tests can play
 * the system. A handle of 0 stands for none.
 */
interface WindowsCalls {
  /** An empty job object; 0 when the system refuses. */
  long createJob();

  /** {@code SetInformationJobObject}; false when the system refuses. */
  boolean set(long job, int what, byte[] structure);

  /** {@code QueryInformationJobObject}; an empty array when the system refuses. */
  byte[] query(long job, int what, int size);

  boolean assign(long job, long process);

  /** Ends every process of the job with this exit code. */
  void terminate(long job, int exitCode);

  /** 0 when there is no such process, or it may not be opened. */
  long open(long pid, int rights);

  void suspend(long process);

  void resume(long process);

  /** {@code PROCESS_MEMORY_COUNTERS_EX}; an empty array when the process has gone. */
  byte[] memory(long process);

  void close(long handle);
}
