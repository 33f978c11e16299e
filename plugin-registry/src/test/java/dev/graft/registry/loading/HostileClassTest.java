package dev.graft.registry.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.testkit.Neighbour;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.jar.PluginJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that are named in a list and cannot become a plugin. */
class HostileClassTest {
  @TempDir Path folder;

  /**
   * Loads a class of the jar {@code bad.jar} beside a good plugin, which must not suffer from it.
   */
  private Refusal refusalOf(String className, PluginJar jar) {
    return refusalOf(className, jar, new TestServer(folder));
  }

  private Refusal refusalOf(String className, PluginJar jar, TestServer server) {
    Snapshot snapshot =
        server
            .install("bad.jar", jar)
            .install("good.jar", Neighbour.JAR)
            .relations(className, Neighbour.CLASS)
            .start();
    Neighbour.answers(snapshot);
    assertThat(TestServer.loaded(snapshot)).containsExactly(Neighbour.CLASS);
    assertThat(snapshot.report().refused()).hasSize(1);
    return TestServer.refused(snapshot, className);
  }

  private String bad() {
    return " in " + folder.resolve("bad.jar");
  }

  private static PluginJar plugin(String body) {
    return PluginJar.of(
        """
        public class Bad implements ExtensionPlugin {
          public ExtensionKind kind() { return ExtensionKind.RELATION; }
          public Set<String> messageNames() { return Set.of("acme.v1.Bad"); }
          public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); }
        """
            + body
            + "}");
  }

  @Test
  void missingClassIsRefusedWithTheClosestName() {
    Refusal refusal = refusalOf("acme.TopKPlugins", PluginJar.of("public class TopKPlugin {}"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CLASS_MISSING);
    assertThat(refusal.text())
        .isEqualTo(
            "acme.TopKPlugins is in no jar of spark.graft.plugins.path ["
                + folder
                + "] and not on the server's class path. Did you mean acme.TopKPlugin?");
  }

  @Test
  void missingClassWithNothingLikeItSaysToAddTheJar() {
    Refusal refusal = refusalOf("org.elsewhere.Thing", PluginJar.of("public class TopKPlugin {}"));

    assertThat(refusal.text())
        .endsWith("and not on the server's class path. Add its jar, or mend the name.");
  }

  @Test
  void nestedClassThatIsNamedAsInASourceIsRefusedWithItsName() {
    Refusal refusal =
        refusalOf(
            "acme.Outer.Bad", PluginJar.of("public class Outer { public static class Bad {} }"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CLASS_MISSING);
    assertThat(refusal.text()).endsWith("Did you mean acme.Outer$Bad?");
  }

  @Test
  void pathOfAClassFileIsNoName() {
    Refusal refusal = refusalOf("acme/Bad", plugin(""));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CLASS_MISSING);
    assertThat(refusal.text())
        .isEqualTo(
            "acme/Bad is no name of a class. Write dots between its parts, and $ before the name of a nested class.");
  }

  @Test
  void classOfTheServersPackagesInAPluginFolderIsSentToItsClassPath() {
    Snapshot snapshot =
        new TestServer(folder)
            .with(ClassLoader.getPlatformClassLoader(), "org.apache.spark.")
            .install(
                "bad.jar",
                PluginJar.of("package org.apache.spark.graph; public class GraphPlugin {}"))
            .relations("org.apache.spark.graph.GraphPlugin")
            .start();

    Refusal refusal = TestServer.refused(snapshot, "org.apache.spark.graph.GraphPlugin");
    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CLASS_MISSING);
    assertThat(refusal.text())
        .isEqualTo(
            "org.apache.spark.graph.GraphPlugin is in "
                + folder.resolve("bad.jar")
                + ", but a class of this name is taken from the server, whose class path does not have it. Put the jar on the server's"
                + " class path (inside Spark: --jars). A plugin of yours belongs into a package of your own.");
  }

