package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Backends as operators write them: encoders/vectors/addresses.json, as all clients read it. */
class BackendAddressTest {
  private static final List<String> OF_CLIENTS =
      List.of("user_id", "session_id", "user_agent", "grpc_max_message_size");

  @ParameterizedTest
  @MethodSource("taken")
  void addressIsReadAsTheVectorsSay(String text, JsonObject vector) {
    Optional<String> ofClients = OF_CLIENTS.stream().filter(vector::has).findFirst();
    if (ofClients.isPresent()) {
      assertThatThrownBy(() -> BackendAddress.parse(text))
          .hasMessageContaining("is for clients, whose own reach the backend");
      return;
    }

    BackendAddress address = BackendAddress.parse(text);

    assertThat(address.host()).isEqualTo(vector.get("host").getAsString());
    assertThat(address.port()).isEqualTo(vector.get("port").getAsInt());
    assertThat(address.tls()).isEqualTo(vector.get("tls").getAsBoolean());
    assertThat(address.token())
        .isEqualTo(Optional.ofNullable(vector.get("token")).map(JsonElement::getAsString));
    Map<String, String> headers = new HashMap<>();
    if (vector.has("headers")) {
      vector
          .getAsJsonObject("headers")
          .entrySet()
          .forEach(header -> headers.put(header.getKey(), header.getValue().getAsString()));
    }
    assertThat(address.headers()).isEqualTo(headers);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNoAddressIsRefusedWithTheReasonAndWithoutItsValues(String text, JsonObject vector) {
    String why = vector.get("why").getAsString();
    boolean ofClients = OF_CLIENTS.stream().anyMatch(name -> text.contains("/;" + name + "="));
    assertThatThrownBy(() -> BackendAddress.parse(text))
        .hasMessageStartingWith(
            "[GRAFT_CONFIGURATION_INVALID] The backend's address cannot be used")
        .satisfies(
            e ->
                assertThat(e)
                    .message()
                    .containsAnyOf(why, ofClients ? "is for clients" : why)
                    .doesNotContain("secret"));
  }

  @Test
  void anAddressIsShownWithoutItsToken() {
    assertThat(BackendAddress.parse("sc://spark.example:443/;token=a%3Db+c;X-Cluster=one"))
        .hasToString("sc://spark.example:443");
  }

  static Stream<Arguments> taken() {
    return vectors("taken");
  }

  static Stream<Arguments> refused() {
    return vectors("refused");
  }

  private static Stream<Arguments> vectors(String kind) {
    try (Reader file = Files.newBufferedReader(Path.of("../encoders/vectors/addresses.json"))) {
      return JsonParser.parseReader(file).getAsJsonObject().getAsJsonArray(kind).asList().stream()
          .map(JsonElement::getAsJsonObject)
          .map(each -> Arguments.of(each.get("address").getAsString(), each));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
