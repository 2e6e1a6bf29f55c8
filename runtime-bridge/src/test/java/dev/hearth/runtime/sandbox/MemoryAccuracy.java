package dev.hearth.runtime.sandbox;

import dev.hearth.runtime.LocalLambda;
import dev.hearth.runtime.LocalLambdaOptions;
import dev.hearth.runtime.TestBootstrap;
import dev.hearth.runtime.TestLambda;
import dev.hearth.runtime.event.InvokeResult;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.invoke.InvokeRequest;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Measured memory beside an outside observer, which looks up every page of the processes in the
 * kernel's page tables and counts each once, however many of them have it.
 */
final class MemoryAccuracy {
  private static final double MEGA = 1 << 20;

  /** Page frames can be seen by root only; others count shares instead. */
  private static final String OBSERVER =
      """
      import struct, sys
      pages, seen = set(), True
      for pid in sys.argv[1:]:
          with open('/proc/%s/pagemap' % pid, 'rb', 0) as table:
              for line in open('/proc/%s/maps' % pid):
                  if '[vsyscall]' in line or '[vvar' in line or '[vdso' in line: continue
                  first, last = (int(a, 16) >> 12 for a in line.split()[0].split('-'))
                  table.seek(first * 8)
                  data = table.read((last - first) * 8)
                  for (entry,) in struct.iter_unpack('<Q', data):
                      if entry >> 63:
                          pages.add(entry & ((1 << 55) - 1))
      print(len(pages) * 4096 if len(pages) > 1 else -1)
      """;

  private MemoryAccuracy() {}

  static void print(BenchmarkFolders folders) throws Exception {
    try (Sandbox sandbox = Sandboxes.best()) {
      for (int megabytes : new int[] {10, 100, 500, 1500}) {
        String program =
            "held = b'x' * (%d << 20)\nprint(1, flush=True)\nimport time\ntime.sleep(1000)"
                .formatted(megabytes);
        SandboxedProcess process = folders.python(sandbox, 3008, program);
        process.stdout().read();
        process.resetPeak();
        compare("one process holding %,d MB".formatted(megabytes), process, "goal 1 MB");
      }
      for (int megabytes : new int[] {10, 100, 300}) {
        tree(sandbox, megabytes, folders);
      }
    }
  }

  /** Three children share what the first process holds, and have some of their own. */
  private static void tree(Sandbox sandbox, int megabytes, BenchmarkFolders folders)
      throws Exception {
    SandboxedProcess process =
        folders.python(
            sandbox,
            3008,
            """
            import os, time
            held = b'x' * (%d << 20)
            for i in range(3):
                if os.fork() == 0:
                    own = b'y' * (%d << 20)
                    print(1, flush=True)
                    time.sleep(1000)
            time.sleep(1000)
            """
                .formatted(megabytes, megabytes / 2));
    BufferedReader lines = SandboxContract.lines(process.stdout());
    for (int child = 0; child < 3; child++) {
      lines.readLine();
    }
    process.resetPeak();
    compare(
        "four processes, %d MB shared, three times %d MB".formatted(megabytes, megabytes / 2),
        process,
        "goal 2 %");
  }

  private static void compare(String what, SandboxedProcess process, String goal) throws Exception {
    // A new descendant is noticed within 100 ms.
    Thread.sleep(300);
    long now = process.residentBytes();
    long peak = process.peakBytes();
    long outside = observed(process);
    System.out.printf(
        "%-50s observer %7.1f MB  sampled %7.1f MB (%+.2f MB, %+.2f %%)  peak %7.1f MB (%+.2f MB,"
            + " %+.2f %%)  %s%n",
        what,
        outside / MEGA,
        now / MEGA,
        (now - outside) / MEGA,
        100.0 * (now - outside) / outside,
        peak / MEGA,
        (peak - outside) / MEGA,
        100.0 * (peak - outside) / outside,
        goal);
    BenchmarkFolders.end(process);
  }

  private static long observed(SandboxedProcess process) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(BenchmarkFolders.PYTHON, "-I", "-S", "-c", OBSERVER));
    command.add(Long.toString(process.pid()));
    ProcTable.descendants((int) process.pid()).forEach(pid -> command.add(pid.toString()));
    Process observer = new ProcessBuilder(command).start();
    try (var lines = observer.inputReader()) {
      return Long.parseLong(lines.readLine());
    }
  }

  /** How far a process gets beyond its memory where nobody but us ends it. */
  static void overshoot(BenchmarkFolders folders) {
    if (!TestBootstrap.available()) {
      System.out.println("needs a C compiler");
      return;
    }
    LocalLambdaOptions options =
        LocalLambdaOptions.of(folders.tmp().resolve("scratch"), folders.tmp().resolve("cache"));
    try (LocalLambda lambda = TestLambda.openPlain(options)) {
      for (int megabytes : new int[] {128, 256, 512, 1024, 2048}) {
        lambda.deploy(
            TestBootstrap.function(
                FunctionConfiguration.of(
                        "fn", RuntimeIdentifier.parse("provided.al2023"), "init.ok")
                    .withMemorySize(megabytes)
                    .withTimeout(60)));
        double worst = 0;
        String outcome = "";
        for (int hog = 0; hog < 5; hog++) {
          lambda.invoke(InvokeRequest.of("fn", "1".getBytes(StandardCharsets.US_ASCII)));
          byte[] event = "\"eat %d\"".formatted(megabytes * 4).getBytes(StandardCharsets.US_ASCII);
          InvokeResult result = lambda.invoke(InvokeRequest.of("fn", event));
          outcome = result.outcome().getClass().getSimpleName();
          worst = Math.max(worst, StartCosts.largestChildBytes() / MEGA - megabytes);
        }
        System.out.printf(
            "polled limit of %,5d MB, process that fills as fast as it can: worst of 5 is %.1f MB"
                + " beyond (by the kernel's account), goal 10 MB (%s)%n",
            megabytes, worst, outcome);
      }
    }
  }
}
