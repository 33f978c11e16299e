package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways before one backend, which share a database of sessions. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class SharedSessionsTest {
  private static EmbeddedPostgres postgres;
  @TempDir private Path folder;
  private ByteBackend backend;
  private Gateway one;
  private Gateway other;
  private SessionClient client;
  private SessionClient otherClient;

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void start() throws IOException {
    backend = new ByteBackend();
    one = gateway();
    other = gateway();
    client = new SessionClient(one.port());
    otherClient = new SessionClient(other.port());
  }

  private Gateway gateway() {
    Map<String, String> entries =
        Map.of(
            "graft.gateway.port", "0",
            "graft.gateway.drain-seconds", "0",
            "graft.sessions.plugins", "any",
            "graft.sessions.idle-seconds", "2",
            "graft.gateway.session-store", postgres.getJdbcUrl("postgres", "postgres"));
    return Gateway.start(
        GatewaySettings.parse(entries),
        entries,
        BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
  }

  @AfterEach
  void stop() {
    client.close();
    otherClient.close();
    one.close();
    other.close();
    backend.close();
  }

  private byte[] jar(String table) throws IOException {
    return SessionClient.jar(folder, table);
  }

  private static boolean isEmpty(Gateway gateway) throws IOException {
    for (Path own : gateway.sessions().folders()) {
      try (Stream<Path> files = Files.walk(own)) {
        if (files.anyMatch(Files::isRegularFile)) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void aSessionMovesWithEachCall() throws Exception {
    assertThat(client.upload("1", "jars/a-1.jar", jar("one")).isOk()).isTrue();
    assertThat(otherClient.answer("1")).isEqualTo("one");
    assertThat(otherClient.upload("1", "jars/a-2.jar", jar("two")).isOk()).isTrue();
    assertThat(client.answer("1")).isEqualTo("two");
    assertThat(client.copy("1", "2").isOk()).isTrue();
    assertThat(otherClient.answer("2")).isEqualTo("two");
    assertThat(otherClient.release("1").isOk()).isTrue();

    assertThat(client.answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(otherClient.answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(otherClient.answer("2")).isEqualTo("two");
    client.release("2");
    assertThat(otherClient.answer("2")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(isEmpty(one) && isEmpty(other)).isTrue();
  }

  @Test
  void aSessionEndsWhenNeitherHearsOfIt() throws Exception {
    assertThat(client.upload("1", "jars/a.jar", jar("one")).isOk()).isTrue();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < 3_000_000_000L) {
      assertThat(otherClient.answer("1")).isEqualTo("one");
      Thread.sleep(200);
    }
    Patience.await("the first has let it go", () -> isEmpty(one));
    assertThat(client.answer("1")).as("and gets it again").isEqualTo("one");

    Patience.await("nobody has it", () -> isEmpty(one) && isEmpty(other));
    Patience.await("it is over", () -> client.answer("1").equals("GRAFT_EXTENSION_UNKNOWN"));
  }

  @Test
  void withoutTheDatabaseWhatNeedsItIsRefusedForNow() throws Exception {
    EmbeddedPostgres own = EmbeddedPostgres.start();
    Map<String, String> entries =
        Map.of(
            "graft.gateway.port", "0",
            "graft.gateway.drain-seconds", "0",
            "graft.sessions.plugins", "any",
            "graft.gateway.session-store", own.getJdbcUrl("postgres", "postgres"));
    try (Gateway gateway =
            Gateway.start(
                GatewaySettings.parse(entries),
                entries,
                BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
        SessionClient lonely = new SessionClient(gateway.port())) {
      assertThat(lonely.upload("1", "jars/a.jar", jar("one")).isOk()).isTrue();
      own.close();

      Status refusal = lonely.upload("1", "jars/b.jar", jar("two"));
      assertThat(refusal.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(SessionClient.code(refusal)).isEqualTo("GRAFT_STORE_UNAVAILABLE");
      assertThat(lonely.answer("1")).isEqualTo("GRAFT_STORE_UNAVAILABLE");
    }
  }
}
