package dev.hearth.runtime.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.runtime.function.RuntimeFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fetching with tools that are scripts of the test: what they are asked, and what becomes of it.
 */
@DisabledOnOs(OS.WINDOWS)
class SdkFetchTest {
  @TempDir Path root;
  private SdkFetch fetch;
  private Path cache;

  @BeforeEach
  void layOut() {
    cache = root.resolve("cache");
    fetch =
        new SdkFetch(
            new Machine(
                Machine.Os.LINUX, root, root.resolve("home"), root.resolve("java"), Map.of()),
            cache);
  }

  private Interpreter tool(RuntimeFamily family, String name, String script) throws IOException {
    Path bin = Files.createDirectories(root.resolve("lang/bin"));
    Path tool = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    String program = family == RuntimeFamily.PYTHON ? name : "node";
    return new Interpreter(family, "3.12.1", bin.resolve(program), "x");
  }

  @Test
  void npmPutsPackagesWhereFunctionsLook() throws IOException {
    Interpreter node =
        tool(RuntimeFamily.NODEJS, "npm", "mkdir -p node_modules/@aws-sdk\necho \"$@\" > asked\n");
    Path folder = fetch.fetch(node, List.of("@aws-sdk/client-sqs"));
    assertThat(folder).isEqualTo(cache.resolve("sdk/nodejs"));
    assertThat(folder.resolve("node_modules/@aws-sdk")).isDirectory();
    assertThat(folder.resolve("asked"))
        .content()
        .startsWith("install --prefix " + folder + " --ignore-scripts")
        .endsWith(" @aws-sdk/client-sqs\n");
    fetch.fetch(node, List.of());
    assertThat(folder.resolve("asked")).content().contains(SdkFetch.USUAL_FOR_NODE);
  }

  @Test
  void onlyPackagesOfTheSdkAreFetched() throws IOException {
    Interpreter node = tool(RuntimeFamily.NODEJS, "npm", "exit 0\n");
    assertThatThrownBy(() -> fetch.fetch(node, List.of("left-pad")))
        .isInstanceOf(SdkFetchException.class)
        .hasMessageContaining("\"left-pad\" is no package of the AWS SDK");
  }

  @Test
  void pipReplacesTheOldOnlyWhenItSucceeds() throws IOException {
    String install =
        "for last; do :; done\nmkdir -p \"$7/boto3\"\necho $last > \"$7/boto3/$0.txt\"\n";
    Path folder =
        fetch.fetch(
            tool(RuntimeFamily.PYTHON, "python3", install.replace("$0.txt", "one")), List.of());
    assertThat(folder.resolve("boto3/one")).content().isEqualTo("boto3\n");
    Interpreter failing =
        tool(RuntimeFamily.PYTHON, "python3", install + "echo ERROR: no network >&2\nexit 1\n");
    assertThatThrownBy(() -> fetch.fetch(failing, List.of()))
        .isInstanceOf(SdkFetchException.class)
        .hasMessageContaining("ERROR: no network")
        .hasMessageContaining("needs the network");
    assertThat(folder.resolve("boto3/one")).exists();
    fetch.fetch(tool(RuntimeFamily.PYTHON, "python3", install.replace("$0.txt", "two")), List.of());
    assertThat(folder.resolve("boto3/one")).doesNotExist();
    assertThat(folder.resolve("boto3/two")).exists();
  }

  @Test
  void withoutNpmItSaysSo() {
    Interpreter node =
        new Interpreter(RuntimeFamily.NODEJS, "22.1.0", root.resolve("none/bin/node"), "x");
    assertThatThrownBy(() -> fetch.fetch(node, List.of()))
        .isInstanceOf(SdkFetchException.class)
        .hasMessageStartingWith("npm was not found beside " + node.executable());
  }

  @Test
  void anErrorSaysWhatIsMissing() {
    assertThat(
            SdkFetch.missing(
                "{\"errorMessage\":\"Error: Cannot find module '@aws-sdk/client-s3'\\nRequire\"}"))
        .contains(new SdkFetch.Missing(RuntimeFamily.NODEJS, "@aws-sdk/client-s3"));
    assertThat(SdkFetch.missing("Cannot find package '@aws-sdk/lib-dynamodb/x' imported from"))
        .contains(new SdkFetch.Missing(RuntimeFamily.NODEJS, "@aws-sdk/lib-dynamodb"));
    assertThat(SdkFetch.missing("Unable to import module 'app': No module named 'botocore'"))
        .contains(new SdkFetch.Missing(RuntimeFamily.PYTHON, "boto3"));
    assertThat(SdkFetch.missing("No module named 'requests'")).isEmpty();
  }
}
