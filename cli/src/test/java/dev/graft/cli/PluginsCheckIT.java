package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.graft.cli.environment.Distribution;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.Progress;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.testkit.jar.PluginJar;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jars that are known to break on some line or in a gateway, and jars that break nowhere, checked
 * against the jars of real Sparks. No server is started.
 */
class PluginsCheckIT {
  private static final String OWN_BEFORE_4 =
      """
      package own;

      import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
      import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
      import org.apache.spark.sql.connect.plugin.RelationPlugin;
      import org.sparkproject.connect.protobuf.Any;
      import scala.Option;

      public class Before extends Base implements RelationPlugin {
        @Override public Option<LogicalPlan> transform(Any any, SparkConnectPlanner planner) {
          return Option.empty();
        }
      }

      class Base {}
      """;

  private static final String OWN_FROM_4 =
      """
      package own;

      import java.util.Optional;
      import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
      import org.apache.spark.sql.connect.planner.SparkConnectPlanner;
      import org.apache.spark.sql.connect.plugin.RelationPlugin;

      public class Since implements RelationPlugin {
        @Override public Optional<LogicalPlan> transform(byte[] any, SparkConnectPlanner planner) {
          org.apache.spark.sql.classic.SparkSession session = planner.session();
          return Optional.of(session.emptyDataFrame().queryExecution().logical());
        }
      }
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int check(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("plugins", "check"));
    Stream.of(arguments).map(String::valueOf).forEach(all::add);
    return GraftCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private static List<Path> spark(SparkLine line) {
    return SparkRuntime.ofLine(line, ClassPathCache.ofUser(), Progress.none()).classPath();
  }

  private Path own(String fileName, SparkLine line, String source) {
    return PluginJar.of(source)
        .compiledAgainstNothingBut(spark(line))
        .writeTo(folder.resolve(fileName));
  }

  /** A plugin of Graft that runs a statement when it is asked. */
  private static PluginJar plugin(String statement) {
    return PluginJar.of(
            """
            public class Linked implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.Linked"); }
              public Optional<Answer> answer(Extension extension, HostContext context) throws Exception {
                %s
                return Optional.empty();
              }
            }
            """
                .formatted(statement))
        .service("dev.graft.spi.ExtensionPlugin", "acme.Linked");
  }

  @Test
  void examplesAndBuiltinsFitEverywhere() throws Exception {
    Distribution distribution = Distribution.current();
    List<Object> jars = new ArrayList<>();
    for (String place : List.of("plugins", "demo/plugins")) {
      try (Stream<Path> files = Files.list(distribution.folder().resolve(place))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      }
    }

    assertThat(check(jars.toArray())).as(out.toString()).isZero();
    assertThat(jars).hasSizeGreaterThan(4);
    assertThat(out.toString())
        .contains("Spark 3.4", "Spark 3.5", "Spark 4.0", "Spark 4.1", "Spark 4.2", "gateway")
        .contains("not for a gateway: com.acme.nativeplans.HashedPlugin")
        .doesNotContain("GRAFT_", "does not", "do not", "Not checked", "no services file");
  }

  @Test
  void theInterfaceOfOneLineDoesNotFitTheOthers() {
    Path before = own("before.jar", SparkLine.SPARK_3_5, OWN_BEFORE_4);
    Path since = own("since.jar", SparkLine.SPARK_4_2, OWN_FROM_4);

    assertThat(check(before, "--spark", "3.4,3.5")).as(out.toString()).isZero();
    assertThat(check(since, "--spark", "4.0,4.1,4.2")).as(out.toString()).isZero();
    out.getBuffer().setLength(0);
    assertThat(check(before, since, "--spark", "3.5,4.2")).isEqualTo(1);
    assertThat(out.toString().replace(folder + "/", ""))
        .contains(
            """
            before.jar
              Spark 3.5.7   1 plugin fits
              Spark 4.2.0   1 does not
                own.Before  GRAFT_LINK_MISMATCH
                  not implemented is org.apache.spark.sql.connect.plugin.RelationPlugin.transform(byte[], org.apache.spark.sql.connect.planner.SparkConnectPlanner) returning java.util.Optional, wanted of own.Before
                  Compile it against Spark 4.2.0, or take the jar that is made for it.
            since.jar
              Spark 3.5.7   1 does not
                own.Since  GRAFT_LINK_MISMATCH
            """)
        .contains(
            "there is no method org.apache.spark.sql.connect.planner.SparkConnectPlanner.session() returning org.apache.spark.sql.classic.SparkSession, used in own.Since line 10")
        .contains(
            "there is no class org.apache.spark.sql.classic.SparkSession, used in own.Since line 11");
  }

  @Test
  void anotherCopyOfProtobufIsNamed() {
    // As in clients and libraries for them: with the plain protobuf, or with the clients' own copy.
    // Servers have another copy, under org.sparkproject.connect.protobuf.
    Path plain =
        PluginJar.of(
                "package org.apache.spark.connect.proto; public class Relation { public static Relation getDefaultInstance() { return null; } public com.google.protobuf.Any getExtension() { return null; } }",
                "package org.sparkproject.connect.client.com.google.protobuf; public class Any { public static void run() {} }",
                "package com.google.protobuf; public class Any {}")
            .compiledAgainstNothingBut(List.of())
            .writeTo(folder.resolve("plain.jar"));
    List<Path> classPath = new ArrayList<>(spark(SparkLine.SPARK_4_0));
    classPath.add(0, plain);
    Path jar =
        PluginJar.of(
                OWN_FROM_4.replace(
                    "org.apache.spark.sql.classic.SparkSession session = planner.session();",
                    """
                    Object extension = org.apache.spark.connect.proto.Relation.getDefaultInstance().getExtension();
                        org.sparkproject.connect.client.com.google.protobuf.Any.run();
                        org.apache.spark.sql.classic.SparkSession session = planner.session();
                    """
                        .strip()))
            .compiledAgainstNothingBut(classPath)
            .writeTo(folder.resolve("unshaded.jar"));

    assertThat(check(jar, "--spark", "4.0")).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "there is no method org.apache.spark.connect.proto.Relation.getExtension() returning com.google.protobuf.Any, used in own.Since line 10",
            "there is no class org.sparkproject.connect.client.com.google.protobuf.Any, used in own.Since line 11")
        .doesNotContain("not public");
  }

  @Test
  void sparksOwnProtobufIsNotThereForGraftsPlugins() {
    Path jar =
        plugin("org.sparkproject.connect.protobuf.Any.parseFrom(new byte[0]);")
            .compiledAgainst(spark(SparkLine.SPARK_4_2).toArray(Path[]::new))
            .writeTo(folder.resolve("shaded.jar"));

    assertThat(check(jar, "--spark", "4.2,gateway")).isEqualTo(1);
    assertThat(out.toString())
        .contains("there is no class org.sparkproject.connect.protobuf.Any, used in acme.Linked")
        .contains(
            "is on the server's class path: to take it from there, set spark.graft.plugin.shaded.host-packages=org.sparkproject.connect.protobuf.")
        .contains("  gateway       1 does not");
  }

  @Test
  void nativeClassesOfLaterLinesAreMissingBefore() {
    Path jar =
        plugin("org.apache.spark.sql.classic.SparkSession.builder();")
            .compiledAgainst(spark(SparkLine.SPARK_4_1).toArray(Path[]::new))
            .writeTo(folder.resolve("classic.jar"));

    assertThat(check(jar, "--spark", "3.5,4.1")).isEqualTo(1);
    assertThat(out.toString().replace(folder + "/", ""))
        .startsWith(
            """
            classic.jar
              Spark 3.5.7   1 does not
                acme.Linked  GRAFT_LINK_MISMATCH
                  there is no class org.apache.spark.sql.classic.SparkSession, used in acme.Linked line 5
                  Rebuild it against what this server has, or set spark.graft.plugin.classic.link-check=false if that code is never reached here.
              Spark 4.1.2   1 plugin fits
            """);
  }

  @Test
  void aLibraryThatHasChangedIsTold() {
    String library =
        "package lib; public %s class Box { public Box() {} %s int open() { return 1; } }";
    Path before =
        PluginJar.of(library.formatted("", "public"))
            .compiledAgainstNothingBut(List.of())
            .writeTo(folder.resolve("lib-1.jar"));
    PluginJar plugin = plugin("new lib.Box().open();").compiledAgainst(before);
    Path together = folder.resolve("together");
    plugin.writeTo(together.resolve("plugin.jar"));
    Path changed = folder.resolve("changed");
    plugin.writeTo(changed.resolve("plugin.jar"));
    PluginJar.of(library.formatted("", "public"))
        .compiledAgainstNothingBut(List.of())
        .writeTo(together.resolve("lib-1.jar"));
    PluginJar.of(library.formatted("abstract", "private"))
        .compiledAgainstNothingBut(List.of())
        .writeTo(changed.resolve("lib-2.jar"));
    Path alone = plugin.writeTo(folder.resolve("alone.jar"));

    assertThat(check(together, "--spark", "gateway")).as(out.toString()).isZero();
    out.getBuffer().setLength(0);
    assertThat(check(changed, alone, "--spark", "gateway")).isEqualTo(1);
    assertThat(out.toString().replace(folder + "/", ""))
        .isEqualTo(
            """
            changed
              gateway       1 does not
                acme.Linked  GRAFT_LINK_MISMATCH
                  abstract is lib.Box, of which an object is made in acme.Linked line 5
                  not public is lib.Box.open() returning int, used in acme.Linked line 5
                  Pack the version of the library that the jar was compiled against, or compile it against the one that is packed; or set graft.plugin.changed.link-check=false if that code is never reached here.
            alone.jar
              gateway       1 does not
                acme.Linked  GRAFT_LINK_MISMATCH
                  there is no class lib.Box, used in acme.Linked line 5
                  Put the library that has it into the jar, or its jar and the plugin's into one folder inside the plugin folder; or set graft.plugin.alone.link-check=false if that code is never reached here.
            """);
  }

  @Test
  void whatIsNoPluginOrNoJarIsTold() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
    Path empty = PluginJar.of("public class Nothing {}").writeTo(folder.resolve("empty.jar"));
    Path named =
        PluginJar.of("public abstract class Half implements ExtensionPlugin {}")
            .service("dev.graft.spi.ExtensionPlugin", "acme.Half", "acme.Gone")
            .writeTo(folder.resolve("named.jar"));

    assertThat(check(broken, empty, named, "--spark", "gateway")).isEqualTo(1);
    assertThat(out.toString().replace(folder + "/", ""))
        .contains("broken.jar\n  [GRAFT_JAR_UNREADABLE] broken.jar is not a readable jar")
        .contains("empty.jar\n  There is no plugin in it:")
        .contains("acme.Half  GRAFT_CLASS_ABSTRACT")
        .contains("acme.Gone  GRAFT_CLASS_MISSING");
    assertThat(check(empty, "--spark", "gateway", "--class", "acme.Nothing")).isEqualTo(1);
    assertThat(out.toString())
        .contains("acme.Nothing  GRAFT_NOT_A_PLUGIN")
        .contains("acme.Nothing is named by no services file of the jar");
    assertThat(check(empty, "--spark", "5.0")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no '5.0' to check against. Choose among 3.4,");
  }

  @Test
  void nothingOfAJarRuns() {
    Path mark = folder.resolve("ran");
    String statement =
        "static { try { java.nio.file.Files.createFile(java.nio.file.Path.of(\"%s\")); } catch (java.io.IOException e) { } }"
            .formatted(mark);
    Path jar =
        PluginJar.of(
                "public class Eager implements ExtensionPlugin { "
                    + statement
                    + " public ExtensionKind kind() { return ExtensionKind.RELATION; }"
                    + " public Set<String> messageNames() { return Set.of(\"acme.v1.Eager\"); }"
                    + " public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); } }",
                "package com.google.protobuf; public class MessageLite { " + statement + " }",
                "package org.apache.spark.connect.proto; public class Relation { "
                    + statement
                    + " }")
            .service("dev.graft.spi.ExtensionPlugin", "acme.Eager")
            .writeTo(folder.resolve("eager.jar"));

    assertThat(check(jar, "--spark", "4.2,gateway")).as(out.toString()).isZero();
    assertThat(mark).doesNotExist();
  }

  @Test
  void programsGetJsonAndSarif() {
    Path jar =
        plugin("lib.Box.open();").compiledAgainst(library()).writeTo(folder.resolve("a b.jar"));

    assertThat(check(jar, "--spark", "gateway", "--json")).isEqualTo(1);
    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(json.get("fits").getAsBoolean()).isFalse();
    JsonObject plugin = first(first(first(json, "jars"), "hosts"), "plugins");
    assertThat(plugin.get("class").getAsString()).isEqualTo("acme.Linked");
    assertThat(plugin.get("code").getAsString()).isEqualTo("GRAFT_LINK_MISMATCH");
    assertThat(plugin.get("text").getAsString())
        .startsWith("acme.Linked in " + jar + " lacks what it needs: there is no class lib.Box,");
    assertThat(first(plugin, "missing").get("reason").getAsString()).isEqualTo("MISSING_CLASS");

    out.getBuffer().setLength(0);
    assertThat(check(jar, "--spark", "gateway", "--sarif")).isEqualTo(1);
    JsonObject sarif = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(sarif.get("version").getAsString()).isEqualTo("2.1.0");
    JsonObject run = first(sarif, "runs");
    JsonObject driver = run.getAsJsonObject("tool").getAsJsonObject("driver");
    assertThat(driver.get("name").getAsString()).isEqualTo("graft plugins check");
    JsonObject rule = first(driver, "rules");
    JsonObject result = first(run, "results");
    assertThat(result.get("ruleId")).isEqualTo(rule.get("id"));
    assertThat(result.get("level").getAsString()).isEqualTo("error");
    assertThat(result.getAsJsonObject("message").get("text").getAsString())
        .startsWith("gateway: there is no class lib.Box, used in acme.Linked line 5. Put ");
    JsonObject location = first(result, "locations");
    assertThat(
            location
                .getAsJsonObject("physicalLocation")
                .getAsJsonObject("artifactLocation")
                .get("uri")
                .getAsString())
        .startsWith("file:///")
        .endsWith("/a%20b.jar");
    assertThat(first(location, "logicalLocations").get("fullyQualifiedName").getAsString())
        .isEqualTo("acme.Linked");
  }

  private Path library() {
    return PluginJar.of("package lib; public class Box { public static void open() {} }")
        .compiledAgainstNothingBut(List.of())
        .writeTo(folder.resolve("lib.jar"));
  }

  private static JsonObject first(JsonObject object, String name) {
    JsonArray all = object.getAsJsonArray(name);
    JsonElement first = all.get(0);
    return first.getAsJsonObject();
  }
}
