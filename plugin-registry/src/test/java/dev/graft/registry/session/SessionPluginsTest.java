package dev.graft.registry.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.testkit.Signer;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of jars that clients add to their sessions. */
class SessionPluginsTest {
  private static final SessionKey ADA = new SessionKey("ada", "1");
  private static final SessionKey EVE = new SessionKey("eve", "1");
  private static final Extension ONE = TestRequest.relation("acme.v1.One");
  private static final Extension OF_SERVER = TestRequest.relation("acme.v1.Server");

  @TempDir private Path folder;

  private final List<AutoCloseable> open = new ArrayList<>();
  private TestServer server;

  @BeforeEach
  void install() throws IOException {
    server =
        new TestServer(Files.createDirectory(folder.resolve("plugins")))
            .set("graft.plugins.discovery", "services")
            .set("graft.sessions.plugins", "any")
            .install("server.jar", plugin("Server", "of the server"));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private static PluginJar plugin(String name, String says) {
    return plugin(name, name, says);
  }

  private static PluginJar plugin(String name, String message, String says) {
    return PluginJar.of(
            """
            public class NAME implements ExtensionPlugin {
              private static int asked;
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.MESSAGE"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                return Optional.of(new Answer.Node(("SAYS " + ++asked).getBytes()));
              }
            }
            """
                .replace("NAME", name)
                .replace("MESSAGE", message)
                .replace("SAYS", says))
        .manifest("Graft-Plugin-Id", name)
        .service(ExtensionPlugin.class.getName(), "acme." + name);
  }

  private Path jar(String file, PluginJar jar) {
    return jar.writeTo(folder.resolve(file));
  }

  private SessionPlugins sessions() {
    return sessions(server.registry());
  }

  private SessionPlugins sessions(Registry registry) {
    SessionPlugins sessions = new SessionPlugins(registry);
    open.add(sessions);
    return sessions;
  }

  private static String answer(
      SessionPlugins sessions, SessionKey key, Extension extension, Path... jars) {
    return TestServer.answer(snapshot(sessions, key, jars), extension);
  }

  private static Snapshot snapshot(SessionPlugins sessions, SessionKey key, Path... jars) {
    return sessions.of(() -> key, () -> List.of(jars));
  }

  private static void assertRefused(
      SessionPlugins sessions, ErrorCode code, String text, Path... jars) {
    assertThatThrownBy(() -> answer(sessions, ADA, ONE, jars))
        .isInstanceOfSatisfying(
            GraftException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining("No plugin is loaded for the relation extension")
        .hasMessageContaining(text)
        .hasMessageNotContaining("/graft-sessions-")
        .hasMessageNotContaining("refused in");
  }

  @Test
  void twoSessionsHaveTwoVersionsAndOthersHaveNone() {
    SessionPlugins sessions = sessions();
    Path first = jar("one-1.0.jar", plugin("One", "first"));
    Path second = jar("one-2.0.jar", plugin("One", "second"));

    assertThat(answer(sessions, ADA, ONE, first)).isEqualTo("first 1");
    assertThat(answer(sessions, EVE, ONE, second)).isEqualTo("second 1");
    assertThat(answer(sessions, ADA, ONE, first)).isEqualTo("first 2");
    assertThat(answer(sessions, ADA, OF_SERVER, first)).isEqualTo("of the server 1");
    assertThatThrownBy(() -> answer(sessions, new SessionKey("ada", "2"), ONE))
        .hasMessageContaining("GRAFT_EXTENSION_UNKNOWN");
    assertThat(sessions.sessions()).isEqualTo(2);
  }

  @Test
  void oneJarInTwoSessionsIsLoadedTwice() {
    SessionPlugins sessions = sessions();
    Path jar = jar("one.jar", plugin("One", "asked"));

    assertThat(answer(sessions, ADA, ONE, jar)).isEqualTo("asked 1");
    assertThat(answer(sessions, EVE, ONE, jar)).isEqualTo("asked 1");
  }

  @Test
  void aNewerJarOfOneIdTakesThePlaceOfTheOlder() {
    SessionPlugins sessions = sessions();
    Path first = jar("one-1.0.jar", plugin("One", "first"));
    Path second = jar("one-2.0.jar", plugin("One", "second"));

    Snapshot before = snapshot(sessions, ADA, first);
    assertThat(answer(sessions, ADA, ONE, first, second)).isEqualTo("second 1");
    assertThat(TestServer.answer(before, ONE)).isEqualTo("first 1");
  }

  @Test
  void theCatalogueOfASessionHasItsOwn() {
    SessionPlugins sessions = sessions();
    Path jar = jar("one.jar", plugin("One", "asked"));

    assertThat(names(snapshot(sessions, ADA, jar))).contains("acme.v1.One", "acme.v1.Server");
    assertThat(names(snapshot(sessions, EVE))).doesNotContain("acme.v1.One");
  }

  private static List<String> names(Snapshot snapshot) {
    return snapshot.index().extensions().stream().map(each -> each.message()).toList();
  }

  @Test
  void whatTheServerReloadsIsBelowTheSessions() throws IOException {
    Registry registry = server.registry();
    SessionPlugins sessions = sessions(registry);
    Path jar = jar("one.jar", plugin("One", "asked"));
    assertThat(answer(sessions, ADA, OF_SERVER, jar)).isEqualTo("of the server 1");

    server.install("server.jar", plugin("Server", "reloaded"));
    registry.reload();

    assertThat(answer(sessions, ADA, OF_SERVER, jar)).isEqualTo("reloaded 1");
    assertThat(answer(sessions, ADA, ONE, jar)).isEqualTo("asked 1");
  }

  @Test
  void aMessageOfTheServerIsNotTakenButForDevelopment() {
    Path jar = jar("taking.jar", plugin("Taking", "Server", "of the session"));
    SessionPlugins sessions = sessions();
    assertThat(answer(sessions, ADA, OF_SERVER, jar)).isEqualTo("of the server 1");
    assertRefused(
        sessions,
        ErrorCode.GRAFT_MESSAGE_TAKEN,
        "acme.Taking (Taking, taking.jar) is for acme.v1.Server, which the server answers itself.",
        jar);

    server.set("graft.sessions.replace", "true");
    assertThat(answer(sessions(), ADA, OF_SERVER, jar)).isEqualTo("of the session 1");
  }

  @Test
  void byDefaultThereAreNone() throws IOException {
    server =
        new TestServer(Files.createDirectory(folder.resolve("none")))
            .set("graft.plugins.discovery", "services");
    Snapshot snapshot =
        sessions()
            .of(
                () -> {
                  throw new AssertionError("nobody is asked");
                },
                () -> {
                  throw new AssertionError("nobody is asked");
                });

    assertThat(snapshot.report().loaded()).isEmpty();
  }

  @Test
  void jarsWithoutPluginsAndFilesThatAreNoneAreNoneOfOurBusiness() throws IOException {
    SessionPlugins sessions = sessions();
    Path library = jar("library.jar", PluginJar.of("public class Library {}"));
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");

    assertThatThrownBy(() -> answer(sessions, ADA, ONE, library, broken))
        .hasMessageContaining("GRAFT_EXTENSION_UNKNOWN")
        .hasMessageNotContaining("session");
  }

  @Test
  void onlyWhatIsListedIsLoadedAndTheListIsFollowed() throws Exception {
    Path list = Files.writeString(folder.resolve("digests"), "# ours\n\n");
    server.set("graft.sessions.plugins", "listed").set("graft.sessions.list", list.toString());
    SessionPlugins sessions = sessions();
    Path jar = jar("one.jar", plugin("One", "asked"));
    String digest =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));

    assertRefused(
        sessions,
        ErrorCode.GRAFT_JAR_UNTRUSTED,
        "one.jar is not used: on this server only jars that the operator lists are. Its SHA-256 is "
            + digest,
        jar);

    Files.writeString(list, digest.toUpperCase(java.util.Locale.ROOT) + "  one.jar\n");
    assertThat(answer(sessions, EVE, ONE, jar)).isEqualTo("asked 1");
    Files.writeString(list, "nonsense, and a longer line than before, " + digest);
    assertThat(answer(sessions, new SessionKey("bob", "1"), ONE, jar)).isEqualTo("asked 1");
  }