  @Test
  void abstractClassIsRefused() {
    Refusal refusal =
        refusalOf(
            "acme.Bad", PluginJar.of("public abstract class Bad implements ExtensionPlugin {}"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CLASS_ABSTRACT);
    assertThat(refusal.text())
        .isEqualTo("acme.Bad" + bad() + " is abstract. Name a class that can be instantiated.");
  }

  @Test
  void interfaceIsRefused() {
    Refusal refusal =
        refusalOf("acme.Bad", PluginJar.of("public interface Bad extends ExtensionPlugin {}"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CLASS_ABSTRACT);
    assertThat(refusal.text())
        .isEqualTo("acme.Bad" + bad() + " is an interface. Name a class that can be instantiated.");
  }

  @Test
  void packagePrivateClassIsRefused() {
    Refusal refusal = refusalOf("acme.Bad", PluginJar.of("class Bad {}"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CLASS_NOT_PUBLIC);
    assertThat(refusal.text())
        .isEqualTo("acme.Bad" + bad() + " is not public. Make the class public.");
  }

  @Test
  void privateNestedClassIsRefused() {
    Refusal refusal =
        refusalOf(
            "acme.Outer$Bad", PluginJar.of("public class Outer { private static class Bad {} }"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CLASS_NOT_PUBLIC);
    assertThat(refusal.text()).startsWith("acme.Outer$Bad" + bad());
  }

  @ParameterizedTest
  @ValueSource(strings = {"public Bad(String name) {}", "Bad() {}", "private Bad() {}"})
  void classWithoutAPublicConstructorWithoutParametersIsRefused(String constructor) {
    Refusal refusal = refusalOf("acme.Bad", plugin(constructor));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CONSTRUCTOR_MISSING);
    assertThat(refusal.text())
        .isEqualTo(
            "acme.Bad"
                + bad()
                + " has no public constructor without parameters. Add one; settings come with the context of each call.");
  }

  @Test
  void throwingConstructorIsRefusedInItsOwnWords() {
    Refusal refusal =
        refusalOf(
            "acme.Bad",
            plugin("public Bad() { throw new IllegalStateException(\"no database\"); }"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CONSTRUCTOR_FAILED);
    assertThat(refusal.text())
        .isEqualTo(
            "The constructor of acme.Bad"
                + bad()
                + " threw java.lang.IllegalStateException: no database. A plugin's constructor should do no work that can fail.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public Bad() { WAIT }",
        "static { WAIT }",
        "{ } @Override public Set<String> messageNames() { WAIT return null; }"
      })
  void whatDoesNotComeToAnEndWhileItIsLoadedIsRefused(String member) {
    String waiting =
        "for (boolean ever = true; ever;) { try { Thread.sleep(600_000); } catch (InterruptedException e) { ever = false; } }";
    PluginJar jar =
        PluginJar.of(
            """
            public class Bad implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              OTHER
              public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); }
              MEMBER
            }
            """
                .replace(
                    "OTHER",
                    member.contains("messageNames")
                        ? ""
                        : "public Set<String> messageNames() { return Set.of(\"acme.v1.Bad\"); }")
                .replace("MEMBER", member.replace("WAIT", waiting)));
    Refusal refusal =
        refusalOf("acme.Bad", jar, new TestServer(folder).set("graft.limits.loading-seconds", "1"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_TIMEOUT);
    assertThat(refusal.text())
        .startsWith(
            "acme.Bad"
                + bad()
                + " was not ready within the 1 s that spark.graft.limits.loading-seconds allows; it was in java.base")
        .endsWith(
            ". A plugin's constructor should not wait for anything; allow more time if it must.");
  }

  @Test
  void constructorThatOverflowsTheStackIsRefused() {
    Refusal refusal = refusalOf("acme.Bad", plugin("public Bad() { new Bad(); }"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CONSTRUCTOR_FAILED);
    assertThat(refusal.text()).contains("acme.Bad" + bad() + " threw java.lang.StackOverflowError");
  }

  @Test
  void failureThatCannotEvenSayWhatItIsIsRefusedByItsClass() {
    Refusal refusal =
        refusalOf(
            "acme.Bad",
            plugin(
                """
                public static class Mute extends RuntimeException {
                  public String getMessage() { throw this; }
                }
                public Bad() { throw new Mute(); }
                """));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_CONSTRUCTOR_FAILED);
    assertThat(refusal.text()).contains(" threw acme.Bad$Mute. ");
  }

  @Test
  void throwingStaticInitialiserIsRefusedInItsOwnWords() {
    Refusal refusal =
        refusalOf("acme.Bad", plugin("static final int PORT = Integer.parseInt(\"none\");"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_INITIALIZER_FAILED);
    assertThat(refusal.text())
        .isEqualTo(
            "The static initialiser of acme.Bad"
                + bad()
                + " threw java.lang.NumberFormatException: For input string: \"none\". It should do no work that can fail.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static { if (true) throw new AssertionError(\"never\"); }",
        "static int deep(int n) { return deep(n + 1) + 1; } static final int N = deep(0);"
      })
  void staticInitialiserThatThrowsAnErrorIsRefused(String initialiser) {
    // The JVM wraps exceptions on their way out of an initialiser, but not errors.
    Refusal refusal = refusalOf("acme.Bad", plugin(initialiser));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_INITIALIZER_FAILED);
    assertThat(refusal.text())
        .startsWith("The static initialiser of acme.Bad" + bad() + " threw java.lang.");
  }

  @Test
  void classWithoutItsSuperclassIsRefused() {
    PluginJar jar =
        PluginJar.of(
                """
                public class Bad extends Base implements ExtensionPlugin {
                  public ExtensionKind kind() { return ExtensionKind.RELATION; }
                  public Set<String> messageNames() { return Set.of("acme.v1.Bad"); }
                  public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); }
                }
                """,
                "public class Base {}")
            .without("acme.Base");

    Refusal refusal = refusalOf("acme.Bad", jar);

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_LINK_MISMATCH);
    assertThat(refusal.text())
        .startsWith(
            "acme.Bad"
                + bad()
                + " lacks what it needs: there is no class acme.Base, used in acme.Bad. ")
        .endsWith(
            "Put the library that has it into the jar, or its jar and the plugin's into one folder inside the plugin folder; or set"
                + " spark.graft.plugin.bad.link-check=false if that code is never reached here.");
  }

  @Test
  void classForANewerJvmIsRefused() {
    PluginJar jar =
        plugin("")
            .corrupted(
                "acme.Bad",
                classFile -> {
                  classFile[7] = (byte) (Runtime.version().feature() + 44 + 1);
                  return classFile;
                });

    Refusal refusal = refusalOf("acme.Bad", jar);

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_LINK_MISMATCH);
    assertThat(refusal.text()).contains("acme.Bad" + bad(), "UnsupportedClassVersionError");
  }

  @Test
  void classThatIsNoPluginIsRefusedWithTheInterfacesThereAre() {
    Refusal refusal =
        refusalOf(
            "acme.Bad",
            PluginJar.of("public class Bad implements Runnable { public void run() {} }"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_NOT_A_PLUGIN);
    assertThat(refusal.text())
        .isEqualTo(
            "acme.Bad"
                + bad()
                + " implements none of dev.graft.api.CommandPlugin, dev.graft.api.ExpressionPlugin, dev.graft.api.RelationPlugin,"
                + " dev.graft.spi.ExtensionPlugin. A plugin of the server's own kind belongs on the server's class path, not into a"
                + " plugin folder.");
  }

  @Test
  void relationPluginInTheListOfCommandsIsToldWhereItBelongs() {
    Snapshot snapshot =
        new TestServer(folder)
            .install("bad.jar", plugin(""))
            .install("good.jar", Neighbour.JAR)
            .relations(Neighbour.CLASS)
            .list(ExtensionKind.COMMAND, "acme.Bad")
            .start();

    Neighbour.answers(snapshot);
    Refusal refusal = TestServer.refused(snapshot, "acme.Bad");
    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_WRONG_LIST);
    assertThat(refusal.text())
        .isEqualTo(
            "acme.Bad"
                + bad()
                + " is for relation extensions, but stands in spark.connect.extensions.command.classes."
                + " Move it to spark.connect.extensions.relation.classes.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return null;",
        "return Set.of();",
        "return Set.of(\" \");",
        "return Collections.singleton(null);",
        "return Set.of(\"type.googleapis.com/acme.v1.Bad\");",
        "throw new IllegalStateException();",
        "throw new AssertionError();",
        "return messageNames();"
      })
  void pluginThatCannotSayItsMessagesIsRefused(String body) {
    Refusal refusal =
        refusalOf(
            "acme.Bad",
            PluginJar.of(
                """
                public class Bad implements ExtensionPlugin {
                  public ExtensionKind kind() { return ExtensionKind.RELATION; }
                  public Set<String> messageNames() { %s }
                  public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); }
                }
                """
                    .formatted(body)));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_DESCRIPTION_INVALID);
    assertThat(refusal.text()).startsWith("acme.Bad" + bad()).contains("message");
  }

  @Test
  void pluginWithoutAKindIsRefused() {
    Refusal refusal =
        refusalOf(
            "acme.Bad",
            PluginJar.of(
                """
                public class Bad implements ExtensionPlugin {
                  public ExtensionKind kind() { return null; }
                  public Set<String> messageNames() { return Set.of("acme.v1.Bad"); }
                  public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); }
                }
                """));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_DESCRIPTION_INVALID);
    assertThat(refusal.text()).contains("acme.Bad" + bad(), "kind() returned null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return null;",
        "throw new IllegalStateException(\"later\");",
        "return messageType();"
      })
  void typedPluginThatCannotSayItsMessageIsRefused(String body) {
    Refusal refusal =
        refusalOf(
            "acme.Bad",
            PluginJar.of(
                """
                public class Bad implements RelationPlugin<StringValue> {
                  public Class<StringValue> messageType() { %s }
                  public Optional<Relation> transform(StringValue message, PlanningContext context) { return Optional.empty(); }
                }
                """
                    .formatted(body)));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_DESCRIPTION_INVALID);
    assertThat(refusal.text())
        .startsWith("acme.Bad" + bad() + " failed to say which messages it is for: java.lang.");
  }
}
