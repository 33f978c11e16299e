package dev.graft.registry.linkage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.isolation.Library;
import dev.graft.registry.testkit.Neighbour;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins that were compiled against one version of the host and meet another. */
class LinkCheckTest {
  @TempDir Path folder;
  private final List<URLClassLoader> hosts = new ArrayList<>();
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder.resolve("plugins")).install("good.jar", Neighbour.JAR);
  }

  @AfterEach
  void closeHosts() throws IOException {
    for (URLClassLoader host : hosts) {
      host.close();
    }
  }

  private Path host(String fileName, String... sources) {
    return PluginJar.of(sources).writeTo(folder.resolve("host").resolve(fileName));
  }

  private void run(Path hostJar) throws IOException {
    URLClassLoader loader =
        new URLClassLoader(
            new URL[] {hostJar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    hosts.add(loader);
    server.with(loader, "host.");
  }

  /** A plugin that answers with what an expression gives, on line 5 of its source. */
  private static PluginJar plugin(Path compiledAgainst, String expression, String... more) {
    List<String> sources = new ArrayList<>(List.of(more));
    sources.add(
        0,
        """
        public class Linked implements ExtensionPlugin {
          public ExtensionKind kind() { return ExtensionKind.RELATION; }
          public Set<String> messageNames() { return Set.of("acme.v1.Linked"); }
          public Optional<Answer> answer(Extension extension, HostContext context) {
            return Optional.of(new Answer.Node(String.valueOf(%s).getBytes()));
          }
        }
        """
            .formatted(expression));
    return PluginJar.of(sources.toArray(String[]::new)).compiledAgainst(compiledAgainst);
  }

  private Snapshot load(PluginJar jar) {
    Snapshot snapshot =
        server.install("linked.jar", jar).relations("acme.Linked", Neighbour.CLASS).start();
    Neighbour.answers(snapshot);
    return snapshot;
  }

  private static String answer(Snapshot snapshot) {
    assertThat(snapshot.report().refused()).isEmpty();
    return TestServer.answer(snapshot, TestRequest.relation("acme.v1.Linked"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class Box {} | class Crate {} | new host.Box() | there is no class host.Box",
        "class Box { public int open(String k, int[] n) { return 1; } } | class Box {}"
            + " | new host.Box().open(\"\", null) | there is no method host.Box.open(java.lang.String, int[]) returning int",
        "class Box { public int size; } | class Box { public long size; }"
            + " | new host.Box().size | there is no field host.Box.size of type int",
        "class Box { public Box() {} } | class Box { public Box(int size) {} }"
            + " | new host.Box() | there is no method host.Box.<init>() returning void",
        "class Box { public static int open() { return 1; } } | class Box { public int open() { return 1; } }"
            + " | host.Box.open() | static in one and not in the other: host.Box.open() returning int",
        "class Box { public int size; } | class Box { public static int size; }"
            + " | new host.Box().size | static in one and not in the other: host.Box.size of type int",
        "class Box { public int open() { return 1; } } | class Box { private int open() { return 1; } }"
            + " | new host.Box().open() | not public is host.Box.open() returning int",
        "class Box { public static int size; } | class Box { static int size; }"
            + " | host.Box.size | not public is host.Box.size of type int",
        "class Box { public Box() {} } | class Box { private Box() {} }"
            + " | new host.Box() | not public is host.Box.<init>() returning void",
        "class Box { public static class In {} } | class Box { static class In { public In() {} } }"
            + " | new host.Box.In() | not public is host.Box$In",
        "class Box { public static int open() { return 1; } } | interface Box { static int open() { return 1; } }"
            + " | host.Box.open() | an interface in one and a class in the other: host.Box.open() returning int"
      })
  void whatTheHostHasNotIsRefusedWithItsLine(
      String compiledAgainst, String running, String expression, String finding)
      throws IOException {
    Path v1 = host("v1.jar", "package host; public " + compiledAgainst);
    run(host("v2.jar", "package host; public " + running));

    Snapshot snapshot = load(plugin(v1, expression));

    Refusal refusal = TestServer.refused(snapshot, "acme.Linked");
    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_LINK_MISMATCH);
    assertThat(refusal.text())
        .startsWith("acme.Linked in " + server.file("linked.jar") + " does not fit Test 1.0: ")
        .contains(finding + ", used in acme.Linked line 5")
        .endsWith(
            ". Rebuild it against what this server has, or set spark.graft.plugin.linked.link-check=false if that code is never reached"
                + " here.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"new host.Box()", "((java.util.function.Supplier<Object>) host.Box::new).get()"})
  void aClassThatHasBecomeAbstractIsRefused(String expression) throws IOException {
    Path v1 = host("v1.jar", "package host; public class Box { public Box() {} }");
    run(host("v2.jar", "package host; public abstract class Box { public Box() {} }"));

    assertThat(TestServer.refused(load(plugin(v1, expression)), "acme.Linked").text())
        .contains(
            "does not fit Test 1.0: abstract is host.Box, of which an object is made in acme.Linked line 5. Rebuild it");
  }

  @Test
  void aPackedLibraryOfAnotherVersionIsRefused() {
    Path before =
        library(
            "before.jar",
            "package org.numbers; public class Numbers { public int five() { return 5; } public static int six() { return 6; } }");
    PluginJar jar =
        plugin(before, "new org.numbers.Numbers().five() + org.numbers.Numbers.six()")
            .file(
                "org/numbers/Numbers.class",
                classFile(
                    "after.jar",
                    "package org.numbers; public abstract class Numbers { public Numbers() {} private int five() { return 5; } public int six() { return 6; } }"));

    assertThat(TestServer.refused(load(jar), "acme.Linked").text())
        .endsWith(
            " lacks what it needs: abstract is org.numbers.Numbers, of which an object is made in acme.Linked line 5;"
                + " not public is org.numbers.Numbers.five() returning int, used in acme.Linked line 5;"
                + " static in one and not in the other: org.numbers.Numbers.six() returning int, used in acme.Linked line 5."
                + " Pack the version of the library that the jar was compiled against, or compile it against the one that is packed; or set"
                + " spark.graft.plugin.linked.link-check=false if that code is never reached here.");
  }

  private byte[] classFile(String fileName, String source) {
    try (Library jar = Library.open(library(fileName, source))) {
      return Objects.requireNonNull(jar.read("org/numbers/Numbers.class"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatOnlyTheJarsOwnClassesMayUseLinks() {
    Snapshot snapshot =
        load(
            plugin(
                numbers(),
                "Beside.three + new Inner().four()",
                "class Beside { static int three = 3; int ignored; protected Beside() {} }",
                """
                class Inner {
                  private final Hidden hidden = new Hidden();
                  int four() { return hidden.one() + new Hidden.Deep().three; }
                  private static class Hidden {
                    private Hidden() {}
                    private int one() { return 1; }
                    private static class Deep { private int three = 3; }
                  }
                }
                """));

    assertThat(answer(snapshot)).isEqualTo("7");
  }

  @Test
  void whatTheHostHasLinks() throws IOException {
    Path v1 =
        host(
            "v1.jar",
            "package host; public class Box extends Base implements Sized { public static int open() { return 1; } }",
            "package host; public class Base { public int weight = 2; public int lift() { return 3; } }",
            "package host; public interface Sized { default int size() { return 4; } }");
    run(v1);

    Snapshot snapshot =
        load(
            plugin(
                v1,
                "host.Box.open() + new host.Box().weight + new host.Box().lift() + new host.Box().size()"));

    assertThat(answer(snapshot)).isEqualTo("10");
  }

  @Test
  void objectsMethodsAreFoundOnAnInterfaceOfTheHost() throws IOException {
    Path v1 =
        host(
            "v1.jar",
            "package host; public interface Box { static Box of() { return new Box() { public String toString() { return \"box\"; } }; } }");
    run(v1);

    assertThat(answer(load(plugin(v1, "host.Box.of().toString()")))).isEqualTo("box");
  }

  @Test
  void membersThatTheHostInheritsFromWhatItDoesNotShowAreFound() throws IOException {
    Path v1 =
        host(
            "v1.jar",
            "package host; public class Box extends internal.Base {}",
            "package internal; public class Base { public int lift() { return 3; } }");
    run(v1);
    assertThat(answer(load(plugin(v1, "new host.Box().lift()")))).isEqualTo("3");
  }

  @Test
  void aClassOfThePluginThatIsNamedLikeAHostsParentDoesNotTakeItsPlace() throws IOException {
    Path v1 =
        host(
            "v1.jar",
            "package host; public class Box extends internal.Base {}",
            "package internal; public class Base { public int lift() { return 3; } }");
    run(v1);
    Path own =
        PluginJar.of("package internal; public class Base {}")
            .writeTo(server.file("acme").resolve("own.jar"));
    plugin(v1, "new host.Box().lift()").writeTo(server.file("acme").resolve("linked.jar"));

    Snapshot snapshot = server.relations("acme.Linked").start();

    assertThat(own).exists();
    assertThat(answer(snapshot)).isEqualTo("3");
  }

  @Test
  void whatTheHostItselfLacksIsNotThePluginsFault() throws IOException {
    String box = "package host; public class Box extends internal.Base {}";
    String base = "package internal; public class Base { public int lift() { return 3; } }";
    Path whole = host("whole.jar", box, base);
    run(
        PluginJar.of(box, base)
            .without("internal.Base")
            .writeTo(folder.resolve("host").resolve("partial.jar")));

    Snapshot snapshot =
        load(plugin(whole, "extension.value().remaining() == 0 ? 5 : new host.Box().lift()"));

    assertThat(answer(snapshot)).isEqualTo("5");
  }

  @Test
  void findingsOfHelpersAndLambdasCountToo() throws IOException {
    Path v1 =
        host("v1.jar", "package host; public class Box { public static int open() { return 1; } }");
    run(host("v2.jar", "package host; public class Box {}"));

    Snapshot snapshot =
        load(
            plugin(
                v1,
                "Helper.supplier().get()",
                """
                class Helper {
                  static java.util.function.Supplier<Integer> supplier() { return host.Box::open; }
                }
                """));

    assertThat(TestServer.refused(snapshot, "acme.Linked").text())
        .contains("there is no method host.Box.open() returning int, used in acme.Helper line 2");
  }

  @Test
  void codeThatThePluginNeverReachesIsNotJudged() throws IOException {
    Path v1 =
        host("v1.jar", "package host; public class Box { public static int open() { return 1; } }");
    run(host("v2.jar", "package host; public class Box {}"));

    Snapshot snapshot = load(plugin(v1, "7", "class Unreached { int x = host.Box.open(); }"));

    assertThat(answer(snapshot)).isEqualTo("7");
  }

  @Test
  void optionalDependenciesOfABundledLibraryAreNotJudged() throws IOException {
    Path optional =
        PluginJar.of("package org.optional; public class Metrics { public static void count() {} }")
            .writeTo(folder.resolve("optional.jar"));
    run(host("v1.jar", "package host; public class Box {}"));

    Snapshot snapshot =
        load(
            plugin(
                optional,
                "org.library.Library.work(false)",
                """
                package org.library;
                public class Library {
                  public static int work(boolean counted) {
                    if (counted) org.optional.Metrics.count();
                    return 8;
                  }
                }
                """));

    assertThat(answer(snapshot)).isEqualTo("8");
  }

  @Test
  void withoutTheLinkCheckThePluginLoadsAndFailsWhereItMustInstead() throws IOException {
    Path v1 =
        host("v1.jar", "package host; public class Box { public static int open() { return 1; } }");
    run(host("v2.jar", "package host; public class Box {}"));
    server.set("graft.plugin.linked.link-check", "false");

    Snapshot snapshot =
        load(plugin(v1, "extension.value().remaining() == 0 ? 9 : host.Box.open()"));

    assertThat(answer(snapshot)).isEqualTo("9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abstract class Box {} | abstract class Box { public abstract int size(); } | new host.Box() {}",
        "interface Box {} | interface Box extends Sized { default int weight() { return 1; } }"
            + " | new host.Box() { public int weight() { return 2; } }",
        "interface Box { default int size() { return 1; } } | interface Box { int size(); } | new host.Box() {}"
      })
  void whatHasBecomeAbstractIsRefused(String compiledAgainst, String running, String expression)
      throws IOException {
    String sized = "package host; public interface Sized { int size(); }";
    Path v1 = host("v1.jar", "package host; public " + compiledAgainst, sized);
    run(host("v2.jar", "package host; public " + running, sized));

    Refusal refusal = TestServer.refused(load(plugin(v1, expression)), "acme.Linked");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_LINK_MISMATCH);
    assertThat(refusal.text())
        .containsPattern(
            "not implemented is host\\.(Box|Sized)\\.size\\(\\) returning int, wanted of acme\\.Linked\\$1\\. ");
  }

  @Test
  void whatIsImplementedByAParentOrByDefaultIsNotMissed() throws IOException {
    Path v1 =
        host(
            "v1.jar",
            "package host; public interface Box { int size(); int weight(); boolean equals(Object other); }",
            "package host; public class Base { public int size() { return 1; } }",
            "package host; public interface Light extends Box { default int weight() { return 2; } }");
    run(v1);

    PluginJar jar =
        plugin(
            v1,
            "new Own().size() + new Own().weight() + new Half() { public int weight() { return 3; } }.weight()",
            "class Own extends host.Base implements host.Light {}",
            "abstract class Half extends host.Base implements host.Box {}");

    assertThat(answer(load(jar))).isEqualTo("6");
  }

  private Path library(String fileName, String... sources) {
    return PluginJar.of(sources).writeTo(folder.resolve("libraries").resolve(fileName));
  }

  private Path numbers() {
    return library(
        "numbers.jar",
        "package org.numbers; public class Numbers { public static int five() { return 5; } }");
  }

  @Test
  void aLibraryThatTheJarLacksIsRefused() {
    Refusal refusal =
        TestServer.refused(load(plugin(numbers(), "org.numbers.Numbers.five()")), "acme.Linked");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_LINK_MISMATCH);
    assertThat(refusal.text())
        .isEqualTo(
            "acme.Linked in "
                + server.file("linked.jar")
                + " lacks what it needs: there is no class org.numbers.Numbers, used in acme.Linked line 5."
                + " Put the library that has it into the jar, or its jar and the plugin's into one folder inside the plugin folder; or set"
                + " spark.graft.plugin.linked.link-check=false if that code is never reached here.");
  }

  @Test
  void aLibraryThatLiesFlatBesideTheJarIsNamed() throws IOException {
    Path numbers = numbers();
    Files.copy(numbers, server.file("numbers.jar"));

    Refusal refusal =
        TestServer.refused(load(plugin(numbers, "org.numbers.Numbers.five()")), "acme.Linked");

    assertThat(refusal.text())
        .endsWith(
            " org.numbers.Numbers is in "
                + server.file("numbers.jar")
                + ". Each jar in a plugin folder has a loader of its own: put both into a folder inside it.");
  }

  @Test
  void aLibraryInTheSameFolderIsFound() throws IOException {
    Path numbers = numbers();
    plugin(numbers, "org.numbers.Numbers.five()")
        .writeTo(server.file("acme").resolve("linked.jar"));
    Files.copy(numbers, server.file("acme").resolve("numbers.jar"));

    assertThat(answer(server.relations("acme.Linked").start())).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public static int six() { return org.numbers.Numbers.five() + 1; }",
        "public static int six() { return one() + new Inner().five; }"
            + " static int one() { return 1; } static class Inner { int five = org.numbers.Numbers.five(); }",
        "static final int FIVE = org.numbers.Numbers.five(); public static int six() { return FIVE + 1; }",
        "static class Own extends org.numbers.Numbers {} public static int six() { return Own.five() + 1; }",
      })
  void whatALibraryCannotDoWithoutIsRefusedToo(String body) {
    String library = "package org.library; public class Library { %s }".formatted(body);
    PluginJar jar = plugin(numbers(), "org.library.Library.six()", library);

    Refusal refusal = TestServer.refused(load(jar), "acme.Linked");

    assertThat(refusal.text())
        .contains("there is no class org.numbers.Numbers, used in org.library.Library");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "try { return org.numbers.Numbers.five(); } catch (NoClassDefFoundError e) { return 1; }",
        "try { return org.numbers.Numbers.five(); } catch (Throwable e) { return 1; }",
        "if (System.getProperty(\"acme.numbers\") != null) return org.numbers.Numbers.five(); return 1;",
        "java.util.function.IntSupplier five = () -> org.numbers.Numbers.five(); return 1;",
      })
  void whatALibraryCanDoWithoutIsNot(String body) {
    String library =
        "package org.library; public class Library { public static int one() { %s } }"
            .formatted(body);

    assertThat(answer(load(plugin(numbers(), "org.library.Library.one()", library))))
        .isEqualTo("1");
  }

  @Test
  void aPluginThatIsPreparedToMissALibraryIsNotRefused() {
    PluginJar jar =
        plugin(
            numbers(),
            "Helper.one()",
            """
            class Helper {
              static int one() {
                try { return org.numbers.Numbers.five(); } catch (LinkageError e) { return 1; }
              }
            }
            """);

    assertThat(answer(load(jar))).isEqualTo("1");
  }

  @Test
  void aTryWithResourcesIsNoPreparation() {
    PluginJar jar =
        plugin(
            numbers(),
            "Helper.one()",
            """
            class Helper {
              static int one() {
                try (var in = new Scanner("")) { return org.numbers.Numbers.five(); }
              }
            }
            """);

    assertThat(TestServer.refused(load(jar), "acme.Linked").text())
        .contains("there is no class org.numbers.Numbers, used in acme.Helper line 3");
  }

  @Test
  void anOlderLibraryInTheJarThanThePluginWasCompiledAgainstIsRefused() throws IOException {
    plugin(numbers(), "org.numbers.Numbers.five()")
        .writeTo(server.file("acme").resolve("linked.jar"));
    PluginJar.of("package org.numbers; public class Numbers {}")
        .writeTo(server.file("acme").resolve("numbers.jar"));

    Refusal refusal = TestServer.refused(server.relations("acme.Linked").start(), "acme.Linked");

    assertThat(refusal.text())
        .contains(
            "there is no method org.numbers.Numbers.five() returning int, used in acme.Linked line 5");
  }

  @Test
  void whatTheJdkNoLongerHasIsRefused() {
    Path bind =
        library("bind.jar", "package javax.xml.bind; public class JAXB { public static int x; }");

    Refusal refusal =
        TestServer.refused(load(plugin(bind, "javax.xml.bind.JAXB.x")), "acme.Linked");

    assertThat(refusal.text()).contains("there is no class javax.xml.bind.JAXB");
  }

  @Test
  void aLibraryOnTheServersClassPathIsTakenFromThereWhereThePluginsSettingsSaySo()
      throws IOException {
    Path numbers = numbers();
    run(numbers);

    Refusal refusal =
        TestServer.refused(load(plugin(numbers, "org.numbers.Numbers.five()")), "acme.Linked");
    server.set("graft.plugin.linked.host-packages", "org.other., org.numbers.");
    Snapshot told = server.start();

    assertThat(refusal.text())
        .endsWith(
            " org.numbers.Numbers is on the server's class path: to take it from there, set"
                + " spark.graft.plugin.linked.host-packages=org.numbers., or else put its library into the plugin's jar.");
    assertThat(answer(told)).isEqualTo("5");
  }

  @Test
  void packagesOfTheServerWinOverThePluginsOwnJar() throws IOException {
    run(
        library(
            "other.jar",
            "package org.numbers; public class Numbers { public static int five() { return 55; } }"));
    server.set("graft.plugin.linked.host-packages", "org.numbers.");

    PluginJar jar =
        plugin(
            numbers(),
            "org.numbers.Numbers.five()",
            "package org.numbers; public class Numbers { public static int five() { return 5; } }");

    assertThat(answer(load(jar))).isEqualTo("55");
  }

  @Test
  void theRealmIsNoneOfThePackagesThatAPluginTakesFromTheServer() throws IOException {
    run(numbers());
    server.set("graft.plugin.linked.host-packages", "com.google., dev.graft., org.");

    assertThat(answer(load(plugin(numbers(), "Any.getDefaultInstance().getTypeUrl() + 8"))))
        .isEqualTo("8");
  }

  @Test
  void aClassOfTheServersPackagesInAPluginFolderIsSentToTheClassPath() throws IOException {
    Path graph =
        host("graph.jar", "package host.graph; public class Graph { public static int x; }");
    run(host("v1.jar", "package host; public class Box {}"));
    Files.copy(graph, server.file("graph.jar"));

    Refusal refusal = TestServer.refused(load(plugin(graph, "host.graph.Graph.x")), "acme.Linked");

    assertThat(refusal.text())
        .endsWith(
            " host.graph.Graph is in "
                + server.file("graph.jar")
                + ". Classes of this name come from the server and from no plugin folder."
                + " Put the jar on the server's class path (inside Spark: --jars).");
  }

  @Test
  void theTypedApiOfTheRealmIsJudgedToo() {
    Path newer =
        PluginJar.of(
                "package dev.graft.api; public class Future { public static int open() { return 1; } }")
            .writeTo(folder.resolve("newer-api.jar"));

    Snapshot snapshot = load(plugin(newer, "dev.graft.api.Future.open()"));

    assertThat(TestServer.refused(snapshot, "acme.Linked").text())
        .contains("there is no class dev.graft.api.Future, used in acme.Linked line 5");
  }
}