  @Test
  void onlyWhatIsSignedThroughoutByWhomTheOperatorTrustsIsLoaded() throws Exception {
    Signer ours = Signer.named("ours", folder);
    server
        .set("graft.sessions.plugins", "signed")
        .set(
            "graft.sessions.signers",
            ours.writeCertificate(folder.resolve("signers.pem")).toString());
    Path jar = jar("one.jar", plugin("One", "asked"));
    Path signed = ours.sign(jar, folder.resolve("signed.jar"));

    assertThat(answer(sessions(), ADA, ONE, signed)).isEqualTo("asked 1");

    assertRefused(sessions(), ErrorCode.GRAFT_JAR_UNTRUSTED, "is not signed", jar);
    Path foreign = Signer.named("foreign", folder).sign(jar, folder.resolve("foreign.jar"));
    assertRefused(
        sessions(), ErrorCode.GRAFT_JAR_UNTRUSTED, "is signed by nobody whom it believes", foreign);

    Path added = Files.copy(signed, folder.resolve("added.jar"));
    try (FileSystem inside = FileSystems.newFileSystem(added)) {
      Files.writeString(inside.getPath("acme", "extra.txt"), "not signed");
    }
    assertRefused(
        sessions(), ErrorCode.GRAFT_JAR_UNTRUSTED, "its entry acme/extra.txt is not signed", added);

    Path changed = Files.copy(signed, folder.resolve("changed.jar"));
    try (FileSystem inside = FileSystems.newFileSystem(changed)) {
      Files.write(
          inside.getPath("META-INF", "services", ExtensionPlugin.class.getName()),
          "acme.One # another".getBytes(UTF_8));
    }
    assertRefused(sessions(), ErrorCode.GRAFT_JAR_UNREADABLE, "changed.jar", changed);
  }

