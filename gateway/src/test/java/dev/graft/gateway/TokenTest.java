package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.gateway.ByteClient.Call;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bearer tokens that the gateway checks itself. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class TokenTest {
  private static final String ECHO = "acme.Anything/Echo";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @TempDir Path folder;
  private Path tokens;
  private ByteBackend backend;
  private Gateway gateway;
  private ByteClient client;

  @BeforeEach
  void start() throws Exception {
    tokens = Files.writeString(folder.resolve("tokens"), "token-of-today\n\n");
    backend = new ByteBackend();
    start("");
  }

  private void start(String parameters) {
    Map<String, String> entries =
        Map.of(
            "graft.gateway.port", "0",
            "graft.gateway.drain-seconds", "0",
            "graft.gateway.reload-seconds", "1",
            "graft.gateway.token-file", tokens.toString());
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + backend.port() + "/;" + parameters));
    client = new ByteClient(gateway.port());
  }

  @AfterEach
  void stop() {
    client.close();
    backend.close();
    gateway.close();
  }

  private Call call(String method, String... authorizations) {
    Metadata headers = new Metadata();
    for (String authorization : authorizations) {
      headers.put(AUTHORIZATION, authorization);
    }
    Call call = client.start(method, MethodType.UNARY, CallOptions.DEFAULT, headers, 2);
    call.call.sendMessage("x".getBytes(UTF_8));
    call.call.halfClose();
    return call;
  }

  @Test
  void aKnownTokenOpensAndStaysHere() throws Exception {
    assertThat(call(ECHO, "Bearer token-of-today").status().isOk()).isTrue();
    assertThat(call(ECHO, "bearer  token-of-today").status().isOk()).isTrue();

    assertThat(backend.headers.take().get(AUTHORIZATION)).isNull();
    assertThat(backend.headers.take().get(AUTHORIZATION)).isNull();
  }

  @Test
  void theBackendGetsItsOwnToken() throws Exception {
    client.close();
    gateway.close();
    start("use_ssl=false;token=of-the-gateway");

    assertThat(call(ECHO, "Bearer token-of-today").status().isOk()).isTrue();

    assertThat(backend.headers.take().getAll(AUTHORIZATION))
        .containsExactly("Bearer of-the-gateway");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer token-of-toda",
        "Bearer token-of-today2",
        "Bearer TOKEN-OF-TODAY",
        "Basic token-of-today",
        "token-of-today",
        "Bearer token-of-today, Bearer token-of-today"
      })
  void anythingElseIsRefusedBeforeItReachesTheBackend(String authorization) throws Exception {
    for (String method : new String[] {ECHO, "spark.connect.SparkConnectService/ExecutePlan"}) {
      Status status = call(method, authorization).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(status.getDescription()).contains("bearer token").doesNotContain("today");
    }
    assertThat(backend.methods).isEmpty();
  }

  @Test
  void noTokenAndTwoOfThemAreRefused() throws Exception {
    assertThat(call(ECHO).status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(call(ECHO, "Bearer token-of-today", "Bearer token-of-today").status().getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(backend.methods).isEmpty();
  }

  @Test
  void healthNeedsNoTokenAndEverythingElseDoes() throws Exception {
    Call check = client.call("grpc.health.v1.Health/Check", new byte[0]);

    assertThat(HealthCheckResponse.parseFrom(check.next()).getStatus())
        .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    for (String method :
        new String[] {
          "grpc.health.v1.Health/OfTomorrow",
          "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
          "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
        }) {
      assertThat(call(method).status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
    assertThat(backend.methods).isEmpty();
  }

  @Test
  void tokensChangeWithoutARestart() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      Files.writeString(tokens, "token-of-today\ntoken-of-tomorrow\n");
      log.await(now -> now.text().contains("Took up the bearer tokens of clients"));
      assertThat(call(ECHO, "Bearer token-of-today").status().isOk()).isTrue();
      assertThat(call(ECHO, "Bearer token-of-tomorrow").status().isOk()).isTrue();
    }
    try (CapturedLog log = new CapturedLog()) {
      Files.writeString(tokens, "token-of-tomorrow\n");
      log.await(now -> now.text().contains("Took up the bearer tokens of clients"));
      assertThat(call(ECHO, "Bearer token-of-today").status().getCode())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(call(ECHO, "Bearer token-of-tomorrow").status().isOk()).isTrue();
    }
    try (CapturedLog log = new CapturedLog()) {
      Files.writeString(tokens, "");
      log.await(now -> now.text().contains("there is no token in the file"));
      assertThat(call(ECHO, "Bearer token-of-tomorrow").status().isOk()).isTrue();
      assertThat(log.text()).doesNotContain("of-tomorrow");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\n", "two words\n", "größe\n"})
  void aFileWithoutUsableTokensStopsTheStart(String content) throws Exception {
    Files.writeString(tokens, content);

    assertThatThrownBy(() -> start(""))
        .hasMessageStartingWith("[GRAFT_CONFIGURATION_INVALID]")
        .hasMessageContaining("the bearer tokens of clients in " + tokens)
        .message()
        .doesNotContain("words", "größe");
  }
}
