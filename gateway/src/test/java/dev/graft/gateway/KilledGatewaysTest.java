package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.testkit.seed.RunSeed;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gateways that are killed in the midst of uploads and requests, and started again: nothing that
 * was answered is lost, nothing half-written is used. {@code ./graft test --long} kills 200.
 */
@Tag("slow")
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class KilledGatewaysTest {
  private static final RunSeed SEED = RunSeed.ofThisRun();
  private static final int KILLS = SEED.isLong() ? 200 : 5;
  private static final int CLIENTS = 3;
  private static final int JARS = 5;
  private static final int LONGEST_MILLIS = 600;

  @TempDir private Path folder;
  private final List<byte[]> jars = new ArrayList<>();
  private final List<SessionHistory> histories = new ArrayList<>();
  private final Random when = new Random(SEED.of("when"));
  private ByteBackend backend;

  @BeforeEach
  void begin() throws IOException {
    backend = new ByteBackend();
    for (int version = 0; version < JARS; version++) {
      jars.add(SessionClient.jar(folder, "t" + version));
    }
    for (int client = 0; client < CLIENTS; client++) {
      histories.add(new SessionHistory("c" + client + "-", jars, SEED.of("kill") + client));
    }
  }

  @AfterEach
  void end() {
    backend.close();
  }

  private GatewayProcess start(String store) throws IOException {
    return GatewayProcess.start(
        List.of(),
        backend,
        Map.of("graft.sessions.plugins", "any", "graft.gateway.session-store", store),
        Redirect.appendTo(folder.resolve("log").toFile()));
  }

  /** A client works until it is cut off, or enough. */
  private static CompletableFuture<Void> work(
      SessionHistory history, GatewayProcess gateway, AtomicBoolean enough) {
    return CompletableFuture.runAsync(
        () -> {
          try (SessionClient client = new SessionClient(gateway.port)) {
            while (!enough.get() && history.step(client)) {
              // The next.
            }
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Clients work, on one of the gateways each, and the first gateway is killed meanwhile. */
  private void killFirst(List<GatewayProcess> gateways) throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 0; client < histories.size(); client++) {
      clients.add(work(histories.get(client), gateways.get(client % gateways.size()), enough));
    }
    Thread.sleep(when.nextInt(LONGEST_MILLIS));
    gateways.get(0).close();
    enough.set(true);
    for (CompletableFuture<Void> client : clients) {
      client.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void check(GatewayProcess gateway) throws Exception {
    try (SessionClient client = new SessionClient(gateway.port)) {
      for (SessionHistory history : histories) {
        history.check(client);
      }
    }
  }

  private void killAndLook(String store) throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      try (GatewayProcess gateway = start(store)) {
        check(gateway);
        killFirst(List.of(gateway));
      }
    }
    tell();
  }

  private void tell() {
    int answered = histories.stream().mapToInt(history -> history.answered).sum();
    int cutOff = histories.stream().mapToInt(history -> history.cutOff).sum();
    System.out.printf("%d kills, %d calls answered, %d cut off%n", KILLS, answered, cutOff);
    assertThat(answered).isPositive();
    assertThat(cutOff).isPositive();
  }

  @Test
  void withAFolder() throws Exception {
    Path store = folder.resolve("store");
    killAndLook(store.toString());

    try (GatewayProcess gateway = start(store.toString());
        SessionClient client = new SessionClient(gateway.port)) {
      assertThat(store.resolve("incoming")).isEmptyDirectory();
      for (SessionHistory history : histories) {
        history.check(client);
        history.end(client);
      }
      try (Stream<Path> files = Files.walk(store.resolve("jars"))) {
        assertThat(files.filter(Files::isRegularFile)).isEmpty();
      }
    }
  }

  @Test
  void withADatabase() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String store = postgres.getJdbcUrl("postgres", "postgres");
      killAndLook(store);

      try (GatewayProcess gateway = start(store)) {
        check(gateway);
      }
    }
  }

  @Test
  void oneOfTwoWithADatabase() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String store = postgres.getJdbcUrl("postgres", "postgres");
      try (GatewayProcess stays = start(store)) {
        for (int kill = 0; kill < KILLS; kill++) {
          try (GatewayProcess killed = start(store)) {
            killFirst(List.of(killed, stays));
          }
          check(stays);
        }
        tell();
      }
    }
  }
}
