package dev.graft.registry.loading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.testkit.Signer;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which jars of the server's own folders are loaded where digests or signatures are demanded. */
class VerificationTest {
  private static final Extension ONE = TestRequest.relation("acme.v1.One");
  private static final Extension TWO = TestRequest.relation("acme.v1.Two");

  @TempDir private Path folder;
  private Path list;
  private TestServer server;

  @BeforeEach
  void install() throws IOException {
    list = Files.writeString(folder.resolve("digests"), "");
    server =
        new TestServer(Files.createDirectory(folder.resolve("plugins")))
            .set("graft.plugins.discovery", "services");
  }

  private TestServer listed() {
    return server.set("graft.plugins.verify", "listed").set("graft.plugins.list", list.toString());
  }

  private TestServer signedBy(Signer... signers) throws Exception {
    Path all = folder.resolve("signers.pem");
    Files.writeString(all, "");
    for (Signer signer : signers) {
      Path one = signer.writeCertificate(folder.resolve("signer.pem"));
      Files.writeString(all, Files.readString(all) + Files.readString(one));
    }
    return server
        .set("graft.plugins.verify", "signed")
        .set("graft.plugins.signers", all.toString());
  }

  /** Answers with what it says, and with what stands in a file beside its class. */
  private static PluginJar plugin(String name, String says) {
    return PluginJar.of(
            """
            public class NAME implements ExtensionPlugin {
              static { System.setProperty("acme.NAME", "loaded"); }
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.NAME"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                try (java.io.InputStream beside = NAME.class.getResourceAsStream("/beside.txt")) {
                  return Optional.of(
                      new Answer.Node(("SAYS, " + new String(beside.readAllBytes())).getBytes()));
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            }
            """
                .replace("NAME", name)
                .replace("SAYS", says))
        .manifest("Graft-Plugin-Id", name)
        .file("beside.txt", "beside".getBytes(UTF_8))
        .service(ExtensionPlugin.class.getName(), "acme." + name);
  }

