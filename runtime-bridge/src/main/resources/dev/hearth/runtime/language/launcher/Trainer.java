package dev.hearth.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the archive of ready-parsed classes that shortens the starts of all Java functions on one
 * JVM. A process of its own, so that it can go on when Hearth has ended: the command line lives
 * shorter than a training. The archive is tried out before it takes effect, and takes effect as a
 * whole: by the file of JVM options that each function's command line names.
 *
 * <p>Arguments: seconds to wait, the java program, {@code aot} or {@code cds}, the archive, the
 * file of options, the class path, then the JVM flags that functions are started with.
 */
public final class Trainer {
  private static final String[] EVENTS = {
    "{\"kind\":\"plain\",\"name\":\"Hearth\",\"n\":1,\"list\":[1.5,true,null,{\"a\":\"b\"}]}",
    "{\"kind\":\"kinds\"}",
    "{\"kind\":\"error\"}",
    "{\"kind\":\"plain\"}",
  };

  private final String java;
  private final boolean aot;
  private final Path archive;
  private final Path options;
  private final String classPath;
  private final List<String> flags;

  private Trainer(List<String> arguments) {
    java = arguments.get(1);
    aot = arguments.get(2).equals("aot");
    archive = Path.of(arguments.get(3));
    options = Path.of(arguments.get(4));
    classPath = arguments.get(5);
    flags = arguments.subList(6, arguments.size());
  }

  public static void main(String[] arguments) throws Exception {
    Thread.sleep(TimeUnit.SECONDS.toMillis(Long.parseLong(arguments[0])));
    Trainer trainer = new Trainer(List.of(arguments));
    if (!Files.isDirectory(trainer.archive.getParent())) {
      return; // the cache has been deleted meanwhile
    }
    Path lockFile = trainer.archive.resolveSibling(trainer.archive.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null && !(Files.exists(trainer.archive) && Files.size(trainer.options) > 0)) {
        trainer.train();
      }
    }
  }

  private void train() throws Exception {
    Path part = archive.resolveSibling(archive.getFileName() + ".part");
    Files.deleteIfExists(part);
    String record = (aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + part;
    String replay = (aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=");
    String strict = aot ? "-XX:AOTMode=on" : "-Xshare:on";
    if (run(List.of(record)) && run(List.of(replay + part, strict))) {
      Files.move(part, archive, StandardCopyOption.REPLACE_EXISTING);
      // Messages of the JVM about the archive would end up in the function's log.
      String quiet = aot ? "-Xlog:aot*=off,cds*=off" : "-Xlog:cds*=off,class+path=off";
      write(options, quoted(replay + archive) + "\n" + quiet + "\n");
    } else {
      Files.deleteIfExists(part);
      System.exit(1);
    }
  }

  private static String quoted(String option) {
    return "\"" + option.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Runs the client once over all events; true when the JVM ended well. */
  private boolean run(List<String> archiveFlags) throws Exception {
    Path empty = Files.createTempDirectory("hearth-training");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      List<String> command = new ArrayList<>();
      command.add(java);
      command.addAll(archiveFlags);
      command.addAll(flags);
      command.addAll(List.of("-cp", classPath, "dev.hearth.launcher.HearthLauncher"));
      command.add("dev.hearth.launcher.TrainingHandler");
      ProcessBuilder builder = new ProcessBuilder(command).directory(empty.toFile());
      Map<String, String> environment = builder.environment();
      environment.remove("JAVA_TOOL_OPTIONS");
      environment.remove("JDK_JAVA_OPTIONS");
      environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getLocalPort());
      environment.put("_HANDLER", "dev.hearth.launcher.TrainingHandler");
      environment.put("AWS_LAMBDA_FUNCTION_NAME", "training");
      environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
      environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
      environment.put("LAMBDA_TASK_ROOT", empty.toString());
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();
      Thread thread = new Thread(() -> serve(server));
      thread.setDaemon(true);
      thread.start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } finally {
      Files.deleteIfExists(empty);
    }
  }

  /**
   * Hands out the events; the client ends when its connection is closed after the last one. Errors
   * come over connections of their own.
   */
  private static void serve(ServerSocket server) {
    AtomicInteger next = new AtomicInteger();
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> answer(socket, next));
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed: the client has ended
      }
    }
  }

  private static void answer(Socket socket, AtomicInteger next) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int length = 0;
        for (String field = in.readLine(); !field.isEmpty(); field = in.readLine()) {
          if (field.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(field.substring(15).trim());
          }
        }
        for (int i = 0; i < length; i++) {
          in.read();
        }
        if (!line.contains("/next ")) {
          out.write(response("202 Accepted", "", "{}"));
        } else if (next.get() < EVENTS.length) {
          out.write(event(EVENTS[next.getAndIncrement()]));
        } else {
          return;
        }
      }
    } catch (IOException e) {
      return; // the exit status of the client tells whether anything is wrong
    }
  }

  private static byte[] event(String body) {
    return response(
        "200 OK",
        "Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\r\n"
            + "Lambda-Runtime-Deadline-Ms: "
            + (System.currentTimeMillis() + 60_000)
            + "\r\nLambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700\r\n"
            + "Lambda-Runtime-Invoked-Function-Arn:"
            + " arn:aws:lambda:us-east-1:000000000000:function:training\r\n",
        body);
  }

  private static byte[] response(String status, String fields, String body) {
    String head = "HTTP/1.1 " + status + "\r\n" + fields + "Content-Type: application/json\r\n";
    String text = head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
