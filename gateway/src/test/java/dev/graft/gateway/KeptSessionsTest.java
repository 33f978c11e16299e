package dev.graft.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway with a folder for its sessions knows when it starts again. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class KeptSessionsTest {
  @TempDir private Path folder;
  private Path store;
  private ByteBackend backend;
  private Gateway gateway;
  private SessionClient client;

  @BeforeEach
  void begin() throws IOException {
    store = folder.resolve("store");
    backend = new ByteBackend();
    start();
  }

  private Gateway another(Map<String, String> more) {
    Map<String, String> entries = new HashMap<>(more);
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "0");
    entries.putIfAbsent("graft.sessions.plugins", "any");
    entries.put("graft.gateway.session-store", store.toString());
    return Gateway.start(
        GatewaySettings.parse(entries),
        entries,
        BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
  }

  private void start() {
    gateway = another(Map.of());
    client = new SessionClient(gateway.port());
  }

  private void end() {
    client.close();
    gateway.close();
  }

  @AfterEach
  void close() {
    end();
    backend.close();
  }

  private void add(String session, String name, String table) throws Exception {
    assertThat(client.upload(session, name, SessionClient.jar(folder, table)).isOk()).isTrue();
  }

  /** The jars in the store, without the copies that are used. */
  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> !file.startsWith(store.resolve("loaded")))
          .toList();
    }
  }

  @Test
  void sessionsGoOnWithTheirPlugins() throws Exception {
    add("1", "jars/a.jar", "one");
    add("2", "jars/a.jar", "two");
    add("3", "jars/a-1.jar", "one");
    add("3", "jars/a-2.jar", "three");
    assertThat(client.copy("1", "4").isOk()).isTrue();
    assertThat(client.release("2").isOk()).isTrue();
    assertThat(jars()).as("one, and the newer of the third session").hasSize(2);

    end();
    start();

    assertThat(client.answer("1")).isEqualTo("one");
    assertThat(client.answer("2")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(client.answer("3")).isEqualTo("three");
    assertThat(client.answer("4")).isEqualTo("one");
    assertThat(jars()).hasSize(2);
    for (String session : List.of("1", "3", "4")) {
      client.release(session);
    }
    assertThat(jars()).isEmpty();
  }

  @Test
  void whatIsHalfWrittenOrNobodysIsDeleted() throws Exception {
    add("1", "jars/a.jar", "one");
    end();
    Files.createDirectories(store.resolve("incoming/7"));
    Files.writeString(store.resolve("incoming/7/half.jar"), "half");
    Files.createDirectories(store.resolve("jars/0123"));
    Files.writeString(store.resolve("jars/0123/nobodys.jar"), "nobody's");
    Files.createDirectories(store.resolve("loaded/3"));
    Files.writeString(store.resolve("loaded/3/old.jar"), "of a gateway that was killed");

    start();

    assertThat(jars()).hasSize(1);
    assertThat(store.resolve("loaded")).doesNotExist();
    assertThat(client.answer("1")).isEqualTo("one");
  }

  @Test
  void aDamagedJarIsSaidAndSetAside() throws Exception {
    add("1", "jars/a.jar", "one");
    add("2", "jars/b.jar", "two");
    end();
    Path damaged = jars().stream().filter(file -> file.endsWith("a.jar")).findFirst().orElseThrow();
    Files.writeString(damaged, "damaged");

    try (CapturedLog log = new CapturedLog()) {
      start();
      assertThat(log.text()).contains("a.jar is not what it was").contains("go on without");
    }
    assertThat(client.answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(client.answer("2")).isEqualTo("two");
    assertThat(store.resolve("damaged")).isDirectoryRecursivelyContaining("glob:**/a.jar");
    add("1", "jars/a.jar", "one");
    assertThat(client.answer("1")).isEqualTo("one");
  }

  @Test
  void aDamagedStoreIsSaidAndSetAside() throws Exception {
    add("1", "jars/a.jar", "one");
    end();
    Files.write(store.resolve("sessions.rocksdb/CURRENT"), "nonsense\n".getBytes(UTF_8));

    try (CapturedLog log = new CapturedLog()) {
      start();
      assertThat(log.text()).contains("is damaged, and is set aside in damaged-1");
    }
    assertThat(client.answer("1")).isEqualTo("GRAFT_EXTENSION_UNKNOWN");
    assertThat(store.resolve("damaged-1")).isDirectoryRecursivelyContaining("glob:**/a.jar");
    add("1", "jars/a.jar", "one");
    assertThat(client.answer("1")).isEqualTo("one");
  }

  @Test
  void aFolderMayBeNamedFromWhereTheGatewayIsStarted() throws Exception {
    Path before = store;
    store = Path.of("").toAbsolutePath().relativize(folder.resolve("relative"));
    try (Gateway relative = another(Map.of());
        SessionClient other = new SessionClient(relative.port())) {
      byte[] jar = SessionClient.jar(folder, "one");
      assertThat(other.upload("1", "jars/a.jar", jar).isOk()).isTrue();
    } finally {
      store = before;
    }
    assertThat(folder.resolve("relative")).isDirectoryRecursivelyContaining("glob:**/a.jar");
  }

  @Test
  void twoGatewaysDoNotShareAFolder() {
    assertThatThrownBy(() -> another(Map.of()).close())
        .isInstanceOfSatisfying(
            GraftException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CONFIGURATION_INVALID))
        .hasMessageContaining("is used by another gateway");
  }

  @Test
  void aGatewayThatDoesNotStartLeavesTheFolderToTheNext() throws Exception {
    add("1", "jars/a.jar", "one");
    end();
    Map<String, String> listed =
        Map.of(
            "graft.sessions.plugins",
            "listed",
            "graft.sessions.list",
            folder.resolve("missing").toString());

    assertThatThrownBy(() -> another(listed).close())
        .hasMessageContaining("GRAFT_CONFIGURATION_INVALID")
        .hasMessageContaining("missing");

    start();
    assertThat(client.answer("1")).isEqualTo("one");
  }

  @Test
  void whereItCannotBeKeptTheGatewayDoesNotStart() throws Exception {
    Files.writeString(folder.resolve("file"), "no folder");
    Path before = store;
    store = folder.resolve("file");
    assertThatThrownBy(() -> another(Map.of()).close())
        .hasMessageContaining("cannot be kept in " + store);
    store = before;
  }
}