  @Test
  void whoseCertificateHasExpiredIsBelievedNoMore() throws Exception {
    Signer expired = Signer.named("expired", folder, "-startdate", "-20d", "-validity", "10");
    server
        .set("graft.sessions.plugins", "signed")
        .set(
            "graft.sessions.signers",
            expired.writeCertificate(folder.resolve("signers.pem")).toString());
    Path jar = expired.sign(jar("one.jar", plugin("One", "asked")), folder.resolve("signed.jar"));

    assertRefused(sessions(), ErrorCode.GRAFT_JAR_UNTRUSTED, "Expired", jar);
  }

  @Test
  void aSettingWithoutItsFileIsRefusedAtTheStart() throws IOException {
    server.set("graft.sessions.plugins", "listed");
    assertThatThrownBy(server::registry)
        .hasMessageContaining("spark.graft.sessions.plugins needs spark.graft.sessions.list");
    server.set("graft.sessions.list", folder.resolve("missing").toString());
    assertThatThrownBy(this::sessions)
        .hasMessageContaining("GRAFT_CONFIGURATION_INVALID")
        .hasMessageContaining("cannot be read");
    server.set("graft.sessions.plugins", "signed");
    assertThatThrownBy(server::registry).hasMessageContaining("graft.sessions.signers");
  }

  @Test
  void sizesAndNumbersAreLimited() {
    server
        .set("graft.sessions.jars", "2")
        .set("graft.sessions.all-jars", "3")
        .set("graft.sessions.jar-bytes", "20000");
    Path one = jar("one.jar", plugin("One", "asked"));
    Path two = jar("two.jar", plugin("Two", "asked"));
    Path three = jar("three.jar", plugin("Three", "asked"));
    Path large = jar("large.jar", plugin("Large", "One", "x").file("large", noise(20_000)));
    SessionPlugins sessions = sessions();

    assertRefused(sessions, ErrorCode.GRAFT_JAR_TOO_LARGE, "more than the 20,000 bytes", large);
    assertRefused(sessions, ErrorCode.GRAFT_JAR_TOO_LARGE, "large.jar", large, two, three, one);
    assertThat(TestServer.loaded(snapshot(sessions, ADA, large, two, three, one)))
        .containsExactlyInAnyOrder("acme.Two", "acme.Three", "acme.Server");

    assertThat(TestServer.loaded(snapshot(sessions, EVE, one, two))).hasSize(2);
    sessions.end(ADA);
    SessionKey bob = new SessionKey("bob", "1");
    assertThat(TestServer.loaded(snapshot(sessions, bob, one, two))).hasSize(3);
  }

