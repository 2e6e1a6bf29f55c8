package com.amazonaws.services.lambda.runtime.api.client.runtimeapi;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import dev.hearth.launcher.HearthLauncher;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * The transport of AWS's runtime interface client over a plain socket. Stands in front of the class
 * of the same name, whose JNI library exists for Linux only, is unpacked to one shared file in
 * {@code /tmp} at each start, and can't tell the phases of the init.
 */
class NativeClient {
  private static final String ROOT = "/2018-06-01/runtime/invocation/";

  /** Whether this start was asked to measure what loading the handler is made of. */
  private static final boolean MEASURES = Boolean.getBoolean("hearth.imports");

  private static long clientReadyNanos;
  private static boolean first = true;
  private static String common;
  private static Socket socket;
  private static InputStream in;
  private static OutputStream out;
  private static byte[] buffer = new byte[65536];
  private static int start;
  private static int end;

  private NativeClient() {}

  static void init(String address) {
    int colon = address.lastIndexOf(':');
    common =
        "Host: " + address + "\r\nUser-Agent: " + LambdaRuntimeApiClientImpl.USER_AGENT + "\r\n";
    try {
      socket =
          new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
      socket.setTcpNoDelay(true);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new LambdaRuntimeClientException("Failed to connect to " + address + ": " + e, -1);
    }
    if (MEASURES) {
      tellImports("watch");
    }
    clientReadyNanos = System.nanoTime();
  }

  static synchronized InvocationRequest next() {
    String phases = "";
    if (first) {
      first = false;
      phases =
          "Hearth-Init-Phases: "
              + HearthLauncher.bootNanos
              + ","
              + clientReadyNanos
              + ","
              + System.nanoTime()
              + "\r\n";
    }
    try {
      if (MEASURES && !phases.isEmpty()) {
        byte[] report = tellImports("report").getBytes(StandardCharsets.UTF_8);
        String fields = common + "Content-Length: " + report.length + "\r\n\r\n";
        send("POST /hearth/imports HTTP/1.1\r\n" + fields, report);
        readHead(new InvocationRequest());
      }
      send("GET " + ROOT + "next HTTP/1.1\r\n" + common + phases + "\r\n", new byte[0]);
      InvocationRequest request = new InvocationRequest();
      int status = readHead(request);
      if (status != 200) {
        throw new LambdaRuntimeClientException("Failed to get next.", status);
      }
      return request;
    } catch (EOFException | SocketException e) {
      System.exit(0); // Hearth has ended this environment or is gone
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new LambdaRuntimeClientException("Failed to get next: " + e, -1);
    }
  }

  /** The class is the agent's and not there in other starts. */
  private static String tellImports(String method) {
    try {
      Class<?> imports = Class.forName("dev.hearth.imports.Imports");
      return String.valueOf(imports.getMethod(method).invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static synchronized void postInvocationResponse(byte[] id, byte[] body) {
    String path = ROOT + new String(id, StandardCharsets.UTF_8) + "/response";
    String fields = "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
    try {
      send("POST " + path + " HTTP/1.1\r\n" + common + fields, body);
      int status = readHead(new InvocationRequest());
      // A response that is too large fails the invocation but not the runtime.
      if (status != 202 && status != 413) {
        throw new LambdaRuntimeClientException("Failed to post invocation response.", status);
      }
    } catch (IOException e) {
      throw new LambdaRuntimeClientException("Failed to post invocation response: " + e, -1);
    }
  }

  private static void send(String head, byte[] body) throws IOException {
    byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[bytes.length + body.length];
    System.arraycopy(bytes, 0, all, 0, bytes.length);
    System.arraycopy(body, 0, all, bytes.length, body.length);
    out.write(all);
  }

  private static int readHead(InvocationRequest request) throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.substring(9, 12));
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).trim();
      switch (line.substring(0, colon).toLowerCase(java.util.Locale.ROOT)) {
        case "content-length":
          length = Integer.parseInt(value);
          break;
        case "lambda-runtime-aws-request-id":
          request.setId(value);
          break;
        case "lambda-runtime-trace-id":
          request.setXrayTraceId(value);
          break;
        case "lambda-runtime-invoked-function-arn":
          request.setInvokedFunctionArn(value);
          break;
        case "lambda-runtime-deadline-ms":
          request.setDeadlineTimeInMs(Long.parseLong(value));
          break;
        case "lambda-runtime-client-context":
          request.setClientContext(value);
          break;
        case "lambda-runtime-cognito-identity":
          request.setCognitoIdentity(value);
          break;
        case "lambda-runtime-aws-tenant-id":
          request.setTenantId(value);
          break;
        default:
          break;
      }
    }
    request.setContent(body(length));
    return status;
  }

  private static byte[] body(int length) throws IOException {
    byte[] body = new byte[length];
    int done = Math.min(length, end - start);
    System.arraycopy(buffer, start, body, 0, done);
    start += done;
    while (done < length) {
      int read = in.read(body, done, length - done);
      if (read < 0) {
        throw new EOFException();
      }
      done += read;
    }
    return body;
  }

  private static String line() throws IOException {
    int scanned = start;
    for (; ; ) {
      for (; scanned < end; scanned++) {
        if (buffer[scanned] == '\n') {
          int length = scanned - start - (scanned > start && buffer[scanned - 1] == '\r' ? 1 : 0);
          String line = new String(buffer, start, length, StandardCharsets.UTF_8);
          start = scanned + 1;
          return line;
        }
      }
      scanned -= start;
      fill();
      scanned += start;
    }
  }

  private static void fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    if (end == buffer.length) {
      buffer = java.util.Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      throw new EOFException();
    }
    end += read;
  }
}
