package dev.hearth.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingChoiceTest {
  @TempDir private Path devices;

  @Test
  void machineWithoutGraphicsProcessor() throws IOException {
    Files.createFile(devices.resolve("null"));
    assertThat(DrawingChoice.hasProcessor(devices)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dri", "nvidiactl", "dxg"})
  void machineWithGraphicsProcessor(String device) throws IOException {
    Files.createFile(devices.resolve(device));
    assertThat(DrawingChoice.hasProcessor(devices)).isTrue();
  }
}
