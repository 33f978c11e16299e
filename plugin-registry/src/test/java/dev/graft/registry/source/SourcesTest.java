package dev.graft.registry.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.loading.InterfaceCheck;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where plugins are found, and in which order they are asked. */
class SourcesTest {
  private static final String WAIST = "dev.graft.spi.ExtensionPlugin";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder.resolve("plugins"));
  }

  /** A relation plugin for {@code acme.v1.Greeting} that answers with its own name. */
  private static PluginJar greeting(String name) {
    return PluginJar.of(
        """
        public class %s implements ExtensionPlugin {
          public ExtensionKind kind() { return ExtensionKind.RELATION; }
          public Set<String> messageNames() { return Set.of("acme.v1.Greeting"); }
          public Optional<Answer> answer(Extension extension, HostContext context) {
            return Optional.of(new Answer.Node("%s".getBytes()));
          }
        }
        """
            .formatted(name, name));
  }

  private static String greeted(Snapshot snapshot) {
    return TestServer.answer(snapshot, TestRequest.relation("acme.v1.Greeting"));
  }

  @Test
  void theListSaysWhoIsAskedFirst() {
    server.install("a.jar", greeting("Early")).install("b.jar", greeting("Late"));

    assertThat(greeted(server.relations("acme.Early", "acme.Late").start())).isEqualTo("Early");
    assertThat(greeted(server.relations("acme.Late", "acme.Early").start())).isEqualTo("Late");
  }

  @Test
  void aClassThatIsListedTwiceIsLoadedOnce() {
    server.install("a.jar", greeting("Early")).relations("acme.Early", "acme.Early");

    assertThat(TestServer.loaded(server.start())).containsExactly("acme.Early");
  }

  @Test
  void servicesFilesCountOnlyWhereTheyAreAskedFor() {
    server.install("a.jar", greeting("Early").service(WAIST, "acme.Early"));

    assertThat(TestServer.loaded(server.start())).isEmpty();
    assertThat(TestServer.loaded(server.set("graft.plugins.discovery", "services").start()))
        .containsExactly("acme.Early");
  }

  @Test
  void aJarWhosePluginsNobodyNamesIsSaid() {
    server
        .install("a.jar", greeting("Early").service(WAIST, "acme.Early"))
        .install("b.jar", greeting("Late"))
        .relations("acme.Late");

    assertThat(server.start().report().text())
        .contains(
            "  warning    The services files of "
                + server.file("a.jar")
                + " name acme.Early, and no list does, so nothing is loaded from it."
                + " Set spark.graft.plugins.discovery=both to read services files, or name what you want in a list such as"
                + " spark.connect.extensions.relation.classes.");
  }

  @Test
  void aJarOfWhichAListNamesSomethingIsMeantSo() {
    PluginJar two =
        PluginJar.of(
                "public class Early extends Late {}",
                """
                public class Late implements ExtensionPlugin {
                  public ExtensionKind kind() { return ExtensionKind.RELATION; }
                  public Set<String> messageNames() { return Set.of("acme.v1.Greeting"); }
                  public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); }
                }
                """)
            .service(WAIST, "acme.Early", "acme.Late");

    assertThat(server.install("a.jar", two).relations("acme.Late").start().report().warnings())
        .isEmpty();
  }

  @Test
  void aFlatJarThatHoldsNoPluginIsSaid() {
    server
        .install("a.jar", greeting("Early"))
        .install("words.jar", PluginJar.of("package org.words; public class Words {}"))
        .install("b.jar", PluginJar.of("public class LatePlugin {}"))
        .relations("acme.Early");

    assertThat(server.start().report().warnings())
        .containsExactly(
            server.file("b.jar")
                + " has no services file for plugins, and no list names a class of it, so nothing is loaded from it."
                + " If you want its plugin, name it in a list: it has acme.LatePlugin.",
            server.file("words.jar")
                + " has no services file for plugins, and no list names a class of it, so nothing is loaded from it."
                + " If it is a library, put it and the plugin's jar that needs it into one folder inside the plugin folder.");
  }

  @Test
  void whereListsAreNotReadTheAdviceIsAServicesFile() {
    server
        .install("b.jar", PluginJar.of("public class LatePlugin {}"))
        .set("graft.plugins.discovery", "services");

    assertThat(server.start().report().warnings())
        .singleElement()
        .asString()
        .endsWith(
            "If you want its plugin, name it in a services file of the jar, or set spark.graft.plugins.discovery=both and name it in a list: it has acme.LatePlugin.");
  }

  @Test
  void anEmptyFolderIsSaid() throws IOException {
    Files.createDirectories(server.file(".hidden"));
    Files.writeString(server.file("notes.txt"), "no jar");

    assertThat(server.start().report().text())
        .isEqualTo(
            "Graft in Test 1.0: 0 plugins loaded, 0 refused\n  warning    The folder "
                + folder.resolve("plugins")
                + " in spark.graft.plugins.path has no jar in it.");
  }

  @Test
  void aPluginThatTakesEveryMessageBeforeOthersIsSaid() {
    PluginJar greedy =
        PluginJar.of(
            """
            public class Greedy implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of(ANY_MESSAGE); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                return Optional.of(new Answer.Node("all mine".getBytes()));
              }
            }
            """);
    server
        .install("a.jar", greeting("Early"))
        .install("b.jar", greeting("Late"))
        .install("c.jar", greedy)
        .relations("acme.Early", "acme.Greedy", "acme.Late");

    assertThat(server.start().report().warnings())
        .containsExactly(
            "acme.Greedy is asked about every relation extension, and what it accepts never reaches those behind it: acme.Late."
                + " Put it last in spark.connect.extensions.relation.classes, unless that is meant.");
    assertThat(
            server.relations("acme.Early", "acme.Late", "acme.Greedy").start().report().warnings())
        .isEmpty();
  }

  @Test
  void servicesAloneLeaveTheListsUnread() {
    server
        .install("a.jar", greeting("Early").service(WAIST, "acme.Early"))
        .install("b.jar", greeting("Listed"))
        .relations("acme.Listed")
        .set("graft.plugins.discovery", "services");

    assertThat(TestServer.loaded(server.start())).containsExactly("acme.Early");
  }

  @Test
  void withBothTheListsComeFirstAndNobodyTwice() {
    server
        .install("a.jar", greeting("Early").service(WAIST, "acme.Early"))
        .install("b.jar", greeting("Listed").service(WAIST, "acme.Listed"))
        .relations("acme.Listed")
        .set("graft.plugins.discovery", "both");

    assertThat(TestServer.loaded(server.start())).containsExactly("acme.Listed", "acme.Early");
  }

  @Test
  void servicesFilesAreReadAsServiceLoaderReadsThem() {
    server
        .install(
            "a.jar",
            greeting("Early").service(WAIST, "# the only one", "", "  acme.Early  # at once"))
        .set("graft.plugins.discovery", "services");

    assertThat(TestServer.loaded(server.start())).containsExactly("acme.Early");
  }

  @Test
  void typedPluginsAreFoundUnderTheirInterface() {
    PluginJar jar =
        PluginJar.of(
                """
                public class Upper implements ExpressionPlugin<StringValue> {
                  public Class<StringValue> messageType() { return StringValue.class; }
                  public Optional<Expression> transform(StringValue message, PlanningContext context) { return Optional.empty(); }
                }
                """)
            .service("dev.graft.api.ExpressionPlugin", "acme.Upper");

    Snapshot snapshot =
        server.install("a.jar", jar).set("graft.plugins.discovery", "services").start();

    assertThat(snapshot.index().plugins())
        .singleElement()
        .satisfies(
            plugin -> {
              assertThat(plugin.kind()).isEqualTo(ExtensionKind.EXPRESSION);
              assertThat(plugin.messageNames()).containsExactly("google.protobuf.StringValue");
              assertThat(plugin.portable()).isTrue();
            });
  }

  @Test
  void aServiceThatIsNotThereIsRefusedAndTheOthersGoOn() {
    server
        .install("a.jar", greeting("Early").service(WAIST, "acme.Gone", "acme.Early"))
        .set("graft.plugins.discovery", "services");

    Snapshot snapshot = server.start();

    assertThat(greeted(snapshot)).isEqualTo("Early");
    assertThat(TestServer.refused(snapshot, "acme.Gone").code())
        .isEqualTo(ErrorCode.GRAFT_CLASS_MISSING);
    assertThat(TestServer.refused(snapshot, "acme.Gone").text())
        .isEqualTo(
            "acme.Gone is not in "
                + server.file("a.jar")
                + ", which is to have it. Mend the name where it is given, or build the jar again.");
  }

  @Test
  void aServiceThatTwoJarsOfferIsRefusedRatherThanChosenByChance() {
    server
        .install("a.jar", greeting("Early").service(WAIST, "acme.Early"))
        .install("b.jar", greeting("Early").service(WAIST, "acme.Early"))
        .set("graft.plugins.discovery", "services");

    Snapshot snapshot = server.start();

    assertThat(TestServer.loaded(snapshot)).isEmpty();
    assertThat(TestServer.refused(snapshot, "acme.Early").code())
        .isEqualTo(ErrorCode.GRAFT_CLASS_AMBIGUOUS);
  }

  @Test
  void aServicesFileThatCannotBeReadIsRefusedWithItsJar() throws IOException {
    server.install("a.jar", greeting("Early").service(WAIST, "acme.Early", "#".repeat(500)));
    byte[] bytes = Files.readAllBytes(server.file("a.jar"));
    int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("META-INF/services/" + WAIST);
    Arrays.fill(bytes, name + WAIST.length() + 18, name + WAIST.length() + 28, (byte) 0xff);
    Files.write(server.file("a.jar"), bytes);

    Snapshot snapshot = server.set("graft.plugins.discovery", "services").start();

    assertThat(TestServer.refused(snapshot, server.file("a.jar").toString()).code())
        .isEqualTo(ErrorCode.GRAFT_JAR_UNREADABLE);
  }

  @Test
  void anOperatorsOwnSettingsReachThePlugin() {
    PluginJar jar =
        PluginJar.of(
            """
            public class Configured implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.Greeting"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                return Optional.of(new Answer.Node(new TreeMap<>(context.settings()).toString().getBytes()));
              }
            }
            """);

    Snapshot snapshot =
        server
            .install("acme-2.1.jar", jar)
            .set("graft.plugin.acme.greeting", "hello, world")
            .set("graft.plugin.acme.retry.count", "3")
            .set("graft.plugin.acme.required", "true")
            .set("graft.plugin.other.greeting", "not for you")
            .relations("acme.Configured")
            .start();

    assertThat(greeted(snapshot)).isEqualTo("{greeting=hello, world, retry.count=3}");
    assertThat(snapshot.report().warnings())
        .containsExactly(
            "There are settings for a plugin 'other', but no jar has that id; known ids: [acme].");
  }

  @Test
  void theManifestGivesIdAndVersion() {
    Snapshot snapshot =
        server
            .install(
                "whatever.jar",
                greeting("Early")
                    .manifest("Graft-Plugin-Id", "acme-greetings")
                    .manifest("Implementation-Version", "2.1"))
            .relations("acme.Early")
            .start();

    assertThat(snapshot.index().plugins().get(0).origin())
        .isEqualTo(
            new PluginOrigin("acme-greetings", "2.1", server.file("whatever.jar").toString()));
    assertThat(snapshot.index().plugins().get(0).describeWithLocation())
        .isEqualTo("acme.Early (acme-greetings 2.1, " + server.file("whatever.jar") + ")");
    assertThat(snapshot.index().plugins().get(0).describe())
        .isEqualTo("acme.Early (acme-greetings 2.1, whatever.jar)");
  }

  @Test
  void aFolderOfJarsIsOnePlugin() {
    Path library =
        PluginJar.of(
                "package acme.words; public class Words { public static String hello() { return \"from the library\"; } }")
            .writeTo(server.file("acme").resolve("words.jar"));
    PluginJar.of(
            """
            public class Speaker implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.Greeting"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                return Optional.of(new Answer.Node(acme.words.Words.hello().getBytes()));
              }
            }
            """)
        .compiledAgainst(library)
        .writeTo(server.file("acme").resolve("speaker.jar"));

    Snapshot snapshot = server.relations("acme.Speaker").start();

    assertThat(greeted(snapshot)).isEqualTo("from the library");
    assertThat(snapshot.index().plugins().get(0).origin().id()).isEqualTo("acme");
  }

  @Test
  void aJarOnTheServersClassPathIsAPluginToo() throws IOException {
    Path jar = greeting("Early").writeTo(folder.resolve("lib").resolve("acme-1.0.jar"));

    try (URLClassLoader hostClasses = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Snapshot snapshot =
          server
              .with(hostClasses)
              .install("b.jar", greeting("Late"))
              .relations("acme.Early", "acme.Late")
              .start();

      assertThat(greeted(snapshot)).isEqualTo("Early");
      assertThat(snapshot.index().plugins().get(0).origin().location()).isEqualTo(jar.toString());
      assertThat(snapshot.index().plugins().get(0).realm()).isNotSameAs(hostClasses);
    }
  }

  @Test
  void aClassOfTheJdkIsNoPlugin() {
    Snapshot snapshot =
        server
            .with(ClassLoader.getPlatformClassLoader())
            .install("a.jar", greeting("Early"))
            .relations("java.lang.String")
            .start();

    assertThat(TestServer.refused(snapshot, "java.lang.String").code())
        .isEqualTo(ErrorCode.GRAFT_NOT_A_PLUGIN);
  }

  /** A plugin of the host's own kind, which asks for every message and fails as its host would. */
  private record OwnPlugin(ExtensionKind kind) implements ExtensionPlugin {
    @Override
    public Set<String> messageNames() {
      return Set.of(ANY_MESSAGE);
    }

    @Override
    public Optional<Answer> answer(Extension extension, HostContext context) {
      throw new HostFailure(new IllegalStateException("table not found"));
    }
  }

  private Path ofHost(String fileName, PluginJar jar) {
    return jar.writeTo(folder.resolve("lib").resolve(fileName));
  }

  @Test
  void aPluginOfTheServersOwnKindForAnotherVersionIsRefusedWithBothMethods() throws IOException {
    String other = "package host; public interface Taker { boolean take(byte[] any); }";
    String running = "package host; public interface Taker { boolean take(String any); }";
    PluginJar plugin =
        PluginJar.of(
            "public class Native implements host.Taker { public boolean take(byte[] any) { return true; } }");
    Path jar =
        ofHost("native.jar", plugin.compiledAgainst(ofHost("other.jar", PluginJar.of(other))));
    Path host = ofHost("host.jar", PluginJar.of(running));

    try (URLClassLoader hostClasses =
        new URLClassLoader(
            new URL[] {jar.toUri().toURL(), host.toUri().toURL()},
            ClassLoader.getPlatformClassLoader())) {
      server
          .install("b.jar", greeting("Late"))
          .with(hostClasses)
          .with(
              (className, kind) -> {
                InterfaceCheck.require(className, "host.Taker", hostClasses, "Test 1.0");
                return Optional.of(new OwnPlugin(kind));
              })
          .relations("acme.Native", "acme.Late");
      Snapshot snapshot = server.start();

      assertThat(TestServer.loaded(snapshot)).containsExactly("acme.Late");
      assertThat(snapshot.report().text())
          .contains(
              "  refused    GRAFT_LINK_MISMATCH  acme.Native is written against the interface host.Taker of another version."
                  + " Test 1.0 wants the method host.Taker.take(java.lang.String) returning boolean; the class has"
                  + " acme.Native.take(byte[]) returning boolean. Compile it against Test 1.0, or take the jar that is made for it.");
      server.set("graft.plugins.required", "true");
      Assertions.assertThatThrownBy(() -> server.start())
          .hasMessageStartingWith("[GRAFT_LINK_MISMATCH] What the server requires is refused: ");
    }
  }

  @Test
  void aPluginOfTheServersOwnKindStandsInTheSameListAndFailsInItsOwnWords() throws IOException {
    Path jar =
        PluginJar.of("public class Native {}").writeTo(folder.resolve("lib").resolve("native.jar"));

    try (URLClassLoader hostClasses = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Snapshot snapshot =
          server
              .install("b.jar", greeting("Late"))
              .with(hostClasses)
              .with(
                  (className, kind) ->
                      className.equals("acme.Native")
                          ? Optional.of(new OwnPlugin(kind))
                          : Optional.empty())
              .relations("acme.Native", "acme.Late")
              .start();

      assertThat(TestServer.loaded(snapshot)).containsExactly("acme.Native", "acme.Late");
      Assertions.assertThatThrownBy(() -> greeted(snapshot))
          .isInstanceOf(HostFailure.class)
          .hasRootCauseMessage("table not found");
      assertThat(snapshot.index().plugins().get(0).describeWithLocation())
          .isEqualTo("acme.Native (Test 1.0's own plugin interface, " + jar + ")");
    }
  }
}
