package dev.graft.cli.encoders;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import dev.graft.generate.source.Sources;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The servers of one line that clients are tried on.
 *
 * @param graft Spark with the example plugins in it, and with one that wants Spark 4.0
 * @param plain Spark as it is published
 * @param gateway a gateway with the portable plugins before the plain one
 * @param unlisted a gateway before the plain one that has no plugins and tells nobody
 * @param sessionJar a jar that a session may add to the first server, and to the gateway: a
 *     relation for {@code google.protobuf.StringValue}, of three rows
 * @param newer descriptors of the portable examples' messages as they may be next year: {@code
 *     TopK} has a field {@code ties}
 */
record KitServers(
    SparkServer graft,
    SparkServer plain,
    Gateway gateway,
    Gateway unlisted,
    Path sessionJar,
    Path newer)
    implements AutoCloseable {
  /** The example jars for which clients are generated. */
  static final List<Path> EXAMPLES =
      List.of(
          Path.of("../plugin-examples/portable/target/acme-frames-1.0.0.jar"),
          Path.of("../plugin-examples/native/target/acme-native-1.0.0.jar"));

  private static final Map<String, String> PORTABLE =
      Map.of(
          "connect.extensions.relation.classes",
          "com.acme.frames.TopKPlugin",
          "connect.extensions.expression.classes",
          "com.acme.frames.MaskPlugin",
          "connect.extensions.command.classes",
          "com.acme.frames.SummarizePlugin,com.acme.frames.PublishPlugin,"
              + "com.acme.frames.AboutPlugin,com.acme.frames.RemarkPlugin");

  private static final Map<String, String> MORE =
      Map.of(
          "connect.extensions.relation.classes", ",com.acme.nativeplans.NumberedPlugin",
          "connect.extensions.expression.classes", ",com.acme.nativeplans.HashedPlugin,acme.Number",
          "connect.extensions.command.classes", ",com.acme.nativeplans.TablesPlugin");

  /** Answers the name of a column with its number, or null: what a server knows from 4.0 on. */
  private static final PluginJar NUMBER =
      PluginJar.of(
              """
          public class Number implements ExpressionPlugin<StringValue> {
            public Class<StringValue> messageType() { return StringValue.class; }
            public Optional<Expression> transform(StringValue column, PlanningContext context) {
              return Optional.of(dev.graft.api.node.Nodes.column(column.getValue()).tryCast("INT").build());
            }
          }
          """)
          .manifest("Implementation-Version", "2.1");

  /** So large that clients send it in pieces. */
  private static PluginJar threeRows() {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    return PluginJar.of(
            """
            public class ThreeRows implements RelationPlugin<StringValue> {
              public Class<StringValue> messageType() { return StringValue.class; }
              public Optional<Relation> transform(StringValue message, PlanningContext context) {
                return Optional.of(dev.graft.api.node.Nodes.range(3).build());
              }
            }
            """)
        .service("dev.graft.api.RelationPlugin", "acme.ThreeRows")
        .file("noise", noise);
  }

  static KitServers start(SparkLine line, Path folder) {
    SparkRuntime runtime = SparkRuntime.ofLine(line, ClassPathCache.ofUser(), System.out::println);
    Path plugins = folder.resolve("plugins");
    NUMBER.writeTo(plugins.resolve("number-1.0.jar"));
    EXAMPLES.forEach(jar -> copy(jar, plugins));
    SparkServerBuilder graft =
        new SparkServerBuilder(runtime, Path.of("target/graft/spark/graft-spark.jar"))
            .master("local[2]")
            .shortLived()
            .setting("spark.driver.memory", "1g")
            .setting("spark.sql.shuffle.partitions", "2")
            .setting("spark.graft.sessions.plugins", "any")
            .plugins(plugins);
    PORTABLE.forEach((key, classes) -> graft.setting("spark." + key, classes + MORE.get(key)));
    SparkServer plain =
        SparkServerBuilder.withoutGraft(runtime)
            .master("local[2]")
            .shortLived()
            .setting("spark.driver.memory", "1g")
            .setting("spark.sql.shuffle.partitions", "2")
            .start();
    Map<String, String> settings = new TreeMap<>(PORTABLE);
    settings.put("graft.plugins.path", plugins.toAbsolutePath().toString());
    settings.put("graft.sessions.plugins", "any");
    return new KitServers(
        graft.start(),
        plain,
        before(plain, settings),
        before(plain, Map.of("graft.catalog.enabled", "false")),
        threeRows().writeTo(folder.resolve("three-rows-1.0.jar")).toAbsolutePath(),
        newer(folder.resolve("newer")).toAbsolutePath());
  }

  private static Path newer(Path folder) {
    Path file = Path.of("acme/frames/v1/frames.proto");
    try {
      String today =
          Files.readString(Path.of("../plugin-examples/portable/src/main/protobuf").resolve(file));
      Path proto = folder.resolve(file);
      Files.createDirectories(proto.getParent());
      String last = "bool descending = 5;";
      Files.writeString(proto, today.replace(last, last + "\n  bool ties = 9;"));
      return Files.write(
          folder.resolve("newer.binpb"),
          FileDescriptorSet.newBuilder()
              .addAllFile(new Sources(List.of(), null).read(List.of(proto)).protos())
              .build()
              .toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Gateway before(SparkServer backend, Map<String, String> settings) {
    Map<String, String> entries = new TreeMap<>(settings);
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "1");
    return Gateway.start(
        GatewaySettings.parse(entries), entries, BackendAddress.parse(backend.address()));
  }

  private static void copy(Path jar, Path folder) {
    try {
      Files.copy(jar, folder.resolve(jar.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException("Build the examples first: mvn package", e);
    }
  }

  @Override
  public void close() {
    gateway.close();
    unlisted.close();
    graft.close();
    plain.close();
  }
}
