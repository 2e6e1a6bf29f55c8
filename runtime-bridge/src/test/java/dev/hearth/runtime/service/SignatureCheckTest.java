package dev.hearth.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.function.AccessKey;
import dev.hearth.runtime.http.HttpConnection;
import dev.hearth.runtime.http.HttpLimits;
import dev.hearth.runtime.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signature Version 4 against the examples that AWS publishes with it. */
class SignatureCheckTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Instant AUGUST = Instant.parse("2015-08-30T12:36:00Z");

  /** The example of the guide to signing: ListUsers of IAM. */
  private static final String LIST_USERS =
      """
      GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1
      Host: iam.amazonaws.com
      Content-Type: application/x-www-form-urlencoded; charset=utf-8
      X-Amz-Date: 20150830T123600Z
      Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
      SignedHeaders=content-type;host;x-amz-date, \
      Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7

      """;

  private final SignatureCheck iam =
      new SignatureCheck(List.of(new AccessKey("AKIDEXAMPLE", SECRET, null)), "us-east-1", "iam");

  static HttpRequest request(String text) throws Exception {
    byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    Socket socket =
        new Socket() {
          @Override
          public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
          }

          @Override
          public OutputStream getOutputStream() {
            return new ByteArrayOutputStream();
          }

          @Override
          public void setTcpNoDelay(boolean on) {
            // There is no connection.
          }
        };
    return new HttpConnection(socket, new HttpLimits(8192, 8192, 8192)).read();
  }

  private String verdict(SignatureCheck check, String request, Instant now) throws Exception {
    return check.verify(request(request), now).map(SignatureCheck.Refusal::message).orElse("right");
  }

  @Test
  void theExampleOfTheGuideIsRight() throws Exception {
    assertThat(verdict(iam, LIST_USERS, AUGUST)).isEqualTo("right");
    assertThat(SignatureCheck.accessKey(request(LIST_USERS))).isEqualTo("AKIDEXAMPLE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get-vanilla|/|5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "get-vanilla-query-order-key-case|/?Param2=value2&Param1=value1"
            + "|b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
      })
  void theTestSuiteIsRight(String name, String target, String signature) throws Exception {
    SignatureCheck suite =
        new SignatureCheck(
            List.of(new AccessKey("AKIDEXAMPLE", SECRET, null)), "us-east-1", "service");
    String request =
        """
        GET %s HTTP/1.1
        Host: example.amazonaws.com
        X-Amz-Date: 20150830T123600Z
        Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
        SignedHeaders=host;x-amz-date, Signature=%s

        """
            .formatted(target, signature);
    assertThat(verdict(suite, request, AUGUST)).as(name).isEqualTo("right");
  }

  @Test
  void aGetOfS3IsRight() throws Exception {
    SignatureCheck s3 =
        new SignatureCheck(
            List.of(
                new AccessKey(
                    "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null)),
            "us-east-1",
            "s3");
    String request =
        """
        GET /test.txt HTTP/1.1
        Host: examplebucket.s3.amazonaws.com
        Range: bytes=0-9
        x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        x-amz-date: 20130524T000000Z
        Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
        SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,\
        Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41

        """;
    assertThat(verdict(s3, request, Instant.parse("2013-05-24T00:00:00Z"))).isEqualTo("right");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ListUsers|ListRoles|does not match",
        "charset=utf-8|charset=utf-16|does not match",
        "5d672d79|5d672d78|does not match",
        "AKIDEXAMPLE|AKIDOTHER|AKIDOTHER is not known here; sign with access key local",
        "us-east-1|eu-west-1|valid region",
        "/iam/|/lambda/|20150830/us-east-1/iam/aws4_request",
        "host;x-amz-date|x-amz-date|host must be signed",
        "Signature=|Other=|lacks a part",
      })
  void whatWasChangedIsRefused(String part, String other, String message) throws Exception {
    assertThat(verdict(iam, LIST_USERS.replace(part, other), AUGUST)).contains(message);
  }

  @Test
  void aSignatureHoldsForFiveMinutes() throws Exception {
    assertThat(verdict(iam, LIST_USERS, AUGUST.plusSeconds(300))).isEqualTo("right");
    assertThat(verdict(iam, LIST_USERS, AUGUST.plusSeconds(301)))
        .isEqualTo("Signature expired: 20150830T124100Z is now earlier than 20150830T124101Z.");
    assertThat(verdict(iam, LIST_USERS, AUGUST.minusSeconds(301)))
        .startsWith("Signature not yet current: 20150830T123600Z is still later than");
  }

  @Test
  void thePairsThatCountAreKnown() {
    assertThat(AccessKey.known(Map.of())).containsExactly(AccessKey.OF_FUNCTIONS, AccessKey.LOCAL);
    AccessKey own =
        AccessKey.known(Map.of("AWS_ACCESS_KEY_ID", "A", "AWS_SECRET_ACCESS_KEY", "B")).getFirst();
    assertThat(own).isEqualTo(new AccessKey("A", "B", null));
    assertThat(own.toString()).doesNotContain("B");
  }
}
