package dev.hearth.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The three forms in which spans come: what is read, and that nothing can upset the readers. */
class TraceFormatsTest {
  private static final String HEADER = "{\"format\": \"json\", \"version\": 1}\n";

  private static List<ReportedSpan> xray(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return XRayDocuments.read(bytes, bytes.length);
  }

  @Test
  void nestedSubsegmentsKnowTheirParents() {
    List<ReportedSpan> spans =
        xray(
            HEADER
                + """
                {"trace_id":"1-5bef4de7-ad49b0e87f6ef6c87fc2e700","id":"a1","name":"outer",
                 "start_time":1700000000.123456789,"end_time":1.7000000005E9,
                 "subsegments":[{"id":"a2","name":"SELECT","namespace":"remote",
                   "sql":{"sanitized_query":"SELECT 1"},
                   "start_time":1700000000.2,"end_time":1700000000.3,"throttle":true},
                  {"id":"a3","name":"still running","in_progress":true,
                   "start_time":1700000000.2}]}
                """);
    assertThat(spans).hasSize(2);
    assertThat(spans.getFirst().traceId()).isEqualTo("5bef4de7ad49b0e87f6ef6c87fc2e700");
    assertThat(spans.getFirst().startAt()).isEqualTo(1_700_000_000_123_456_789L);
    assertThat(spans.getFirst().endAt()).isEqualTo(1_700_000_000_500_000_000L);
    assertThat(spans.get(1).parentId()).isEqualTo("a1");
    assertThat(spans.get(1).detail()).isEqualTo("SELECT 1");
    assertThat(spans.get(1).error()).isEqualTo("throttled");
  }

  @Test
  void aDatagramWithoutHeaderLineIsRefused() {
    assertThatThrownBy(() -> xray("{\"id\":\"a\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("header line");
    assertThatThrownBy(() -> xray("{\"format\":\"xml\"}\n{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not json");
  }

  private static byte[] message(Object... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      int field = (int) fields[i];
      switch (fields[i + 1]) {
        case Integer number -> {
          varint(out, field << 3);
          varint(out, number);
        }
        case Long fixed -> {
          varint(out, field << 3 | 1);
          for (int b = 0; b < 8; b++) {
            out.write((int) (fixed >>> (8 * b)));
          }
        }
        case String text -> bytes(out, field, text.getBytes(StandardCharsets.UTF_8));
        default -> bytes(out, field, (byte[]) fields[i + 1]);
      }
    }
    return out.toByteArray();
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static byte[] export() {
    byte[] exception =
        message(
            2,
            "exception",
            3,
            message(1, "exception.type", 2, message(1, "KeyError")),
            3,
            message(1, "exception.message", 2, message(1, "'id'")));
    byte[] span =
        message(
            1,
            HexFormat.of().parseHex("5b8efff798038103d269b633813fc60c"),
            2,
            HexFormat.of().parseHex("eee19b7ec3c1b174"),
            4,
            HexFormat.of().parseHex("00f067aa0ba902b7"),
            5,
            "orders.get",
            6,
            3,
            7,
            1_700_000_000_000_000_000L,
            8,
            1_700_000_000_002_000_000L,
            9,
            message(1, "db.operation.name", 2, message(1, "GetItem")),
            9,
            message(1, "aws.dynamodb.table_names", 2, message(5, message(1, message(1, "orders")))),
            11,
            exception,
            15,
            message(3, 2));
    return message(1, message(1, message(1, "resource"), 2, message(2, span)));
  }

  @Test
  void aProtocolBufferSaysTheSameAsJson() {
    ReportedSpan read = OtlpProto.read(export()).getFirst();
    assertThat(read)
        .isEqualTo(
            new ReportedSpan(
                "5b8efff798038103d269b633813fc60c",
                "eee19b7ec3c1b174",
                "00f067aa0ba902b7",
                "orders.get",
                "GetItem orders",
                true,
                "KeyError: 'id'",
                1_700_000_000_000_000_000L,
                1_700_000_000_002_000_000L));
    String json =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{
          "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
          "parentSpanId":"00f067aa0ba902b7","name":"orders.get","kind":"SPAN_KIND_CLIENT",
          "startTimeUnixNano":1700000000000000000,"endTimeUnixNano":"1700000000002000000",
          "attributes":[{"key":"db.operation.name","value":{"stringValue":"GetItem"}},
            {"key":"aws.dynamodb.table_names",
             "value":{"arrayValue":{"values":[{"stringValue":"orders"}]}}}],
          "events":[{"name":"exception","attributes":[
            {"key":"exception.type","value":{"stringValue":"KeyError"}},
            {"key":"exception.message","value":{"stringValue":"'id'"}}]}],
          "status":{"code":"STATUS_CODE_ERROR"}}]}]}]}
        """;
    assertThat(OtlpJson.read(json.getBytes(StandardCharsets.UTF_8))).containsExactly(read);
  }

  /** Cut off, bent and random input is refused in words; nothing else may come of it. */
  @Test
  void readersSurviveAnything() {
    Random random = new Random(20260301);
    byte[] proto = export();
    byte[] json =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"spanId\":\"a\",\"startTimeUnixNano\":7}]}]}]}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] xray =
        (HEADER + "{\"id\":\"a\",\"start_time\":1e9,\"end_time\":2,\"subsegments\":[{}]}")
            .getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      refused += survives(bent(proto, random), OtlpProto::read) ? 0 : 1;
      refused += survives(bent(json, random), OtlpJson::read) ? 0 : 1;
      refused += survives(bent(xray, random), b -> XRayDocuments.read(b, b.length)) ? 0 : 1;
    }
    assertThat(refused).isPositive();
  }

  private static boolean survives(byte[] input, Consumer<byte[]> reader) {
    try {
      reader.accept(input);
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }

  private static byte[] bent(byte[] whole, Random random) {
    byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @Test
  void numbersThatNoClockShowsAreLeftOut() {
    assertThat(
            xray(HEADER + "{\"id\":\"a\",\"name\":\"x\",\"start_time\":1e9999999,\"end_time\":-1}"))
        .isEmpty();
  }
}
