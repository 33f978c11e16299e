package dev.graft.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionStringTest {
  @Test
  void hostAloneGetsSparksDefaults() {
    ConnectionString target = ConnectionString.parse("sc://spark.example.org");

    assertThat(target.host()).isEqualTo("spark.example.org");
    assertThat(target.port()).isEqualTo(15002);
    assertThat(target.userId()).isEqualTo(System.getProperty("user.name"));
    assertThat(target.tls()).isFalse();
    assertThat(target.maxMessageSize()).isEqualTo(134_217_728);
    assertThat(target.headers()).isEmpty();
    assertThat(UUID.fromString(target.sessionId())).isNotNull();
  }

  @Test
  void everyKnownParameterIsRead() {
    ConnectionString target =
        ConnectionString.parse(
            "sc://[::1]:7077/;user_id=ada;token=s3cret%3D;use_ssl=true;user_agent=notebook;"
                + "session_id=5f1c1c1e-0000-4000-8000-0000000000aa;grpc_max_message_size=1024;"
                + "X-Team=data");

    assertThat(target.host()).isEqualTo("[::1]");
    assertThat(target.port()).isEqualTo(7077);
    assertThat(target.userId()).isEqualTo("ada");
    assertThat(target.token()).contains("s3cret=");
    assertThat(target.tls()).isTrue();
    assertThat(target.userAgent()).isEqualTo("notebook");
    assertThat(target.sessionId()).isEqualTo("5f1c1c1e-0000-4000-8000-0000000000aa");
    assertThat(target.maxMessageSize()).isEqualTo(1024);
    assertThat(target.headers()).containsOnlyKeys("x-team").containsEntry("x-team", "data");
  }

  @Property(tries = 300)
  void percentEncodedValueComesBackAsItWas(@ForAll @NotEmpty String userId) {
    String original = new String(userId.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String encoded = URLEncoder.encode(original, StandardCharsets.UTF_8).replace("+", "%20");

    assertThat(ConnectionString.parse("sc://host/;user_id=" + encoded).userId())
        .isEqualTo(original);
  }

  @Test
  void plusSignIsNoBlank() {
    assertThat(ConnectionString.parse("sc://host/;user_id=a+b").userId()).isEqualTo("a+b");
  }

  @Test
  void tokenImpliesTls() {
    assertThat(ConnectionString.parse("sc://host/;token=abc").tls()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
  void tokenMayStayUnencryptedOnTheSameMachine(String host) {
    assertThat(ConnectionString.parse("sc://" + host + "/;token=abc;use_ssl=false").tls())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://host                       | it must begin with sc://
          host:15002                        | it must begin with sc://
          sc://                             | not a URL
          sc://:15002                       | does not name a host
          sc://me@host                      | does not name a host
          sc://host:0                       | the port must be from 1 to 65535, and is 0
          sc://host:70000                   | the port must be from 1 to 65535, and is 70000
          sc://host:port                    | does not name a host
          sc://host/path                    | nothing but /; may stand between
          sc://host/?a=b                    | separated by semicolons
          sc://host/;user_id                | each parameter must be name=value
          sc://host/;user_id=               | each parameter must be name=value
          sc://host/;=ada                   | each parameter must be name=value
          sc://host/;user_id=a;user_id=b    | the parameter user_id stands there twice
          sc://host/;user_id=%zz            | the value of user_id has a %
          sc://host/;use_ssl=maybe          | use_ssl must be true or false
          sc://host/;token=abc;use_ssl=false| a token would cross the network unencrypted to host
          sc://host/;session_id=mine        | session_id must be a UUID
          sc://host/;grpc_max_message_size=0| grpc_max_message_size must be a number of bytes
          sc://host/;grpc-timeout=1         | the parameter grpc-timeout is unknown
          sc://host/;authorization=x        | the parameter authorization is unknown
          sc://host/;x-team=%0A             | the value of x-team becomes a header
          """)
  void whatCannotBeUsedIsRefusedWithTheReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionString.parse(text))
        .withMessageStartingWith("The connection string cannot be used: ")
        .withMessageContaining(reason)
        .withMessageEndingWith("Its shape is sc://host:port/;name=value;name=value");
  }

  @Test
  void tokenIsNeverRepeated() {
    assertThat(ConnectionString.parse("sc://host/;token=s3cret"))
        .asString()
        .doesNotContain("s3cret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionString.parse("sc://host/;token=s3cret;token=s3cret"))
        .satisfies(e -> assertThat(e).message().doesNotContain("s3cret"));
  }
}
