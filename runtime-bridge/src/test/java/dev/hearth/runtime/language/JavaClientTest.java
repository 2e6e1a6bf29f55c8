package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.function.RuntimeFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Java handlers from source, jar and Maven output, run by AWS's client in real JVMs. */
class JavaClientTest extends RuntimeContract {
  private static final String RUNTIME = "java25";
  private static final String IMPORTS =
      """
      import com.amazonaws.services.lambda.runtime.*;
      import java.io.*;
      import java.util.*;
      """;

  @Override
  RuntimeFamily family() {
    return RuntimeFamily.JAVA;
  }

  private void source(String name, String body) throws Exception {
    file(name + ".java", IMPORTS + "public class " + name + " " + body + "\n");
  }

  private CodeRejectedException rejected(String handler) {
    return catchThrowableOfType(
        CodeRejectedException.class,
        () -> runtimes.forFamily(RuntimeFamily.JAVA).plan(function(RUNTIME, handler)));
  }

  @Test
  void runsAMapHandlerFromSource() throws Exception {
    source(
        "Hello",
        """
        implements RequestHandler<Map<String, Object>, Map<String, Object>> {
          private int calls;
          public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
            context.getLogger().log("two\\nlines\\n");
            System.out.println("printed");
            return new TreeMap<>(Map.of("name", event.get("name"), "calls", ++calls,
                "id", context.getAwsRequestId(), "arn", context.getInvokedFunctionArn(),
                "memory", context.getMemoryLimitInMB(), "stream", context.getLogStreamName()));
          }
        }
        """);
    long before = System.nanoTime();
    RuntimeProcess process = start(RUNTIME, "Hello");
    var answer = invoke("{\"name\":\"Zoë\"}");
    assertThat(answer.kind()).isEqualTo("response");
    assertThat(answer.text())
        .isEqualTo(
            "{\"arn\":\"%s\",\"calls\":1,\"id\":\"%s\",\"memory\":128,\"name\":\"Zoë\",\"stream\":\"%s\"}"
                .formatted(TestRuntimeApi.ARN, ID, "2026/01/01/[$LATEST]0123456789abcdef"));
    assertThat(List.of(process.log(), process.log(), process.log()))
        .containsExactly("two", "lines", "printed");
    assertThat(invoke("{\"name\":\"b\"}").text()).contains("\"calls\":2");
    String[] phases = api.firstRequest().header("Hearth-Init-Phases").split(",");
    assertThat(phases).hasSize(3);
    assertThat(Long.parseLong(phases[0])).isBetween(before, System.nanoTime());
    assertThat(Long.parseLong(phases[1]))
        .isBetween(Long.parseLong(phases[0]), Long.parseLong(phases[2]));
    try (Stream<Path> files = Files.list(taskRoot)) {
      assertThat(files).as("nothing is written into the user's folder").hasSize(1);
    }
  }

  @Test
  void runsObjectsStreamsAndPlainMethods() throws Exception {
    file(
        "shop/Orders.java",
        "package shop;\n"
            + IMPORTS
            + """
            public class Orders {
              public static class Order { public String id; public int count; }
              public static class Objects implements RequestHandler<Order, Order> {
                public Order handleRequest(Order order, Context context) { order.count++; return order; }
              }
              public static class Streams implements RequestStreamHandler {
                public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
                  out.write(new String(in.readAllBytes()).toUpperCase().getBytes());
                }
              }
              public String plain(String name) { return "hi " + name; }
            }
            """);
    start(RUNTIME, "shop.Orders$Objects");
    assertThat(invoke("{\"id\":\"a\",\"count\":1}").text()).isEqualTo("{\"id\":\"a\",\"count\":2}");
    start(RUNTIME, "shop.Orders$Streams::handleRequest");
    assertThat(invoke("\"abc\"").text()).isEqualTo("\"ABC\"");
    start(RUNTIME, "shop.Orders::plain");
    assertThat(invoke("\"you\"").text()).isEqualTo("\"hi you\"");
  }

  @Test
  void describesAnException() throws Exception {
    source(
        "Thrower",
        """
        implements RequestHandler<String, String> {
          public String handleRequest(String event, Context context) {
            throw new IllegalStateException(event.isEmpty() ? null : event);
          }
        }
        """);
    RuntimeProcess process = start(RUNTIME, "Thrower");
    var answer = invoke("\"bad\"");
    assertThat(answer.kind()).isEqualTo("error");
    assertThat(answer.header("Lambda-Runtime-Function-Error-Type"))
        .isEqualTo("Runtime.UserException");
    JsonNode error = json(answer.text());
    assertThat(error.propertyNames())
        .containsExactlyInAnyOrder("errorMessage", "errorType", "stackTrace");
    assertThat(error.path("errorType").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("errorMessage").asString()).isEqualTo("bad");
    assertThat(error.at("/stackTrace/0").asString())
        .isEqualTo("Thrower.handleRequest(Thrower.java:6)");
    assertThat(process.log()).startsWith("bad: java.lang.IllegalStateException");
    assertThat(invoke("\"again\"").kind()).isEqualTo("error");
  }

  @Test
  void aMissingClassIsAnInitErrorOfTheClient() throws Exception {
    source("Hello", "{}");
    start(RUNTIME, "NoSuchClass");
    var answer = invoke("{}");
    JsonNode error = json(answer.text());
    assertThat(error.path("errorType").asString()).isEqualTo("java.lang.ClassNotFoundException");
    assertThat(error.path("errorMessage").asString()).isEqualTo("Class not found: NoSuchClass");
  }

