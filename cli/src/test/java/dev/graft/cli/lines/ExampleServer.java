package dev.graft.cli.lines;

import dev.graft.cli.python.PythonEnvironment;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A server of one line with the example jars, a hostile one, and plugins of Spark's own kind. */
final class ExampleServer implements AutoCloseable {
  /** The example jars, as the build of the examples left them: one binary each for all lines. */
  static final List<Path> EXAMPLES =
      Stream.of(
              "portable/target/acme-frames-1.0.0.jar",
              "old-protobuf/target/acme-legacy-1.0.0.jar",
              "no-protobuf/target/acme-waist-1.0.0.jar",
              "native/target/acme-native-1.0.0.jar")
          .map(jar -> Path.of("../plugin-examples").resolve(jar))
          .toList();

  private final SparkServer server;
  private final Path plugins;

  private ExampleServer(SparkServer server, Path plugins) {
    this.server = server;
    this.plugins = plugins;
  }

  static ExampleServer start(SparkLine line, Path folder) {
    SparkRuntime runtime = SparkRuntime.ofLine(line, ClassPathCache.ofUser(), System.out::println);
    Path plugins = folder.resolve("plugins");
    Path ownJar = SparkOwnPluginSources.writeTo(folder.resolve("own.jar"), line, runtime);
    Path foreignJar =
        SparkOwnPluginSources.writeForeignTo(folder.resolve("foreign.jar"), line, runtime);
    HostilePluginSources.writeTo(plugins.resolve("hostile.jar"));
    EXAMPLES.forEach(jar -> copy(jar, plugins));
    SparkServer server =
        new SparkServerBuilder(runtime, Path.of("target/graft/spark/graft-spark.jar"))
            .master("local[2]")
            .shortLived()
            .python(PythonEnvironment.placeOf(line).program("python").toString())
            .setting("spark.driver.memory", "1g")
            .plugins(plugins)
            .classPath(List.of(ownJar, foreignJar))
            .settings(
                Map.of(
                    "spark.connect.extensions.relation.classes",
                    "own.First,com.acme.frames.TopKPlugin,com.acme.frames.CountNullsPlugin,com.acme.legacy.StampPlugin,com.acme.waist.SequencePlugin,"
                        + "com.acme.nativeplans.NumberedPlugin,acme.Hostile,acme.Same,acme.Counted,acme.Forgotten,own.Foreign,own.Last",
                    "spark.connect.extensions.expression.classes",
                    "com.acme.frames.MaskPlugin,com.acme.nativeplans.HashedPlugin",
                    "spark.connect.extensions.command.classes",
                    "com.acme.frames.SummarizePlugin,com.acme.frames.PublishPlugin,com.acme.frames.AboutPlugin,"
                        + "com.acme.frames.RemarkPlugin,com.acme.nativeplans.TablesPlugin",
                    "spark.graft.limits.expansion-depth",
                    "200",
                    // It lacks a class so that a request can find out.
                    "spark.graft.plugin.hostile.link-check",
                    "false"))
            .start();
    return new ExampleServer(server, plugins);
  }

  private static void copy(Path jar, Path folder) {
    try {
      Files.copy(jar, folder.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Build the examples first: mvn package", e);
    }
  }

  String address() {
    return server.address();
  }

  String loadReport() {
    return server.loadReport();
  }

  String log() {
    return server.log();
  }

  /** The hashes of the example jars that this server has loaded. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    EXAMPLES.forEach(
        jar ->
            hashes.put(jar.getFileName().toString(), sha256(plugins.resolve(jar.getFileName()))));
    return hashes;
  }

  static String sha256(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
