package dev.hearth.app.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.app.project.LogEntry;
import dev.hearth.runtime.event.LogStream;
import org.junit.jupiter.api.Test;

class LogBufferTest {
  private final LogBuffer buffer = new LogBuffer(3);

  @Test
  void keepsTheNewestLinesUnderTheirNumbers() {
    add("a", "b", "c", "d");

    assertThat(buffer.start()).isEqualTo(1);
    assertThat(buffer.end()).isEqualTo(4);
    assertThat(buffer.size()).isEqualTo(3);
    assertThat(buffer.line(1).entry().text()).isEqualTo("b");
    assertThat(buffer.line(3).entry().text()).isEqualTo("d");
  }

  @Test
  void refusesLinesThatFellOut() {
    add("a", "b", "c", "d");

    assertThatThrownBy(() -> buffer.line(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> buffer.line(4)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void clearingKeepsTheNumbering() {
    add("a", "b");
    buffer.skip(7);
    buffer.clear();
    add("c");

    assertThat(buffer.start()).isEqualTo(2);
    assertThat(buffer.size()).isEqualTo(1);
    assertThat(buffer.line(2).entry().text()).isEqualTo("c");
    assertThat(buffer.skippedProperty().get()).isZero();
  }

  private void add(String... texts) {
    for (String text : texts) {
      buffer.append(new LogEntry(1, LogStream.STDOUT, text), "r1", "e1");
    }
  }
}
