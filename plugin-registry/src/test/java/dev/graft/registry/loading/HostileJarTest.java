package dev.graft.registry.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.testkit.Neighbour;
import dev.graft.registry.testkit.TestRealm;
import dev.graft.registry.testkit.TestServer;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that cannot be used, beside one that can. */
class HostileJarTest {
  private static final PluginJar PLUGIN =
      PluginJar.of(
          """
          public class Hello implements ExtensionPlugin {
            public ExtensionKind kind() { return ExtensionKind.RELATION; }
            public Set<String> messageNames() { return Set.of("acme.v1.Hello"); }
            public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); }
          }
          """);

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void installANeighbour() {
    server =
        new TestServer(folder)
            .install("good.jar", Neighbour.JAR)
            .relations("acme.Hello", Neighbour.CLASS);
  }

  private Snapshot start() {
    Snapshot snapshot = server.start();
    Neighbour.answers(snapshot);
    return snapshot;
  }

  @Test
  void aProtobufThatHangsWhenItIsInitialisedIsRefused() throws IOException {
    server.set("graft.limits.loading-seconds", "1");
    Path bad = server.file("bad");
    PLUGIN.writeTo(bad.resolve("hello.jar"));
    PluginJar.of(
            """
            package com.google.protobuf;
            public final class RuntimeVersion {
              static {
                try {
                  Thread.sleep(600_000);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
              public enum RuntimeDomain { GOOGLE_INTERNAL, PUBLIC }
              public static void validateProtobufGencodeVersion(
                  RuntimeDomain domain, int major, int minor, int patch, String suffix, String location) {}
            }
            """)
        .writeTo(bad.resolve("a-hanging.jar"));
    Files.copy(TestRealm.PROTOBUF, bad.resolve("protobuf.jar"));

    Refusal refusal = TestServer.refused(start(), "acme.Hello");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_TIMEOUT);
    assertThat(refusal.text())
        .startsWith("the protobuf in " + bad + " was not ready within the 1 s");
  }

  @Test
  void emptyJarIsRefused() throws IOException {
    Path jar = Files.createFile(server.file("bad.jar"));

    Refusal refusal = TestServer.refused(start(), jar.toString());

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_JAR_UNREADABLE);
    assertThat(refusal.text())
        .isEqualTo(
            jar
                + " is not a readable jar (zip file is empty). Copy it again; it may be empty or cut short.");
  }

  @Test
  void truncatedJarIsRefusedAndSoIsItsPlugin() throws IOException {
    Path jar = PLUGIN.writeTo(server.file("bad.jar"));
    byte[] whole = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(whole, whole.length / 2));

    Snapshot snapshot = start();

    assertThat(TestServer.refused(snapshot, jar.toString()).code())
        .isEqualTo(ErrorCode.GRAFT_JAR_UNREADABLE);
    assertThat(TestServer.refused(snapshot, jar.toString()).text())
        .startsWith(jar + " is not a readable jar (");
    assertThat(TestServer.refused(snapshot, "acme.Hello").code())
        .isEqualTo(ErrorCode.GRAFT_CLASS_MISSING);
    assertThat(TestServer.refused(snapshot, "acme.Hello").text())
        .contains(" What could not be read: " + jar + ". ");
  }

  @Test
  void jarWithDamagedContentIsRefused() throws IOException {
    Path jar = PLUGIN.writeTo(server.file("bad.jar"));
    byte[] bytes = Files.readAllBytes(jar);
    // The table at the end of the file stays whole, so the jar opens; the class itself cannot be
    // inflated.
    int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("acme/Hello.class");
    Arrays.fill(bytes, name + 20, name + 200, (byte) 0xff);
    Files.write(jar, bytes);

    Refusal refusal = TestServer.refused(start(), "acme.Hello");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_JAR_UNREADABLE);
    assertThat(refusal.text())
        .startsWith(jar + " is damaged: The class file of acme.Hello cannot be read")
        .endsWith("Copy it again.");
  }

  @Test
  void damagedClassFileIsRefused() {
    server.install(
        "bad.jar",
        PLUGIN.corrupted(
            "acme.Hello", classFile -> Arrays.copyOf(classFile, classFile.length / 2)));

    Refusal refusal = TestServer.refused(start(), "acme.Hello");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_LINK_MISMATCH);
    assertThat(refusal.text())
        .startsWith("acme.Hello in " + server.file("bad.jar"))
        .contains("damaged is the class file of acme.Hello");
  }

  @Test
  void textFileThatCallsItselfAJarIsRefused() throws IOException {
    Path jar = Files.writeString(server.file("notes.jar"), "not a jar at all");

    assertThat(TestServer.refused(start(), jar.toString()).code())
        .isEqualTo(ErrorCode.GRAFT_JAR_UNREADABLE);
  }

  @Test
  void idThatNoConfigurationKeyCouldHoldIsRefused() {
    server.install("odd.jar", PLUGIN.manifest("Graft-Plugin-Id", "a b"));

    Refusal refusal = TestServer.refused(start(), server.file("odd.jar").toString());

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CONFIGURATION_INVALID);
    assertThat(refusal.text())
        .isEqualTo(
            server.file("odd.jar")
                + " has the plugin id 'a b'; an id is 1 to 100 letters, digits, hyphens and underscores.");
  }

  @Test
  void twoJarsWithTheSameIdAreBothRefused() {
    server.install("hello-1.0.jar", PLUGIN.manifest("Graft-Plugin-Id", "hello"));
    server.install("hello-1.1.jar", PLUGIN.manifest("Graft-Plugin-Id", "hello"));

    Snapshot snapshot = start();

    Refusal refusal = TestServer.refused(snapshot, "hello");
    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_DUPLICATE_PLUGIN_ID);
    assertThat(refusal.text())
        .isEqualTo(
            server.file("hello-1.0.jar")
                + " and "
                + server.file("hello-1.1.jar")
                + " both have the plugin id 'hello', so neither is loaded. Remove all but one, or give each its own Graft-Plugin-Id in its"
                + " manifest.");
    Refusal ofClass = TestServer.refused(snapshot, "acme.Hello");
    assertThat(ofClass.code()).isEqualTo(ErrorCode.GRAFT_DUPLICATE_PLUGIN_ID);
    assertThat(ofClass.text())
        .isEqualTo(
            "acme.Hello is in "
                + server.file("hello-1.0.jar")
                + ", whose plugin id 'hello' another jar has too, so neither is loaded. Remove all but one of them.");
  }

  @Test
  void theIdIsTheFileNameWithoutItsVersionWhereTheManifestHasNone() {
    server.install("hello-1.0.jar", PLUGIN).install("hello-2.0.jar", PLUGIN);

    assertThat(TestServer.refused(start(), "hello").code())
        .isEqualTo(ErrorCode.GRAFT_DUPLICATE_PLUGIN_ID);
  }

  @Test
  void classInTwoJarsIsRefused() {
    server.install("one.jar", PLUGIN).install("two.jar", PLUGIN);

    Refusal refusal = TestServer.refused(start(), "acme.Hello");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CLASS_AMBIGUOUS);
    assertThat(refusal.text())
        .isEqualTo(
            "acme.Hello is in "
                + server.file("one.jar")
                + " and in "
                + server.file("two.jar")
                + ". Remove it from all but one.");
  }

  @Test
  void folderThatIsNotThereIsRefused() {
    Path missing = folder.resolve("nowhere");
    server.install("hello.jar", PLUGIN).set("graft.plugins.path", folder + ", " + missing);

    Refusal refusal = TestServer.refused(start(), missing.toString());

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CONFIGURATION_INVALID);
    assertThat(refusal.text())
        .isEqualTo(
            missing
                + " in spark.graft.plugins.path is no folder that can be read (NoSuchFile)."
                + " Make it, or take it out of the list.");
  }

  @Test
  void requiredPluginStopsTheStart() {
    server
        .install(
            "hello.jar", PluginJar.of("public abstract class Hello implements ExtensionPlugin {}"))
        .set("graft.plugin.hello.required", "true");

    assertThatThrownBy(() -> server.start())
        .isInstanceOf(GraftException.class)
        .hasMessage(
            "[GRAFT_CLASS_ABSTRACT] What the server requires is refused: acme.Hello in "
                + server.file("hello.jar")
                + " is abstract. Name a class that can be instantiated.");
  }

  @Test
  void requiredPluginInAJarThatCannotBeReadStopsTheStart() throws IOException {
    Files.createFile(server.file("hello.jar"));
    server.set("graft.plugin.hello.required", "true");

    assertThatThrownBy(() -> server.start())
        .isInstanceOf(GraftException.class)
        .hasMessage(
            "[GRAFT_PLUGIN_MISSING] What the server requires is refused: The plugin 'hello' is required, but"
                + " no jar that can be read has that id; known ids: [good]. What could not be read: "
                + server.file("hello.jar")
                + ". Add its jar to spark.graft.plugins.path, or mend the id in the configuration.");
  }

  @Test
  void allPluginsCanBeRequired() {
    server
        .install("hello.jar", PluginJar.of("class Hello {}"))
        .set("graft.plugins.required", "true");

    assertThatThrownBy(() -> server.start()).hasMessageStartingWith("[GRAFT_CLASS_NOT_PUBLIC]");
  }

  @Test
  void onePluginCanBeOptionalAmongRequiredOnes() {
    server
        .install("hello.jar", PluginJar.of("class Hello {}"))
        .set("graft.plugins.required", "true")
        .set("graft.plugin.hello.required", "false");

    assertThat(TestServer.refused(start(), "acme.Hello").required()).isFalse();
  }
}
