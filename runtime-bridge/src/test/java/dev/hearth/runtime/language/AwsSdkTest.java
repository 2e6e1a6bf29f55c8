package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.RuntimeFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the AWS SDK of the managed runtimes is looked for. */
class AwsSdkTest {
  @TempDir Path root;
  private Machine machine;

  @BeforeEach
  void layOut() {
    machine =
        new Machine(Machine.Os.LINUX, root, root.resolve("home"), root.resolve("java"), Map.of());
  }

  private Path folder(String path) throws IOException {
    return Files.createDirectories(root.resolve(path));
  }

  @Test
  void anInterpreterThatHasItNeedsNoOther() throws IOException {
    folder("usr/lib/python3/dist-packages/boto3");
    Path own = folder("own/site-packages");
    folder("own/site-packages/boto3");
    assertThat(AwsSdk.forPython(machine, List.of(own.toString()), List.of())).isNull();
  }

  @Test
  void debiansPackagesServeEveryInterpreter() throws IOException {
    folder("usr/lib/python3/dist-packages/boto3");
    assertThat(AwsSdk.forPython(machine, List.of(), List.of()))
        .isEqualTo(root.resolve("usr/lib/python3/dist-packages"));
  }

  @Test
  void anotherInterpretersPackagesDoToo() throws IOException {
    folder("other/lib/python3.12/site-packages/boto3");
    Interpreter other =
        new Interpreter(RuntimeFamily.PYTHON, "3.12.1", root.resolve("other/bin/python"), "x");
    assertThat(AwsSdk.forPython(machine, List.of(), List.of(other)))
        .isEqualTo(root.resolve("other/lib/python3.12/site-packages"));
    assertThat(AwsSdk.forPython(machine, List.of(), List.of())).isNull();
  }

  @Test
  void nodeFindsItAmongTheGlobalPackages() throws IOException {
    folder("usr/local/lib/node_modules/other");
    folder("usr/share/nodejs/@aws-sdk");
    assertThat(AwsSdk.forNode(machine)).containsExactly(root.resolve("usr/share/nodejs"));
  }
}