  private static String digest(Path jar) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
  }

  private void list(Path... jars) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (Path jar : jars) {
      lines.append(digest(jar)).append("  ").append(jar.getFileName()).append('\n');
    }
    Files.writeString(list, lines);
  }

  private static Refusal assertUntrusted(Snapshot snapshot, Path jar, String text) {
    Refusal refusal = TestServer.refused(snapshot, jar.toString());
    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_JAR_UNTRUSTED);
    assertThat(refusal.text()).contains(text);
    assertThat(snapshot.report().text()).contains("GRAFT_JAR_UNTRUSTED").contains(text);
    return refusal;
  }

  private void assertUntrusted(Path jar, String text) throws Exception {
    Refusal refusal = assertUntrusted(server.start(), jar, text);
    assertThat(refusal.text()).contains("Its SHA-256 is " + digest(jar) + ".");
  }

  @Test
  void onlyWhatIsListedIsLoadedAndNothingOfTheRestRuns() throws Exception {
    listed().install("one.jar", plugin("One", "one")).install("two.jar", plugin("Two", "two"));
    list(server.file("two.jar"));
    System.clearProperty("acme.One");

    Snapshot snapshot = server.start();

    assertThat(TestServer.answer(snapshot, TWO)).isEqualTo("two, beside");
    Refusal refusal =
        assertUntrusted(
            snapshot,
            server.file("one.jar"),
            "one.jar is not used: its digest is not in spark.graft.plugins.list. Its SHA-256 is "
                + digest(server.file("one.jar")));
    assertThat(refusal.required()).isFalse();
    assertThat(TestServer.loaded(snapshot)).containsExactly("acme.Two");
    assertThat(System.getProperty("acme.One")).isNull();
  }

  @Test
  void whatIsReplacedOrRewrittenAfterItWasLookedAtIsNotRead() throws Exception {
    listed().install("one.jar", plugin("One", "one"));
    list(server.file("one.jar"));
    Snapshot snapshot = server.start();
    Path other =
        plugin("One", "other")
            .file("beside.txt", "slipped in".getBytes(UTF_8))
            .writeTo(folder.resolve("other.jar"));

    // Over the same file: whoever has it open sees the other bytes.
    Files.write(server.file("one.jar"), Files.readAllBytes(other));
    assertThat(TestServer.answer(snapshot, ONE)).isEqualTo("one, beside");
    Files.delete(server.file("one.jar"));
    assertThat(TestServer.answer(snapshot, ONE)).isEqualTo("one, beside");
  }

  @Test
  void theListIsReadAgainWhenPluginsAreLoadedAgain() throws Exception {
    listed().install("one.jar", plugin("One", "one"));
    list(server.file("one.jar"));
    Registry registry = server.registry();
    ClassLoader loader = loader(registry.current());

    Path second = plugin("Two", "two").writeTo(server.file("two.jar"));
    registry.reload();
    assertUntrusted(registry.current(), second, "its digest is not in");

    list(server.file("one.jar"), second);
    registry.reload();
    assertThat(TestServer.answer(registry.current(), TWO)).isEqualTo("two, beside");
    assertThat(registry.current().report().refused()).isEmpty();
    assertThat(loader(registry.current())).as("of a jar that has not changed").isSameAs(loader);

    Files.writeString(list, "no digest");
    Snapshot before = registry.current();
    assertThatThrownBy(registry::reload).hasMessageContaining("GRAFT_CONFIGURATION_INVALID");
    assertThat(registry.current()).isSameAs(before);
  }

  private static ClassLoader loader(Snapshot snapshot) {
    return TestServer.send(snapshot, ONE).plugin().realm();
  }

  @Test
  void aJarInThePlaceOfOneThatServesIsLookedAtAndTheOldOneStays() throws Exception {
    listed().install("one.jar", plugin("One", "one"));
    list(server.file("one.jar"));
    Registry registry = server.registry();

    Path other = plugin("One", "other").writeTo(folder.resolve("other.jar"));
    Files.move(other, server.file("one.jar"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(registry::reload)
        .isInstanceOfSatisfying(
            GraftException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_JAR_UNTRUSTED))
        .hasMessageContaining("acme.One would not serve any more");
    assertThat(TestServer.answer(registry.current(), ONE)).isEqualTo("one, beside");

    list(server.file("one.jar"));
    registry.reload();
    assertThat(TestServer.answer(registry.current(), ONE)).isEqualTo("other, beside");
  }

  @Test
  void everyJarOfAFolderIsLookedAt() throws Exception {
    listed();
    Path bundle = Files.createDirectory(server.file("acme"));
    Path plugin = plugin("One", "one").writeTo(bundle.resolve("one.jar"));
    Path library = PluginJar.of("public class Library {}").writeTo(bundle.resolve("library.jar"));
    list(plugin);
    Files.writeString(bundle.resolve("README.txt"), "not loaded, and so not looked at");

    Snapshot snapshot = server.start();
    assertUntrusted(snapshot, bundle, library + " is not used: its digest is not in");
    assertThat(TestServer.loaded(snapshot)).isEmpty();

    list(plugin, library);
    assertThat(TestServer.answer(server.start(), ONE)).isEqualTo("one, beside");
  }

  @Test
  void looseClassFilesAreNotLoaded() throws Exception {
    Path classes = Files.createDirectory(server.file("classes"));
    try (ZipFile jar =
        new ZipFile(plugin("One", "one").writeTo(folder.resolve("one.jar")).toFile())) {
      for (var entry : jar.stream().toList()) {
        Path file = classes.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(jar.getInputStream(entry), file);
      }
    }
    assertThat(TestServer.answer(server.start(), ONE)).isEqualTo("one, beside");

    assertUntrusted(listed().start(), classes, "Pack them into a jar.");
  }

  @Test
  void aPluginOnTheClassPathIsLookedAtToo() throws Exception {
    Path jar = plugin("One", "one").writeTo(folder.resolve("one.jar"));
    try (URLClassLoader classPath = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      listed().set("graft.plugins.discovery", "classes").relations("acme.One").with(classPath);

      assertThat(TestServer.refused(server.start(), "acme.One").code())
          .isEqualTo(ErrorCode.GRAFT_JAR_UNTRUSTED);
      list(jar);
      assertThat(TestServer.answer(server.start(), ONE)).isEqualTo("one, beside");
    }
  }

  @Test
  void whatIsRequiredAndNotTrustedStopsTheServer() throws Exception {
    listed().set("graft.plugin.One.required", "true").install("one.jar", plugin("One", "one"));
    assertThatThrownBy(server::start)
        .hasMessageContaining("The plugin 'One' is required")
        .hasMessageContaining("What is not trusted: " + server.file("one.jar"));

    server.set("graft.plugins.required", "true").set("graft.plugin.One.required", "false");
    assertThatThrownBy(server::start)
        .isInstanceOfSatisfying(
            GraftException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_JAR_UNTRUSTED))
        .hasMessageContaining("What the server requires is refused");
  }

  @Test
  void aListThatNamesTheClassSaysThatItsJarIsNotTrusted() throws Exception {
    listed().set("graft.plugins.discovery", "classes").relations("acme.One");
    server.install("one.jar", plugin("One", "one"));

    assertThat(TestServer.refused(server.start(), "acme.One").text())
        .contains("What is not trusted: " + server.file("one.jar"));
  }

  @Test
  void onlyWhatIsSignedThroughoutByWhomTheOperatorTrustsIsLoaded() throws Exception {
    Signer ours = Signer.named("ours", folder);
    signedBy(ours);
    Path bare = plugin("One", "one").writeTo(folder.resolve("bare.jar"));
    Path installed = server.file("one.jar");

    ours.sign(bare, installed);
    assertThat(TestServer.answer(server.start(), ONE)).isEqualTo("one, beside");

    try (FileSystem inside = FileSystems.newFileSystem(installed)) {
      Files.writeString(inside.getPath("acme", "extra.txt"), "not signed");
    }
    assertUntrusted(installed, "its entry acme/extra.txt is not signed");

    ours.sign(bare, installed);
    try (FileSystem inside = FileSystems.newFileSystem(installed)) {
      Files.writeString(inside.getPath("beside.txt"), "changed");
    }
    assertUntrusted(installed, "it is not what was signed");

    Files.copy(bare, installed, StandardCopyOption.REPLACE_EXISTING);
    assertUntrusted(installed, "is not signed");

    Signer.named("foreign", folder).sign(bare, installed);
    assertUntrusted(installed, "is signed by nobody whom it believes");
  }

  @Test
  void whoseCertificateHasExpiredIsBelievedNoMore() throws Exception {
    Signer expired = Signer.named("expired", folder, "-startdate", "-20d", "-validity", "10");
    signedBy(expired);
    expired.sign(plugin("One", "one").writeTo(folder.resolve("bare.jar")), server.file("one.jar"));

    assertUntrusted(server.file("one.jar"), "Expired");
  }

  @Test
  void theSignersAreReadAgainWhenPluginsAreLoadedAgain() throws Exception {
    Signer first = Signer.named("first", folder);
    Signer second = Signer.named("second", folder);
    signedBy(first);
    second.sign(plugin("One", "one").writeTo(folder.resolve("bare.jar")), server.file("one.jar"));
    Registry registry = server.registry();
    assertUntrusted(registry.current(), server.file("one.jar"), "is signed by nobody");

    signedBy(first, second);
    registry.reload();
    assertThat(TestServer.answer(registry.current(), ONE)).isEqualTo("one, beside");
  }

  @Test
  void aSettingWithoutItsFileIsRefusedAtTheStart() {
    server.set("graft.plugins.verify", "listed");
    assertThatThrownBy(server::start)
        .hasMessageContaining("spark.graft.plugins.verify needs spark.graft.plugins.list");
    server.set("graft.plugins.list", folder.resolve("missing").toString());
    assertThatThrownBy(server::start)
        .hasMessageContaining("GRAFT_CONFIGURATION_INVALID")
        .hasMessageContaining("cannot be read");
    server.set("graft.plugins.verify", "signed");
    assertThatThrownBy(server::start)
        .hasMessageContaining("spark.graft.plugins.verify needs spark.graft.plugins.signers");
  }
}
