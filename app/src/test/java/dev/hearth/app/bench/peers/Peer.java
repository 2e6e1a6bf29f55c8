package dev.hearth.app.bench.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that answers the Lambda Invoke call for one handler.
 *
 * @param name of the row
 * @param command starts it in the foreground
 * @param folder it is started in
 * @param path of the Invoke call
 * @param body of the Invoke call
 * @param answer what a good answer holds
 * @param parallel whether it can be given several calls at once
 */
record Peer(
    String name,
    List<String> command,
    Path folder,
    Map<String, String> variables,
    int port,
    String path,
    String body,
    String answer,
    boolean parallel) {
  static final String EVENT = "{\"hello\":\"world\"}";
}
