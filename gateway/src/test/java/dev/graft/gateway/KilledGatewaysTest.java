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

  /** Clients work until the gateway is gone. */
  private void work(GatewayProcess... gateways) throws Exception {
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 0; client < histories.size(); client++) {
      SessionHistory history = histories.get(client);
      GatewayProcess gateway = gateways[client % gateways.length];
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                try (SessionClient talking = new SessionClient(gateway.port)) {
                  while (history.step(talking)) {
                    // The next.
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    Thread.sleep(new Random(SEED.of("when")).nextInt(LONGEST_MILLIS));
    for (GatewayProcess gateway : gateways) {
      gateway.close();
    }
    for (CompletableFuture<Void> client : clients) {
      client.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void killAndLook(String store) throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      try (GatewayProcess gateway = start(store);
          SessionClient looking = new SessionClient(gateway.port)) {
        for (SessionHistory history : histories) {
          history.check(looking);
        }
        work(gateway);
      }
    }
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

      try (GatewayProcess gateway = start(store);
          SessionClient client = new SessionClient(gateway.port)) {
        for (SessionHistory history : histories) {
          history.check(client);
          history.end(client);
        }
      }
    }
  }
}
