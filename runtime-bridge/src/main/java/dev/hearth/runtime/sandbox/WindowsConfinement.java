package dev.hearth.runtime.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Windows offers an ordinary program: a job object for each environment. */
final class WindowsConfinement implements Confinement {
  private static final Logger log = LoggerFactory.getLogger(WindowsConfinement.class);
  private static final long TRIED_BYTES = 128L << 20;

  private final WindowsCalls calls;
  private final CpuShare cpu;

  /** Windows 7 has no such limit, and jobs inside others may be refused one. */
  private final boolean limitsCpu;

  private WindowsConfinement(WindowsCalls calls, CpuShare cpu, boolean limitsCpu) {
    this.calls = calls;
    this.cpu = cpu;
    this.limitsCpu = limitsCpu;
  }

  /**
   * Tries one job object, empty as it is; {@link Confinement#NONE} when there is none to be had.
   */
  static Confinement probe(WindowsCalls calls, CpuShare cpu) {
    try (Job tried = Job.create(calls, cpu.processors(), TRIED_BYTES)) {
      return new WindowsConfinement(calls, cpu, tried.allow(cpu.of(TRIED_BYTES)));
    } catch (IOException e) {
      log.info("Job objects do not work here: {}", e.getMessage());
      return Confinement.NONE;
    }
  }

  @Override
  public String description() {
    return "job object";
  }

  @Override
  public List<String> notLimited() {
    List<String> missing = new ArrayList<>();
    if (!limitsCpu) {
      missing.add(CPU);
    }
    missing.addAll(List.of(FILES, TMP, "number of threads", "open files"));
    return missing;
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(List.of(POLLED_MEMORY));
    if (limitsCpu && !cpu.missing().isEmpty()) {
      remarks.add(cpu.missing());
    }
    return remarks;
  }

  @Override
  public Enclosure enclose(String name, ProcessSpec spec) throws IOException {
    long memory = spec.memoryLimitBytes();
    Job job = Job.create(calls, cpu.processors(), memory);
    if (limitsCpu) {
      job.allow(cpu.init(memory).processors());
    }
    return new InJob(job, limitsCpu ? cpu.of(memory) : 0);
  }

  /**
   * One environment's.
   *
   * @param calls CPU share after init; 0 for no limit
   */
  private record InJob(Job job, double calls) implements Enclosure {
    @Override
    public GroupControl adopt(Process process) throws IOException {
      try {
        job.adopt(process.pid());
      } catch (IOException e) {
        // One that has ended already is refused, and needs no job.
        if (process.isAlive()) {
          throw e;
        }
        log.debug("A process ended before it was confined: {}", e.getMessage());
      }
      return job;
    }

    @Override
    public void initDone() {
      if (calls > 0) {
        job.allow(calls);
      }
    }

    @Override
    public void close() {
      job.close();
    }
  }

  @Override
  public void close() {
    // Each environment closes its own.
  }
}
