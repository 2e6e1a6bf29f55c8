package dev.hearth.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.app.project.InvocationDetail;
import dev.hearth.app.testing.SyntheticHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class HistoryFilesTest {
  @TempDir Path folder;

  private final List<InvocationDetail> details = new SyntheticHistory().details();

  @Test
  void aTableHasALinePerCall() throws IOException {
    Path file =
        HistoryFiles.csv(
            details.stream().map(InvocationDetail::record).toList(), folder.resolve("t.csv"));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(details.size() + 1);
    assertThat(lines.getFirst()).startsWith("requestId,queuedAt,function");
    assertThat(lines).allMatch(line -> line.split(",", -1).length == 14);
  }

  @Test
  void aTraceHasAnEventPerSpanInMicroseconds() throws IOException {
    Path file = HistoryFiles.trace(details, folder.resolve("t.json"));
    JsonNode events = new ObjectMapper().readTree(Files.readString(file)).get("traceEvents");
    JsonNode first = events.get(0);
    InvocationDetail cold = details.getFirst();
    assertThat(first.get("name").asString()).isEqualTo("Initialization");
    assertThat(first.get("dur").asDouble()).isEqualTo(cold.record().initNanos() / 1e3);
    assertThat(first.get("ph").asString()).isEqualTo("X");
    long spans = details.stream().mapToLong(d -> Math.max(0, d.spans().size() - 1)).sum();
    assertThat(events.size()).isEqualTo(spans + 2);
  }

  @Test
  void anEmptyTraceIsStillJson() throws IOException {
    Path file = HistoryFiles.trace(List.of(), folder.resolve("t.json"));
    assertThat(new ObjectMapper().readTree(Files.readString(file)).get("traceEvents")).isEmpty();
  }
}
