package dev.graft.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.gateway.store.SessionJar;
import dev.graft.gateway.store.StoreSettings;
import dev.graft.gateway.store.Stores;
import dev.graft.gateway.store.Upload;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.registry.wire.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The files that sessions hold, and when the last of them lets go. */
class HeldJarsTest {
  private static final byte[] BYTES = "a jar".getBytes(UTF_8);

  private final Stores stores =
      Stores.open(
          StoreSettings.DEFAULT,
          RegistryConfiguration.parse(Map.of("graft.sessions.plugins", "any"), "").sessions());

  @AfterEach
  void close() {
    stores.close();
  }

  private HeldJars session() {
    return new HeldJars(stores.files(), stores.store());
  }

  /** Uploads the jar, which a session holds when this returns. */
  private SessionJar uploadedTo(HeldJars session) throws IOException {
    Upload upload = stores.files().begin("a.jar", 1, BYTES.length, BYTES.length);
    CRC32 crc = new CRC32();
    crc.update(BYTES);
    assertThat(upload.add(Slice.of(BYTES), crc.getValue())).isEqualTo(Upload.State.WHOLE);
    SessionJar jar = upload.jar();
    stores.files().place(upload, jar);
    session.only(List.of(jar));
    stores.files().release(jar);
    return jar;
  }

  @Test
  void theLastSessionThatHasAFileTakesItAlong() throws Exception {
    HeldJars first = session();
    HeldJars second = session();
    SessionJar jar = uploadedTo(first);
    Path file = stores.files().file(jar);
    assertThat(second.only(List.of(jar))).containsExactly(file);

    first.letGo();
    assertThat(file).exists();
    second.only(List.of());
    assertThat(file).doesNotExist();
  }

  @Test
  void aRequestThatComesAfterTheEndOfItsSessionHoldsNothing() throws Exception {
    HeldJars ended = session();
    HeldJars other = session();
    SessionJar jar = uploadedTo(other); // so that the file is there to be held
    Path file = stores.files().file(jar);
    assertThat(ended.only(List.of(jar))).containsExactly(file);

    ended.letGo();
    assertThat(ended.only(List.of(jar))).isEmpty();

    other.letGo();
    assertThat(file).doesNotExist();
  }
}
