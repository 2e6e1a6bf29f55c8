package dev.hearth.app.soak;

import dev.hearth.app.project.FunctionDefinition;
import dev.hearth.app.project.SourceLocation;
import dev.hearth.app.service.ProjectSession;
import dev.hearth.runtime.function.FunctionConfiguration;
import dev.hearth.runtime.function.RuntimeFamily;
import dev.hearth.runtime.function.RuntimeIdentifier;
import dev.hearth.runtime.language.Interpreter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One function of each family that this machine has, which does what its event asks for: answer,
 * raise an error, die, write much, or take too long.
 */
final class SoakFunctions {
  private static final String PYTHON =
      """
      import os, time

      def handler(event, context):
          do = event["do"]
          if do == "fail":
              raise ValueError("asked to fail")
          if do == "exit":
              os._exit(3)
          if do == "late":
              time.sleep(30)
          if do == "log":
              for i in range(40):
                  print("line", i, "x" * 80)
          return event
      """;

  private static final String NODE =
      """
      exports.handler = async event => {
        if (event.do === 'fail') throw new Error('asked to fail');
        if (event.do === 'exit') process.exit(3);
        if (event.do === 'late') await new Promise(done => setTimeout(done, 30000));
        if (event.do === 'log') for (let i = 0; i < 40; i++) console.log('line', i, 'x'.repeat(80));
        return event;
      };
      """;

  private static final String JAVA =
      """
      import java.util.Map;

      public class Soak {
        public Map<String, Object> handle(Map<String, Object> event) throws Exception {
          switch ((String) event.get("do")) {
            case "fail" -> throw new IllegalStateException("asked to fail");
            case "exit" -> Runtime.getRuntime().halt(3);
            case "late" -> Thread.sleep(30_000);
            case "log" -> {
              for (int i = 0; i < 40; i++) System.out.println("line " + i + " " + "x".repeat(80));
            }
            default -> {}
          }
          return event;
        }
      }
      """;

  /** A custom runtime that needs nothing but a shell and curl. */
  private static final String SHELL =
      """
      #!/bin/sh
      api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
      while true; do
        headers=$(mktemp)
        event=$(curl -sS -D "$headers" "$api/next")
        id=$(tr -d '\\r' < "$headers" | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *//p')
        rm -f "$headers"
        case $event in
          *'"fail"'*) curl -sS -d '{"errorType":"Asked","errorMessage":"to fail"}' "$api/$id/error" > /dev/null ;;
          *'"exit"'*) exit 3 ;;
          *'"late"'*) sleep 30 ;;
          *) curl -sS -d "$event" "$api/$id/response" > /dev/null ;;
        esac
      done
      """;

  private SoakFunctions() {}

  static List<FunctionDefinition> create(ProjectSession session) {
    List<RuntimeFamily> found =
        session.interpreters().stream().map(Interpreter::family).distinct().toList();
    List<FunctionDefinition> made = new ArrayList<>();
    if (found.contains(RuntimeFamily.PYTHON)) {
      made.add(create(session, "python3.12", "handler.handler", "handler.py", PYTHON));
    }
    if (found.contains(RuntimeFamily.NODEJS)) {
      made.add(create(session, "nodejs22.x", "index.handler", "index.js", NODE));
    }
    if (found.contains(RuntimeFamily.JAVA)) {
      made.add(create(session, "java21", "Soak::handle", "Soak.java", JAVA));
    }
    made.add(create(session, "provided.al2023", "bootstrap", "bootstrap", SHELL));
    return List.copyOf(made);
  }

  private static FunctionDefinition create(
      ProjectSession session, String runtime, String handler, String file, String code) {
    var configuration =
        FunctionConfiguration.of(
                "soak-" + runtime.replaceAll("[^a-z]", ""),
                RuntimeIdentifier.parse(runtime),
                handler)
            .withMemorySize(512)
            .withTimeout(3);
    return session
        .functions()
        .create(
            configuration,
            new SourceLocation.InProject(),
            Map.of(file, code.getBytes(StandardCharsets.UTF_8)));
  }
}
