package dev.graft.registry.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.RelationPlugin;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.testkit.Neighbour;
import dev.graft.registry.testkit.TestRealm;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Answer;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sees whose classes. */
class PluginIsolationTest {
  private static final String TYPED =
      """
      public class Typed implements RelationPlugin<StringValue> {
        public Class<StringValue> messageType() { return StringValue.class; }
        public Optional<Relation> transform(StringValue message, PlanningContext context) {
          return Optional.of(Relation.newBuilder()
              .setSql(org.apache.spark.connect.proto.SQL.newBuilder().setQuery("hello " + message.getValue()))
              .build());
        }
      }
      """;

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder.resolve("plugins")).install("good.jar", Neighbour.JAR);
  }

  private static String greeting(Snapshot snapshot) {
    return TestServer.answer(
        snapshot,
        TestRequest.relation("type.googleapis.com/google.protobuf.StringValue", "\n\3you"));
  }

  private static ClassLoader loaderOf(Snapshot snapshot, String className) {
    return snapshot.index().plugins().stream()
        .filter(loaded -> loaded.className().equals(className))
        .findFirst()
        .orElseThrow()
        .realm();
  }

  /** A plugin with a library inside its jar, which answers with that library's version. */
  private static PluginJar withLibrary(String name, String version) {
    return PluginJar.of(
        """
        public class %s implements ExtensionPlugin {
          public ExtensionKind kind() { return ExtensionKind.RELATION; }
          public Set<String> messageNames() { return Set.of("acme.v1.%s"); }
          public Optional<Answer> answer(Extension extension, HostContext context) {
            return Optional.of(new Answer.Node(org.library.Version.text().getBytes()));
          }
        }
        """
            .formatted(name, name),
        "package org.library; public class Version { public static String text() { return \"%s\"; } }"
            .formatted(version));
  }

  @Test
  void twoPluginsSeeEachItsOwnVersionOfALibrary() {
    Snapshot snapshot =
        server
            .install("old.jar", withLibrary("Old", "1.0"))
            .install("new.jar", withLibrary("New", "2.0"))
            .relations("acme.Old", "acme.New")
            .start();

    assertThat(TestServer.answer(snapshot, TestRequest.relation("acme.v1.Old"))).isEqualTo("1.0");
    assertThat(TestServer.answer(snapshot, TestRequest.relation("acme.v1.New"))).isEqualTo("2.0");
  }

  @Test
  void aPluginSeesNothingOfTheTestsClassPath() {
    PluginJar jar =
        PluginJar.of(
            """
            public class Curious implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.Curious"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                StringBuilder seen = new StringBuilder();
                for (String name : extension.value().remaining() == 0 ? List.<String>of() : names(extension)) {
                  try {
                    Class.forName(name);
                    seen.append('+');
                  } catch (ClassNotFoundException e) {
                    seen.append('-');
                  }
                }
                return Optional.of(new Answer.Node(seen.toString().getBytes()));
              }
              private static List<String> names(Extension extension) {
                return List.of(java.nio.charset.StandardCharsets.UTF_8.decode(extension.value()).toString().split(","));
              }
            }
            """);

    Snapshot snapshot = server.install("curious.jar", jar).relations("acme.Curious").start();

    assertThat(
            TestServer.answer(
                snapshot,
                TestRequest.relation(
                    "acme.v1.Curious",
                    "java.sql.Connection,dev.graft.spi.Answer,dev.graft.api.RelationPlugin,com.google.protobuf.Any,"
                        + "dev.graft.registry.Registry,org.junit.jupiter.api.Test,org.slf4j.Logger,acme.Neighbour")))
        .isEqualTo("++++" + "----");
  }

  @Test
  void copiesOfTheWaistAndTheTypedApiInAJarDoNoHarm() {
    PluginJar jar =
        PluginJar.of(TYPED)
            .copyOf(RelationPlugin.class)
            .copyOf(ExtensionPlugin.class)
            .copyOf(Answer.class)
            .copyOf(Answer.Node.class);

    Snapshot snapshot =
        server.install("typed.jar", jar).relations("acme.Typed", Neighbour.CLASS).start();

    assertThat(greeting(snapshot)).contains("hello you");
    Neighbour.answers(snapshot);
  }

  @Test
  void pluginsWithoutAProtobufShareARealm() {
    Snapshot snapshot =
        server
            .install("a.jar", PluginJar.of(TYPED))
            .install("b.jar", PluginJar.of(TYPED.replace("Typed", "Other")))
            .relations("acme.Typed", "acme.Other")
            .start();

    assertThat(loaderOf(snapshot, "acme.Typed")).isSameAs(loaderOf(snapshot, "acme.Other"));
    assertThat(loaderOf(snapshot, "acme.Typed").getName()).isEqualTo("graft-realm");
  }

  @Test
  void aPluginWithAProtobufOfItsOwnGetsARealmOfItsOwn() throws IOException {
    PluginJar.of(TYPED).writeTo(server.file("acme").resolve("typed.jar"));
    Files.copy(TestRealm.PROTOBUF, server.file("acme").resolve("protobuf.jar"));
    server.install("b.jar", PluginJar.of(TYPED.replace("Typed", "Other")));

    Snapshot snapshot = server.relations("acme.Typed", "acme.Other").start();

    assertThat(snapshot.report().refused()).isEmpty();
    assertThat(greeting(snapshot)).contains("hello you");
    assertThat(loaderOf(snapshot, "acme.Typed").getName()).isEqualTo("acme");
    assertThat(loaderOf(snapshot, "acme.Other").getName()).isEqualTo("graft-realm");
  }

  @Test
  void aProtobufThatCannotRunTheConnectMessagesIsRefused() {
    PluginJar jar =
        PluginJar.of(TYPED).file("com/google/protobuf/MessageLite.class", new byte[] {1, 2, 3});

    Snapshot snapshot =
        server.install("typed.jar", jar).relations("acme.Typed", Neighbour.CLASS).start();

    Neighbour.answers(snapshot);
    Refusal refusal = TestServer.refused(snapshot, "acme.Typed");
    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_REALM_INVALID);
    assertThat(refusal.text())
        .startsWith(
            "typed ["
                + server.file("typed.jar")
                + "] carries a protobuf-java that cannot run Graft's Connect messages: ")
        .endsWith(
            "Leave protobuf-java out of the jar to use Graft's, or carry the Connect messages that were generated for it"
                + " (org.apache.spark:spark-connect-common has them).");
  }
}
