package dev.graft.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reproduces encoders/vectors/addresses.json. */
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

  @ParameterizedTest
  @MethodSource("taken")
  void addressIsReadAsTheVectorsSay(String text, JsonObject vector) {
    ConnectionString target = ConnectionString.parse(text);

    assertThat(target.host()).isEqualTo(vector.get("host").getAsString());
    assertThat(target.port()).isEqualTo(vector.get("port").getAsInt());
    assertThat(target.tls()).isEqualTo(vector.get("tls").getAsBoolean());
    assertThat(target.token()).isEqualTo(text(vector, "token"));
    assertThat(target.userId())
        .isEqualTo(text(vector, "user_id").orElse(System.getProperty("user.name")));
    assertThat(target.userAgent())
        .isEqualTo(text(vector, "user_agent").orElse("graft-encoder-java"));
    text(vector, "session_id").ifPresent(id -> assertThat(target.sessionId()).isEqualTo(id));
    assertThat(target.maxMessageSize())
        .isEqualTo(
            text(vector, "grpc_max_message_size").map(Integer::parseInt).orElse(134_217_728));
    Map<String, String> headers = new HashMap<>();
    if (vector.has("headers")) {
      vector
          .getAsJsonObject("headers")
          .entrySet()
          .forEach(header -> headers.put(header.getKey(), header.getValue().getAsString()));
    }
    assertThat(target.headers()).isEqualTo(headers);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeUsedIsRefusedWithTheReason(String text, JsonObject vector) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionString.parse(text))
        .withMessageStartingWith("The connection string cannot be used: ")
        .withMessageContaining(vector.get("why").getAsString())
        .withMessageEndingWith("Its shape is sc://host:port/;name=value;name=value")
        .satisfies(e -> assertThat(e).message().doesNotContain("secret"));
  }

  static Stream<Arguments> taken() {
    return vectors("taken");
  }

  static Stream<Arguments> refused() {
    return vectors("refused");
  }

  private static Stream<Arguments> vectors(String kind) {
    try (Reader file = Files.newBufferedReader(Path.of("../vectors/addresses.json"))) {
      return JsonParser.parseReader(file).getAsJsonObject().getAsJsonArray(kind).asList().stream()
          .map(JsonElement::getAsJsonObject)
          .map(each -> Arguments.of(each.get("address").getAsString(), each));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> text(JsonObject vector, String name) {
    return Optional.ofNullable(vector.get(name)).map(JsonElement::getAsString);
  }

  @Property(tries = 300)
  void percentEncodedValueComesBackAsItWas(@ForAll @NotEmpty String userId) {
    String original = new String(userId.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String encoded = URLEncoder.encode(original, StandardCharsets.UTF_8).replace("+", "%20");

    assertThat(ConnectionString.parse("sc://host/;user_id=" + encoded).userId())
        .isEqualTo(original);
  }

  @Test
  void tokenIsNeverRepeated() {
    assertThat(ConnectionString.parse("sc://host/;token=s3cret"))
        .asString()
        .doesNotContain("s3cret");
  }
}