  @Test
  void aNewerJarOfTheSameNameOrIdTakesThePlaceOfARefusal() throws IOException {
    server.set("graft.sessions.jar-bytes", "20000");
    Extension two = TestRequest.relation("acme.v1.Two");
    PluginJar large = plugin("One", "asked").file("large", noise(20_000));
    Path first = jar("One-1.0.jar", large);
    Path other = jar("other/one.jar", large);
    SessionPlugins sessions = sessions();
    assertThatThrownBy(() -> answer(sessions, ADA, two, first, other))
        .hasMessageContaining("One-1.0.jar has more than")
        .hasMessageContaining("one.jar has more than");

    Path second = jar("One-2.0.jar", plugin("One", "asked"));
    assertThat(answer(sessions, ADA, ONE, first, other, second)).isEqualTo("asked 1");
    assertThatThrownBy(() -> answer(sessions, ADA, two, first, other, second))
        .hasMessageNotContaining("One-1.0.jar")
        .hasMessageContaining("one.jar has more than");

    Path sameName = jar("newer/one.jar", plugin("Another", "One", "another"));
    assertThatThrownBy(() -> answer(sessions, ADA, two, first, other, second, sameName))
        .hasMessageNotContaining("has more than");
  }

  private static byte[] noise(int size) {
    byte[] noise = new byte[size];
    new java.util.Random(1).nextBytes(noise);
    return noise;
  }

  @Test
  void aBombIsNotInflated() throws IOException {
    Path bomb = folder.resolve("bomb.jar");
    try (OutputStream file = Files.newOutputStream(bomb);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("META-INF/services/" + ExtensionPlugin.class.getName()));
      zip.write("acme.One".getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("acme/One.class"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        zip.write(zeros);
      }
    }

    assertRefused(sessions(), ErrorCode.GRAFT_JAR_TOO_LARGE, "bomb.jar becomes more than", bomb);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev.graft.api", "dev.graft.spi", "org.apache.spark.connect.proto"})
  void classesThatHaveNamesOfTheApiDoNotTakeTheirPlace(String inPackage) throws IOException {
    SessionPlugins sessions = sessions();
    Path jar =
        jar(
            "colliding.jar",
            plugin("One", "asked")
                .file(inPackage.replace('.', '/') + "/Relation.class", new byte[] {1, 2, 3})
                .file("dev/graft/spi/ExtensionPlugin.class", new byte[] {1, 2, 3}));

    assertThat(answer(sessions, ADA, ONE, jar)).isEqualTo("asked 1");
  }

  @Test
  void aSessionThatIsOverLeavesNothing() throws Exception {
    SessionPlugins sessions = sessions();
    Path jar = jar("one.jar", plugin("One", "asked"));
    List<WeakReference<Object>> loaders = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      SessionKey key = new SessionKey("ada", "session " + i);
      Snapshot snapshot = snapshot(sessions, key, jar);
      assertThat(TestServer.answer(snapshot, ONE)).isEqualTo("asked 1");
      loaders.add(new WeakReference<>(TestServer.send(snapshot, ONE).plugin().identity()));
      sessions.end(key);
    }

    assertThat(sessions.sessions()).isZero();
    for (int i = 0; i < 50 && loaders.stream().anyMatch(one -> one.get() != null); i++) {
      System.gc();
      Thread.sleep(100);
    }
    assertThat(loaders).allMatch(one -> one.get() == null);
    try (Stream<Path> left = Files.list(sessions.folder().orElseThrow())) {
      assertThat(left).isEmpty();
    }
  }
}