  @Test
  void namesTheLineThatDoesNotCompile() throws Exception {
    file("shop/Order.java", "package shop;\npublic class Order {\n  Strin id;\n  int n = ;\n}\n");
    source("OrderHandler", "{\n  void run() { missing(); }\n}");
    CodeRejectedException rejection = rejected("OrderHandler::run");
    assertThat(rejection.errorType()).isEqualTo("Runtime.UserCodeSyntaxError");
    assertThat(rejection.diagnostics())
        .containsExactly("shop/Order.java:4: illegal start of expression");
    file("shop/Order.java", "package shop;\npublic class Order {\n  Strin id;\n}\n");
    assertThat(rejected("OrderHandler::run").diagnostics())
        .containsExactlyInAnyOrder(
            "shop/Order.java:3: cannot find symbol (symbol: class Strin, location: class"
                + " shop.Order)",
            "OrderHandler.java:5: cannot find symbol (symbol: method missing(), location: class"
                + " OrderHandler)");
    assertThat(rejection).hasMessage(String.join("\n", rejection.diagnostics()));
  }

  @Test
  void compilesForTheRuntimeThatWasAskedFor() throws Exception {
    source(
        "Hello", "{\n  public String run(Object o) { return switch (o) { default -> \"\"; }; }\n}");
    assertThat(runtimes.forFamily(RuntimeFamily.JAVA).plan(function("java21", "Hello::run")))
        .isNotNull();
    var rejection =
        catchThrowableOfType(
            CodeRejectedException.class,
            () -> runtimes.forFamily(RuntimeFamily.JAVA).plan(function("java17", "Hello::run")));
    assertThat(rejection.diagnostics()).singleElement().asString().startsWith("Hello.java:5: ");
  }

  @Test
  void runsFromAJarWithJarsInLib() throws Exception {
    Path library = compileToJar("Greeting", "{ public static String text() { return \"hi\"; } }");
    Files.createDirectories(taskRoot.resolve("lib"));
    Files.move(library, taskRoot.resolve("lib/greeting.jar"));
    Path handler =
        compileToJar("Jarred", "{ public String run(String s) { return Greeting.text() + s; } }");
    Files.move(handler, taskRoot.resolve("function.jar"));
    start(RUNTIME, "Jarred::run");
    assertThat(invoke("\"!\"").text()).isEqualTo("\"hi!\"");
  }

  /** Makes a jar of one class, compiled against the jars in lib. */
  private Path compileToJar(String name, String body) throws Exception {
    Path work = Files.createTempDirectory(folder, "jar");
    Path file =
        Files.writeString(work.resolve(name + ".java"), "public class " + name + " " + body);
    Path library = taskRoot.resolve("lib/greeting.jar");
    List<Path> classPath = Files.exists(library) ? List.of(library) : List.of();
    Path classes = work.resolve("classes");
    assertThat(new JavaSourceCompiler().compile(work, List.of(file), classPath, 17, classes))
        .isEmpty();
    Path jar = work.resolve(name + ".jar");
    try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new java.util.jar.JarEntry(name + ".class"));
      Files.copy(classes.resolve(name + ".class"), out);
    }
    return jar;
  }

  @Test
  void runsTheOutputOfAMavenProject() throws Exception {
    file("pom.xml", "<project/>");
    file("src/main/java/Built.java", "does not matter");
    CodeRejectedException rejection = rejected("Built::run");
    assertThat(rejection.errorType()).isEqualTo("Runtime.BadFunctionCode");
    assertThat(rejection)
        .hasMessageContaining("mvn package")
        .hasMessageContaining(taskRoot.toString());
    Path jar = compileToJar("Built", "{ public String run(String s) { return s + s; } }");
    Files.createDirectories(taskRoot.resolve("target"));
    Files.move(jar, taskRoot.resolve("target/fn-1.0.jar"));
    file("target/original-fn-1.0.jar", "not a jar");
    LaunchPlan plan = runtimes.forFamily(RuntimeFamily.JAVA).plan(function(RUNTIME, "Built::run"));
    assertThat(plan.notes()).isEmpty();
    assertThat(String.join(" ", plan.command())).doesNotContain("original-fn");
    start(RUNTIME, "Built::run");
    assertThat(invoke("\"ab\"").text()).isEqualTo("\"abab\"");
    assertThat(taskRoot.resolve("src/main/java/Built.java").toFile())
        .satisfies(
            f -> assertThat(f.setLastModified(System.currentTimeMillis() + 60_000)).isTrue());
    plan = runtimes.forFamily(RuntimeFamily.JAVA).plan(function(RUNTIME, "Built::run"));
    assertThat(plan.notes()).singleElement().asString().contains("mvn package");
  }

  @Test
  void heapFollowsTheMemoryAndJavaToolOptionsCount() throws Exception {
    source(
        "Heap",
        """
        {
          public String run(String s) {
            return Runtime.getRuntime().maxMemory() / 1_000_000 + System.getProperty("mine");
          }
        }
        """);
    start(RUNTIME, "Heap::run", Map.of("JAVA_TOOL_OPTIONS", "-Dmine=x"));
    int megabytes = Integer.parseInt(invoke("\"\"").text().replaceAll("\\D", ""));
    assertThat(megabytes).isBetween(100, 115);
  }

  @Test
  void runsOnEveryJvmOfThisMachine() throws Exception {
    source(
        "Hello",
        "{ public String run(String s) { return System.getProperty(\"java.version\"); } }");
    for (Interpreter jvm : runtimes.forFamily(RuntimeFamily.JAVA).interpreters()) {
      int version = VersionNumber.parse(jvm.version()).part(0);
      try (RuntimeProcess process = start("java" + Math.min(version, 25), "Hello::run")) {
        assertThat(invoke("\"\"").text()).as(jvm.toString()).contains(Integer.toString(version));
      }
    }
  }
}
